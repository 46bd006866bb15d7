"""Divides words that are wider than a line: with a hyphen, hashtags at their capitals, and anything between graphemes."""

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from storycard.language.word_lists import BreakWords
from storycard.text.breaking.hyphenation import hyphen_points
from storycard.text.breaking.opportunities import AT_HYPHEN, Break
from storycard.text.graphemes import graphemes

_TOKEN = re.compile(r"[#@＃＠]\w|\w[./_]\w")  # hashtags, handles and addresses
_LETTERS = re.compile(r"(?:[^\W\d_][\u0300-\u036f\u0900-\u0dff]*)+")
_LEAST_PART = 3  # graphemes of a hashtag before and after a break
# Penalties, in the unit of opportunities.py.
_INSIDE_COMPOUND_PART = 0.2  # between syllables, where the language lists the joints of compounds
_INSIDE_TOKEN = 0.12  # between graphemes of a hashtag


def with_divisions(
    text: str, places: Sequence[Break], language: str, words: BreakWords, starts: Collection[int]
) -> tuple[Break, ...]:
    """Returns `places` plus the points at which the words that start at `starts` may be divided.

    A word is divided by a hyphen between syllables, at best between the words of a compound. A hashtag, a handle or an address
    is divided without one, before a capital or a number, or else between graphemes.
    """

    def divisions(word: str) -> Iterator[Break]:
        if _TOKEN.search(word):
            humps = [offset for offset in range(2, len(word)) if _is_hump(word, offset)]
            between = _between_graphemes(word, language)[_LEAST_PART - 1 : 1 - _LEAST_PART]
            yield from (Break(point, point, "", AT_HYPHEN if humps else _INSIDE_TOKEN) for point in humps or between)
            return
        for part in _LETTERS.finditer(word):
            for point in hyphen_points(part[0], language, words.hyphenation):
                joint = not words.compound_joints or words.compound_joints.join_at(part[0].lower(), point)
                offset = part.start() + point
                yield Break(offset, offset, "-", AT_HYPHEN if joint else _INSIDE_COMPOUND_PART)

    return _with_breaks_inside(text, places, starts, divisions)


def with_grapheme_breaks(text: str, places: Sequence[Break], language: str, starts: Collection[int]) -> tuple[Break, ...]:
    """Returns `places` plus a break between every two graphemes of the words that start at `starts`."""

    def divisions(word: str) -> Iterator[Break]:
        return (Break(point, point, "", AT_HYPHEN) for point in _between_graphemes(word, language))

    return _with_breaks_inside(text, places, starts, divisions)


def _is_hump(word: str, offset: int) -> bool:
    """Returns whether a word of a hashtag starts at `offset`, as in #We|Sail|COP30|Again and #BBC|News."""
    before, first, second = word[offset - 1], word[offset], word[offset + 1 : offset + 2]
    if before in "_./":
        return first.isalnum()
    if first.isupper():
        return before.islower() or (second.islower() and before.isalnum())
    return first.isdigit() and before.islower()


def _between_graphemes(word: str, language: str) -> list[int]:
    return list(itertools.accumulate(len(cluster) for cluster in graphemes(word, language)))[:-1]


def _with_breaks_inside(
    text: str, places: Sequence[Break], starts: Collection[int], divisions: Callable[[str], Iterable[Break]]
) -> tuple[Break, ...]:
    found: list[Break] = []
    start = 0
    for place in places:
        if start in starts:
            inner = divisions(text[start : place.end])
            found += (each._replace(end=start + each.end, next=start + each.next) for each in inner)
        found.append(place)
        start = place.next
    return tuple(found)
