"""Breaks a measured paragraph into lines: as few and as even as possible, or filled one after the other."""

from bisect import bisect_left
from typing import NamedTuple

from storycard.text.paragraph import Paragraph

_ORPHAN_SHARE = 0.35  # of the even width: a narrower last line looks left behind
_LONE_SHARE = 0.6  # the same of one word alone on the last of three lines or more
_FEW_LINES = 2  # on no more lines, a word may stand alone on the last
_ORPHAN_PENALTY = 0.5
_MIN_SHARE = 0.3  # of the even width: narrower lines are only considered if there is no way without them


class Span(NamedTuple):
    """One line of a paragraph: code points `start` to `end`, and the `suffix` drawn after them."""

    start: int
    end: int
    suffix: str = ""


class BalancedLines(NamedTuple):
    """Lines and their cost: raggedness plus the penalties of their breaks; 0 for even lines without penalties."""

    spans: tuple[Span, ...]
    cost: float


def fewest_lines(paragraph: Paragraph, width: float) -> int | None:
    """Returns the least number of lines of `width` em that the text needs, None if a word is wider than a line."""
    if paragraph.width(0, paragraph.end) <= width:
        return 1  # without looking for breaks, which takes longer than anything else here
    starts, ends = paragraph.edges
    count, start = 1, starts[0]
    last: int | None = None
    for index, end in enumerate(ends):
        if end - start <= width:
            last = index
            continue
        if last is None or end - starts[last + 1] > width:
            return None
        count, start, last = count + 1, starts[last + 1], index
    return count


def balance_lines(paragraph: Paragraph, width: float, count: int) -> BalancedLines:
    """Breaks the text into exactly `count` lines no wider than `width` em; `count` must not be less than `fewest_lines`.

    Uses dynamic programming over the break opportunities, as Knuth and Plass do. The cost of a line is the square of its
    difference from the even width, as a share of that width, plus the penalty of its break (see opportunities.py).
    """
    places = paragraph.breaks
    even = paragraph.width(0, places[-1].end) / count or 1.0
    starts, ends = paragraph.edges
    final = len(places) - 1
    if count == 1:
        return BalancedLines((Span(0, places[final].end, places[final].suffix),), last_line_cost(ends[final], even, alone=False))

    def search(min_width: float) -> list[dict[int, tuple[float, int]]]:
        """Returns for each line, keyed by its break, the least cost up to there and the break before; empty if nothing fits."""
        best: list[dict[int, tuple[float, int]]] = [{-1: (0.0, -1)}]
        for line in range(1, count):
            reached: dict[int, tuple[float, int]] = {}
            for before, (cost, _) in best[-1].items():
                start = starts[before + 1]
                first = max(before + 1, bisect_left(ends, start + min_width))
                for index in range(first, final - (count - line) + 1):
                    length = ends[index] - start
                    if length > width:
                        break
                    total = cost + (length / even - 1) ** 2 + places[index].penalty
                    if index not in reached or total < reached[index][0]:
                        reached[index] = (total, before)
            best.append(reached)
        last_lines = {before: (cost, ends[final] - starts[before + 1]) for before, (cost, _) in best[-1].items()}
        totals = {
            before: cost + last_line_cost(length, even, alone=is_lone_word(paragraph, places[before].next, count))
            for before, (cost, length) in last_lines.items()
            if length <= width
        }
        if not totals:
            return []
        before = min(totals, key=totals.__getitem__)
        return [*best, {final: (totals[before], before)}]

    best = search(even * _MIN_SHARE) or search(0.0)
    spans: list[Span] = []
    index = final
    for line in range(count, 0, -1):
        before = best[line][index][1]
        spans.append(Span(places[before].next if before >= 0 else 0, places[index].end, places[index].suffix))
        index = before
    return BalancedLines(tuple(reversed(spans)), best[count][final][0])


def fill_lines(paragraph: Paragraph, width: float) -> tuple[Span, ...]:
    """Fills lines of `width` em one after the other (first fit); a word wider than a line gets a line to itself."""
    places, (starts, ends) = paragraph.breaks, paragraph.edges
    spans: list[Span] = []
    start = index = 0
    while index < len(places):
        last = index
        while last + 1 < len(places) and ends[last + 1] - starts[index] <= width:
            last += 1
        spans.append(Span(start, places[last].end, places[last].suffix))
        start, index = places[last].next, last + 1
    return tuple(spans)


def is_lone_word(paragraph: Paragraph, start: int, count: int) -> bool:
    """Returns whether the last of `count` lines, which starts at the code point `start`, has one word that must not stand alone.

    It may on one of two lines, and where every line has one word. A script without spaces between words has no such words.
    """
    places = paragraph.breaks
    if not _FEW_LINES < count < len(places) or start != places[-2].next or start == places[-2].end:
        return False
    return len(paragraph.text[start : places[-1].end].split()) == 1


def last_line_cost(length: float, even: float, *, alone: bool) -> float:
    """Returns the cost of a text's last line; `alone` says that it has one word that must not stand alone unless it is long."""
    is_orphan = length < (_LONE_SHARE if alone else _ORPHAN_SHARE) * even
    return (length / even - 1) ** 2 + (_ORPHAN_PENALTY if is_orphan else 0.0)
