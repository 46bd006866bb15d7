"""A measured paragraph and a line width into lines: as few as it takes, as even as its words allow, or simply filled."""

from dataclasses import dataclass

from storycard.text.breaking import Break
from storycard.text.paragraph import Paragraph

_ORPHAN = 0.35  # a last line narrower than this share of the others looks left behind
_ORPHAN_COST = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """One line of a paragraph: code points `start` to `end`, and what is drawn after them."""

    start: int
    end: int
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Balanced:
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
    best: list[dict[int, tuple[float, int]]] = [{-1: (0.0, -1)}]  # per line: last break -> (cost, the break before it)
    for line in range(1, count + 1):
        reached: dict[int, tuple[float, int]] = {}
        for before, (cost, _) in best[-1].items():
            start = places[before].next if before >= 0 else 0
            for index in range(before + 1, len(places) - (count - line)):
                length = line_width(paragraph, start, places[index])
                if length > width:
                    break
                if line == count and index != len(places) - 1:
                    continue
                total = cost + _line_cost(length, even, last=line == count) + places[index].cost
                if index not in reached or total < reached[index][0]:
                    reached[index] = (total, before)
        best.append(reached)
    spans: list[Span] = []
    index = len(places) - 1
    for line in range(count, 0, -1):
        before = best[line][index][1]
        spans.append(Span(places[before].next if before >= 0 else 0, places[index].end, places[index].suffix))
        index = before
    return Balanced(tuple(reversed(spans)), best[count][len(places) - 1][0])


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


def _line_cost(length: float, even: float, last: bool) -> float:
    short = (length - even) / even
    return short * short + (_ORPHAN_COST if last and length < _ORPHAN * even else 0.0)
