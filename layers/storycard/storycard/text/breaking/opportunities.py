"""Finds the break opportunities of a text (UAX #14, by ICU) and gives each a penalty for how badly a break there reads."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from icu4py.breakers import LineBreaker
from icu4py.locale import Locale

from storycard.language.sentences import CLAUSE_ENDS, SENTENCE_ENDS
from storycard.language.tags import parse_tag
from storycard.language.word_lists import NO_BREAK_WORDS, BreakWords
from storycard.text import icu
from storycard.text.breaking.bonds import Bond, find_bonds
from storycard.text.breaking.east_asian_bonds import east_asian_bonds
from storycard.text.breaking.phrases import phrase_ends
from storycard.text.breaking.tokens import is_title_case

SOFT_HYPHEN = "\u00ad"
_HYPHENS = f"-‐{SOFT_HYPHEN}"
_DASHES = "–—―"
_MIDDLE_DOTS = "·‧・･ㆍ"
_NOT_FIRST = frozenset(_DASHES + _MIDDLE_DOTS)
_IDEOGRAPHIC_SPACE = "\u3000"
_PDI = "\u2069"
_ISOLATES = re.compile(f"[\u2066-{_PDI}]")
# Where UAX #14 allows no break: before ".NET", and in Hangul between words in a row with middle dots (klreq).
_OWN_BREAKS = re.compile(r"(?<= )(?=\.\w)|(?<=[가-힣]{2}[·ㆍ])(?=[가-힣]{2})")
_PAUSES = frozenset(SENTENCE_ENDS + CLAUSE_ENDS)
_SHORT_WORD = 3  # letters: in these alphabets, articles and prepositions, which belong to the next word
_ALPHABETS = frozenset({"Latn", "Cyrl", "Grek"})
# Scripts without spaces between words: those of UAX #14's classes ID and SA.
_WITHOUT_SPACES = frozenset({"Hani", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr"})

# Penalties have the unit of raggedness: the square of a share of the line width (see balancing.py).
_AFTER_SHORT_WORD = 0.03
# After a one-letter word: Polish, Czech, Ukrainian and Russian typography forbids it, and an English "a" looks lost there.
_AFTER_LETTER = 0.2
_AFTER_NUMBER = 0.1
_WITHIN_NAME = 0.03
_INSIDE_BOND = (-1.0, 0.2, 0.4)  # by Bond
AT_HYPHEN = 0.06
_INSIDE_PHRASE = 0.5
_BESIDE_LONE_CHARACTER = 0.1  # the first character of a clause alone at a line's end, or its last at a line's start
# Text in Myanmar script has spaces between phrases (Unicode 17, 16.3), which contain words that no dictionary has.
_INSIDE_MYANMAR_PHRASE = 0.04
_AFTER_PREFIX = 0.1
_AFTER_PAUSE = -0.02  # after a comma, a colon or a dash, where a reader pauses
_AT_IDEOGRAPHIC_SPACE = -0.3  # it separates two headlines in one
_AT_CLAUSE = -0.08  # at a space in a script without spaces between words


class Break(NamedTuple):
    """A break opportunity: the line ends at `end`, the next line starts at `next`. The last Break of a text ends it.

    `suffix` is drawn after the line (the hyphen of a divided word). `penalty` is added to the cost of the line. `bond` says how
    closely the words before and after it belong together.
    """

    end: int
    next: int
    suffix: str = ""
    penalty: float = 0.0
    bond: Bond = Bond.NONE


@lru_cache(maxsize=64)  # a theme sets a large text in another style, with other widths but the same breaks
def find_breaks(text: str, language: str, words: BreakWords = NO_BREAK_WORDS) -> tuple[Break, ...]:
    """Returns the break opportunities of `text` in order, `words` being those of the language.

    Unlike UAX #14, it allows none before a spaced dash or a middle dot, and isolates that the author wrote make no difference.
    """
    if not _ISOLATES.search(text):
        return _find_breaks(text, language, words)
    visible = [offset for offset, character in enumerate(text) if not _ISOLATES.match(character)]

    def before_next(offset: int) -> int:
        """Returns where the text goes on after the first `offset` visible characters and the isolates that end there."""
        end = visible[offset - 1] + 1 if offset else 0
        return end + len(text[end:]) - len(text[end:].lstrip(_PDI))

    places = _find_breaks(_ISOLATES.sub("", text), language, words)
    *inner, last = (place._replace(end=before_next(place.end), next=before_next(place.next)) for place in places)
    return (*inner, last._replace(next=len(text)))


def _find_breaks(text: str, language: str, words: BreakWords) -> tuple[Break, ...]:
    title_case = is_title_case(text)
    bonds = find_bonds(text, words)
    phrases = phrase_ends(text, language, words)
    if phrases:
        bonds |= east_asian_bonds(text, words)
    found: dict[int, Break] = {}  # keyed by end: of the breaks within consecutive spaces, only the last is kept
    own = (place.start() for place in _OWN_BREAKS.finditer(text))
    for after in sorted({*line_break_offsets(text, language, words), *own}):
        end = len(text[:after].rstrip())
        if after == len(text) or text[after] in _NOT_FIRST or end == 0 or _is_inside_range(text, after):
            continue
        if text[after] == "+" and after == end:  # "C++"
            continue
        suffix = "-" if text[end - 1] == SOFT_HYPHEN else ""
        if phrases and after not in phrases:
            penalty = _INSIDE_PHRASE
        elif phrases and _separates_lone_character(text, end, after):
            penalty = _BESIDE_LONE_CHARACTER
        else:
            penalty = _penalty(text, end, after, title_case, words.noun_prefixes)
        bond = bonds.get(after, Bond.NONE)
        found[end] = Break(end, after, suffix, max(penalty, _INSIDE_BOND[bond]), bond)
    end = len(text.rstrip())
    found[end] = Break(end, len(text))
    return tuple(found.values())


def _is_inside_range(text: str, after: int) -> bool:
    """Returns whether the line would end after the dash between two figures, as in "51–49"."""
    return text[after - 1] in _DASHES and text[after].isdigit() and text[after - 2 : after - 1].isdigit()


def _separates_lone_character(text: str, end: int, after: int) -> bool:
    """Returns whether the break separates the first or the last character of a clause from the rest of it."""
    before, following = text[max(0, end - 2) : end], text[after : after + 2]
    first_alone = before[0] in _PAUSES and before[-1] not in _PAUSES
    return first_alone or (following[0] not in _PAUSES and following[-1] in _PAUSES)


def line_break_offsets(text: str, language: str, words: BreakWords = NO_BREAK_WORDS) -> list[int]:
    """Returns the offsets at which UAX #14 allows a line to end, including the end of the text.

    Japanese follows strict kinsoku rules (no line starts with a small kana).
    """
    codepoint_at = icu.codepoint_offsets(text)
    return [codepoint_at[unit_end] for _, unit_end in LineBreaker(text, _tailored(language, words.whole_words)).segments()]


@lru_cache(maxsize=64)
def _tailored(language: str, whole_words: bool) -> Locale:
    """Returns ICU's locale with CSS's `line-break: strict` and, for `whole_words`, `word-break: auto-phrase` (UTS #35)."""
    primary, _, region = parse_tag(language)
    return Locale(primary, region, None, {"lb": "strict", "lw": "phrase"} if whole_words else {"lb": "strict"})


def _penalty(text: str, end: int, after: int, title_case: bool, noun_prefixes: tuple[str, ...]) -> float:
    last, following = text[end - 1], text[after]
    if _IDEOGRAPHIC_SPACE in text[end:after]:
        return _AT_IDEOGRAPHIC_SPACE
    if last in _HYPHENS or last in _MIDDLE_DOTS:
        return AT_HYPHEN
    if last in _PAUSES or last in _DASHES:
        return _AFTER_PAUSE
    if last.isdigit() and following.isalpha():
        return _AFTER_NUMBER
    if after > end:
        if icu.script(last) in _WITHOUT_SPACES:
            return _AT_CLAUSE
    elif icu.script(last) == "Mymr":
        return _INSIDE_MYANMAR_PHRASE
    elif text.endswith(noun_prefixes, 0, end):
        return _AFTER_PREFIX
    word = text[:end].rsplit(maxsplit=1)[-1]
    if not title_case and following.isupper() and word[0].isupper() and word[0].isalpha():
        return _WITHIN_NAME
    if len(word) <= _SHORT_WORD and word.isalpha() and icu.script(word[0]) in _ALPHABETS:
        return _AFTER_LETTER if len(word) == 1 else _AFTER_SHORT_WORD
    return 0.0


def without_breaks_inside_phrases(places: Sequence[Break]) -> tuple[Break, ...]:
    """Returns `places` without those inside a phrase."""
    return tuple(place for place in places if place.penalty != _INSIDE_PHRASE)


def without_breaks_inside(bond: Bond, places: Sequence[Break]) -> tuple[Break, ...]:
    """Returns `places` without those between words that belong together as closely as `bond`, or more so."""
    return tuple(place for place in places if place.bond < bond)
