"""Text into the places where its lines may end (UAX #14 by ICU, for the language), and what each break costs a reader."""

import itertools
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from icu4py.breakers import LineBreaker
from icu4py.locale import Locale

from storycard.text import icu
from storycard.text.breaking.hyphenation import hyphen_points
from storycard.text.breaking.phrases import phrase_ends
from storycard.text.graphemes import graphemes

SOFT_HYPHEN = "\u00ad"
_HYPHENS = f"-‐{SOFT_HYPHEN}"
_DASHES = "–—―"
_PAUSES = ",;:.?!…،؛؟۔।॥՝՞፣፤።፥၊။។、。，；：！？"
_SHORT_WORD = 3  # letters: articles and prepositions in these alphabets, which read on into the next word
_ALPHABETS = frozenset({"Latn", "Cyrl", "Grek"})
# Thai, Lao and Khmer make nouns with a syllable in front, which dictionaries take for a word.
_PREFIXES = ("การ", "ความ", "ผู้", "นัก", "ການ", "ຄວາມ", "ຜູ້", "ນັກ", "ការ", "អ្នក")
_WITHOUT_SPACES = frozenset({"Hani", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr"})  # between words

# Costs are shares of a line's width squared, the unit that raggedness is counted in (see fitting.py).
_AFTER_SHORT_WORD = 0.03
_AFTER_LETTER = 0.2  # a word of one letter: Polish, Czech, Ukrainian and Russian rules forbid it, English a looks lost there
_AFTER_NUMBER = 0.1
_WITHIN_NAME = 0.03
_AT_HYPHEN = 0.06
_INSIDE_PHRASE = 0.5
_BESIDE_LONE_CHARACTER = 0.1  # of a clause: its first at a line's end, its last at a line's start
_INSIDE_BURMESE_PHRASE = 0.04  # it has spaces between them, and more words within than a dictionary knows
_AFTER_PREFIX = 0.1
_AT_SENSE = -0.02  # after a comma, a colon, a dash: where a reader would breathe
_AT_CLAUSE = -0.08  # at a space of a script that needs none between words


class Break(NamedTuple):
    """A line may end here: what is drawn ends at `end`, the next line starts at `next`; the last Break ends the text.

    `suffix` is drawn after the line (the hyphen of a divided word); `cost` is what breaking here costs, 0 for nothing.
    """

    end: int
    next: int
    suffix: str = ""
    cost: float = 0.0


def breaks(text: str, language: str) -> tuple[Break, ...]:
    """The break opportunities of `text` in order. Beyond UAX #14, none stands before a spaced dash."""
    title_case = _is_title_case(text)
    phrases = phrase_ends(text, language)
    found: dict[int, Break] = {}  # by end: within a row of spaces there are several breaks, and the last takes them all away
    for after in line_breaks(text, language):
        end = len(text[:after].rstrip())
        if after == len(text) or text[after] in _DASHES or end == 0:
            continue
        suffix = "-" if text[end - 1] == SOFT_HYPHEN else ""
        if phrases and after not in phrases:
            cost = _INSIDE_PHRASE
        elif phrases and _leaves_one_alone(text, end, after):
            cost = _BESIDE_LONE_CHARACTER
        else:
            cost = _cost(text, end, after, title_case)
        found[end] = Break(end, after, suffix, cost)
    end = len(text.rstrip())
    found[end] = Break(end, len(text))
    return tuple(found.values())


def _leaves_one_alone(text: str, end: int, after: int) -> bool:
    """Whether a clause's first character stands alone before the break, or its last one after it."""
    before, following = text[max(0, end - 2) : end], text[after : after + 2]
    first_alone = before[0] in _PAUSES and before[-1] not in _PAUSES
    return first_alone or (following[0] not in _PAUSES and following[-1] in _PAUSES)


def line_breaks(text: str, language: str) -> list[int]:
    """Where UAX #14 lets a line end, the end of the text among them.

    Japanese keeps the strict kinsoku (no small kana begins a line), Korean breaks between words as its newspapers do.
    """
    codepoint_at = icu.codepoint_offsets(text)
    return [codepoint_at[unit_end] for _, unit_end in LineBreaker(text, _tailored(language)).segments()]


@lru_cache(maxsize=64)
def _tailored(language: str) -> Locale:
    primary, _, rest = language.partition("-")
    country = next((part for part in rest.split("-") if len(part) == 2), "")
    return Locale(primary, country, None, {"lb": "strict", "lw": "phrase"} if primary == "ko" else {"lb": "strict"})


def _cost(text: str, end: int, after: int, title_case: bool) -> float:
    last, following = text[end - 1], text[after]
    if last in _HYPHENS:
        return _AT_HYPHEN
    if last in _PAUSES or last in _DASHES:
        return _AT_SENSE
    if last.isdigit() and following.isalpha():
        return _AFTER_NUMBER
    if after > end:
        if icu.script(last) in _WITHOUT_SPACES:
            return _AT_CLAUSE
    elif icu.script(last) == "Mymr":
        return _INSIDE_BURMESE_PHRASE
    elif text.endswith(_PREFIXES, 0, end):
        return _AFTER_PREFIX
    word = text[:end].rsplit(maxsplit=1)[-1]
    if not title_case and following.isupper() and word[0].isupper() and word[0].isalpha():
        return _WITHIN_NAME
    if len(word) <= _SHORT_WORD and word.isalpha() and icu.script(word[0]) in _ALPHABETS:
        return _AFTER_LETTER if len(word) == 1 else _AFTER_SHORT_WORD
    return 0.0


def _is_title_case(text: str) -> bool:
    """Whether most words carry a capital, so that two in a row say nothing about a name."""
    words = [word for word in text.split() if word[:1].isalpha()]
    return sum(word[0].isupper() for word in words) * 2 > len(words)


def between_phrases(places: Sequence[Break]) -> tuple[Break, ...]:
    """`places` without those inside a phrase."""
    return tuple(place for place in places if place.cost != _INSIDE_PHRASE)


def with_hyphenation(text: str, places: Sequence[Break], language: str, starts: Collection[int]) -> tuple[Break, ...]:
    """`places`, and breaks with a hyphen inside the words that begin at `starts`, where the language divides them."""
    return _with_inner(text, places, starts, lambda word: hyphen_points(word, language), "-")


def with_divided_words(text: str, places: Sequence[Break], language: str, starts: Collection[int]) -> tuple[Break, ...]:
    """`places`, and breaks between every two graphemes of the words that begin at `starts`."""

    def between_graphemes(word: str) -> list[int]:
        return list(itertools.accumulate(len(cluster) for cluster in graphemes(word, language)))[:-1]

    return _with_inner(text, places, starts, between_graphemes, "")


def _with_inner(
    text: str, places: Sequence[Break], starts: Collection[int], points: Callable[[str], Iterable[int]], suffix: str
) -> tuple[Break, ...]:
    found: list[Break] = []
    start = 0
    for place in places:
        if start in starts:
            inner = (start + point for point in points(text[start : place.end]))
            found += (Break(offset, offset, suffix, _AT_HYPHEN) for offset in inner)
        found.append(place)
        start = place.next
    return tuple(found)
