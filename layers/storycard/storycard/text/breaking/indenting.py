"""Breaks a measured paragraph into lines, the first of which are indented beside an initial."""

from bisect import bisect_right
from typing import NamedTuple

from storycard.text.breaking.balancing import Span, is_lone_word, last_line_cost
from storycard.text.paragraph import Paragraph

_HOLE_SHARE = 0.5  # of its even width: a narrower line, except for the last, leaves a hole


class Indent(NamedTuple):
    """How many lines are indented, by how many em, and the code point at which the first of them starts."""

    lines: int
    width: float
    start: int


def indented_lines(paragraph: Paragraph, width: float, indent: Indent, most: int) -> tuple[Span, ...]:
    """Breaks the text from the indent's start on into as few lines of `width` em as it needs; () if it needs more than `most`."""
    length = paragraph.width(indent.start, paragraph.breaks[-1].end)
    for count in range(1, most + 1):
        even = (length + min(count, indent.lines) * indent.width) / count
        if even <= width and (lines := _balanced(paragraph, width, indent, count, even)):
            return lines
    return ()


def _balanced(paragraph: Paragraph, width: float, indent: Indent, count: int, even: float) -> tuple[Span, ...]:
    """Breaks the text into `count` lines without holes that end evenly, by the same costs as `balance_lines`; () if none fit."""
    places = paragraph.breaks
    ends = [place.end for place in places]
    best: dict[int, tuple[float, tuple[Span, ...]]] = {indent.start: (0.0, ())}  # by where the next line starts
    for number in range(1, count + 1):
        inset = indent.width if number <= indent.lines else 0.0
        reached: dict[int, tuple[float, tuple[Span, ...]]] = {}
        for start, (before, lines) in best.items():
            for place in places[bisect_right(ends, start) :]:
                length = inset + paragraph.line_width(start, place)
                if length > width:
                    break
                has_hole = number < count and length - inset < _HOLE_SHARE * (even - inset)
                if has_hole or (place is places[-1]) != (number == count):
                    continue
                if number == count:
                    cost = last_line_cost(length, even, alone=is_lone_word(paragraph, start, count))
                else:
                    cost = (length / even - 1) ** 2 + place.penalty
                if place.next not in reached or before + cost < reached[place.next][0]:
                    reached[place.next] = before + cost, (*lines, Span(start, place.end, place.suffix))
        best = reached
    return best[places[-1].next][1] if best else ()
