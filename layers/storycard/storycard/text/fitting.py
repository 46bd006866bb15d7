"""A measured paragraph into balanced lines at the largest size of a type scale that fits its box."""

from collections.abc import Sequence
from dataclasses import dataclass

from storycard.text.breaking import Break
from storycard.text.paragraph import Paragraph
from storycard.text.shaping import graphemes

ELLIPSIS = "…"
_ORPHAN = 0.35  # a last line narrower than this share of the widest looks left behind
_ORPHAN_COST = 0.5
_SMALLEST_SHARE = 0.78  # of the largest size that fits: how much size even lines may cost
_COST_OF_SIZE = 0.3  # what giving up all of the size would cost, in the unit of raggedness


@dataclass(frozen=True, slots=True)
class Box:
    """The room for a text: width and height in px, and the most lines it may take."""

    width: float
    height: float
    max_lines: int


@dataclass(frozen=True, slots=True)
class Span:
    """One line of a paragraph: code points `start` to `end`, and what is drawn after them."""

    start: int
    end: int
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class _Balanced:
    """Lines, and what their raggedness and breaks cost in all."""

    spans: tuple[Span, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """The size in px and the lines that a text is set in; `truncated` when words were left out."""

    font_px: int
    lines: tuple[Span, ...]
    truncated: bool


def fit(paragraph: Paragraph, box: Box, sizes: Sequence[int]) -> Fitted | None:
    """The paragraph at the size (px, of `sizes`) at which it looks best in `box` with every word in it; None if none fits.

    That is the largest that fits, unless one a little smaller breaks into much evener lines.
    """
    best: Fitted | None = None
    best_cost = float("inf")
    largest = 0
    for size in sorted(sizes, reverse=True):
        if size < largest * _SMALLEST_SHARE:
            break
        width = box.width / size
        fewest = _fewest_lines(paragraph, width)
        if fewest is None or fewest > min(box.max_lines, lines_in(paragraph, box.height, size)):
            continue
        largest = largest or size
        balanced = _balanced(paragraph, width, fewest)
        cost = balanced.cost / fewest + _COST_OF_SIZE * (1 - size / largest)
        if cost < best_cost:
            best, best_cost = Fitted(size, balanced.spans, truncated=False), cost
    return best


def fit_or_cut(paragraph: Paragraph, box: Box, sizes: Sequence[int]) -> Fitted:
    """As `fit`; below the smallest size words too wide are divided, and the rest is cut with an ellipsis."""
    return fit(paragraph, box, sizes) or _cut(paragraph, box, min(sizes))


def lines_in(paragraph: Paragraph, height: float, size: int) -> int:
    """How many lines of `size` px stand in `height` px, from the capitals of the first to the descenders of the last."""
    room = height / size - paragraph.font.cap_height - paragraph.font.descender
    return 0 if room < 0 else 1 + int(room / paragraph.style.leading + 1e-9)


def _fewest_lines(paragraph: Paragraph, width: float) -> int | None:
    """How many lines of `width` em the text needs at least; None when a word is wider than a line."""
    lines, start, last = 1, 0, None
    for place in paragraph.breaks:
        if _width(paragraph, start, place) <= width:
            last = place
            continue
        if last is None or _width(paragraph, last.next, place) > width:
            return None
        lines, start, last = lines + 1, last.next, place
    return lines


def _balanced(paragraph: Paragraph, width: float, count: int) -> _Balanced:
    """The text in exactly `count` lines no wider than `width` em, as even as its words allow and broken where it reads best.

    Dynamic programming over the break opportunities: the cost of a line is the square of what it falls short of the even
    width, as a share of it, and the cost of its break (see breaking.py).
    """
    places = paragraph.breaks
    even = paragraph.width(0, places[-1].end) / count
    best: list[dict[int, tuple[float, int]]] = [{-1: (0.0, -1)}]  # per line: last break -> (cost, break before)
    for line in range(1, count + 1):
        reached: dict[int, tuple[float, int]] = {}
        for before, (cost, _) in best[-1].items():
            start = places[before].next if before >= 0 else 0
            for index in range(before + 1, len(places) - (count - line)):
                length = _width(paragraph, start, places[index])
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
    return _Balanced(tuple(reversed(spans)), best[count][len(places) - 1][0])


def _line_cost(length: float, even: float, last: bool) -> float:
    short = (length - even) / even
    return short * short + (_ORPHAN_COST if last and length < _ORPHAN * even else 0.0)


def _cut(paragraph: Paragraph, box: Box, size: int) -> Fitted:
    """Lines filled one after the other at `size` px; a word wider than a line is divided between graphemes."""
    width = box.width / size
    room = max(1, min(box.max_lines, lines_in(paragraph, box.height, size)))
    places = _with_divided_words(paragraph, width)
    spans: list[Span] = []
    start = index = 0
    while index < len(places):
        last = index
        while last + 1 < len(places) and _width(paragraph, start, places[last + 1]) <= width:
            last += 1
        spans.append(Span(start, places[last].end, places[last].suffix))
        start, index = places[last].next, last + 1
    if len(spans) <= room:
        return Fitted(size, tuple(spans), truncated=False)
    kept = spans[:room]
    start = kept[-1].start
    ellipsis = 1.0  # em: no font's ellipsis is wider
    fitting = [place.end for place in places if start < place.end and paragraph.width(start, place.end) + ellipsis <= width]
    end = max((end for end in fitting if end <= spans[room].end), default=kept[-1].end)
    stripped = len(paragraph.text[:end].rstrip(" ,;:–—-"))
    return Fitted(size, (*kept[:-1], Span(start, max(stripped, start), ELLIPSIS)), truncated=True)


def _with_divided_words(paragraph: Paragraph, width: float) -> list[Break]:
    """The paragraph's breaks, and between every two graphemes of each word that is wider than a line."""
    places: list[Break] = []
    start = 0
    for place in paragraph.breaks:
        if _width(paragraph, start, place) > width:
            offset = start
            for cluster in graphemes(paragraph.text[start : place.end], paragraph.language)[:-1]:
                offset += len(cluster)
                places.append(Break(offset, offset))
        places.append(place)
        start = place.next
    return places


def _width(paragraph: Paragraph, start: int, place: Break) -> float:
    """The width in em of a line from `start` to a break, its hyphen counted at the width of the paragraph's own font."""
    hyphen = 0.35 if place.suffix else 0.0
    return paragraph.width(start, place.end) + hyphen
