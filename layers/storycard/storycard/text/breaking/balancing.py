"""A measured paragraph and a line width into lines: as few as it takes, as even as its words allow, or simply filled."""

from bisect import bisect_left
from typing import NamedTuple

from storycard.text.breaking.opportunities import Break
from storycard.text.paragraph import Paragraph

_ORPHAN = 0.35  # a last line narrower than this share of the others looks left behind
_ORPHAN_COST = 0.5
_SHORTEST = 0.3  # of the even width


class Span(NamedTuple):
    """One line of a paragraph: code points `start` to `end`, and what is drawn after them."""

    start: int
    end: int
    suffix: str = ""


class Balanced(NamedTuple):
    """Lines, and what their raggedness and their breaks cost together, 0 for even lines broken where they read best."""

    spans: tuple[Span, ...]
    cost: float


def fewest_lines(paragraph: Paragraph, width: float) -> int | None:
    """How many lines of `width` em the text needs at least; None when a word is wider than a line."""
    lines, start, last = 1, 0, None
    for place in paragraph.breaks:
        if line_width(paragraph, start, place) <= width:
            last = place
            continue
        if last is None or line_width(paragraph, last.next, place) > width:
            return None
        lines, start, last = lines + 1, last.next, place
    return lines


def balanced(paragraph: Paragraph, width: float, count: int) -> Balanced:
    """The text in exactly `count` lines no wider than `width` em; `count` is at least what `fewest_lines` says.

    Dynamic programming over the break opportunities: the cost of a line is the square of what it differs from the even
    width, as a share of it, and the cost of its break (see breaking.py).
    """
    places = paragraph.breaks
    even = paragraph.width(0, places[-1].end) / count or 1.0
    starts = [0.0, *(paragraph.advances[place.next] for place in places)]  # of the line after each break, the first included
    ends = [line_width(paragraph, 0, place) for place in places]
    final = len(places) - 1
    if count == 1:
        return Balanced((Span(0, places[final].end, places[final].suffix),), _last_cost(ends[final], even))

    def lines_to_final(shortest: float) -> list[dict[int, tuple[float, int]]]:
        """For each line, by the break it ends at: the least cost so far, and the break before."""
        best: list[dict[int, tuple[float, int]]] = [{-1: (0.0, -1)}]
        for line in range(1, count):
            reached: dict[int, tuple[float, int]] = {}
            for before, (cost, _) in best[-1].items():
                start = starts[before + 1]
                first = max(before + 1, bisect_left(ends, start + shortest))
                for index in range(first, final - (count - line) + 1):
                    length = ends[index] - start
                    if length > width:
                        break
                    total = cost + (length / even - 1) ** 2 + places[index].cost
                    if index not in reached or total < reached[index][0]:
                        reached[index] = (total, before)
            best.append(reached)
        lasts = {before: (cost, ends[final] - starts[before + 1]) for before, (cost, _) in best[-1].items()}
        fitting = {before: cost + _last_cost(length, even) for before, (cost, length) in lasts.items() if length <= width}
        before = min(fitting, key=fitting.__getitem__, default=None)
        return [*best, {final: (fitting[before], before)}] if before is not None else []

    # Lines much shorter than the others are worth a look only where long words leave nothing else.
    best = lines_to_final(even * _SHORTEST) or lines_to_final(0.0)
    spans: list[Span] = []
    index = final
    for line in range(count, 0, -1):
        before = best[line][index][1]
        spans.append(Span(places[before].next if before >= 0 else 0, places[index].end, places[index].suffix))
        index = before
    return Balanced(tuple(reversed(spans)), best[count][final][0])


def filled(paragraph: Paragraph, width: float) -> tuple[Span, ...]:
    """The text in lines of `width` em filled one after the other; a word wider than a line has one to itself."""
    places = paragraph.breaks
    spans: list[Span] = []
    start = index = 0
    while index < len(places):
        last = index
        while last + 1 < len(places) and line_width(paragraph, start, places[last + 1]) <= width:
            last += 1
        spans.append(Span(start, places[last].end, places[last].suffix))
        start, index = places[last].next, last + 1
    return tuple(spans)


def line_width(paragraph: Paragraph, start: int, place: Break) -> float:
    """The width in em of a line from `start` to a break; a hyphen counts as half an em, more than any font's takes."""
    return paragraph.width(start, place.end) + (0.5 if place.suffix else 0.0)


def _last_cost(length: float, even: float) -> float:
    return (length / even - 1) ** 2 + (_ORPHAN_COST if length < _ORPHAN * even else 0.0)
