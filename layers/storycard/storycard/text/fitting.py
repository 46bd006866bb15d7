"""A measured paragraph into set lines at the size of a type scale at which it looks best in its box."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from storycard.text.breaking.balancing import Span, balanced, fewest_lines, filled
from storycard.text.breaking.opportunities import between_phrases, with_divided_words, with_hyphenation
from storycard.text.graphemes import graphemes
from storycard.text.line_spacing import least_leading
from storycard.text.paragraph import Line, Paragraph, set_line

ELLIPSIS = "…"
_SMALLEST_SHARE = 0.78  # of the largest size that fits: how much size even lines may cost
_SMALLEST_SHARE_WHOLE = 0.65  # how much phrases that stay whole may cost
_COST_OF_SIZE = 0.3  # what giving up all of the size would cost, in the unit of raggedness
_HALF_EMPTY = 0.5  # of the widest line: a shorter one among them, unless it is the last, leaves a hole
_COST_OF_HOLE = 0.02  # in the same unit: a fifteenth of the size
_MOST_HYPHENS = 2
_CLEAR = 0.04  # em kept between a descender and the mark of a letter below it


class Box(NamedTuple):
    """The room for a text: width and height in px, and the most lines it may take."""

    width: float
    height: float
    max_lines: int


class Fitted(NamedTuple):
    """Set lines, their size in px, the leading in em that keeps them apart; `truncated` when words were left out."""

    font_px: int
    lines: tuple[Line, ...]
    leading: float
    truncated: bool


class _Choice(NamedTuple):
    font_px: int
    spans: tuple[Span, ...]


def fit(paragraph: Paragraph, box: Box, sizes: Sequence[int]) -> Fitted | None:
    """The paragraph with every word in it at the best of `sizes` (px); None if it fits at none.

    The best is the largest that fits, unless one a little smaller breaks into much evener lines, or one of two thirds of it
    keeps phrases whole. Words are divided only when one is wider than the box at every size.
    """
    fitted = _fit(paragraph, box, sizes) or _fit(_hyphenated(paragraph, box, sizes), box, sizes)
    between = between_phrases(paragraph.breaks)
    if fitted is None or len(between) == len(paragraph.breaks):
        return fitted
    whole = _fit(replace(paragraph, breaks=between), box, sizes)
    return whole if whole and whole.font_px >= fitted.font_px * _SMALLEST_SHARE_WHOLE else fitted


def fit_or_cut(paragraph: Paragraph, box: Box, sizes: Sequence[int]) -> Fitted:
    """As `fit`; below the smallest size a word too wide is divided between graphemes, and the rest cut with an ellipsis."""
    return fit(paragraph, box, sizes) or _cut(paragraph, box, min(sizes))


def _fit(paragraph: Paragraph, box: Box, sizes: Sequence[int]) -> Fitted | None:
    leading = paragraph.leading
    while choice := _best(paragraph, box, sizes, leading):
        lines = tuple(set_line(paragraph, span.start, span.end, span.suffix) for span in choice.spans)
        apart = _clear_leading(lines, paragraph.rtl, leading)
        if len(lines) <= _lines_in(paragraph, box, choice.font_px, apart):
            return Fitted(choice.font_px, lines, apart, truncated=False)
        leading = apart  # marks touch: try again with the lines further apart
    return None


def _best(paragraph: Paragraph, box: Box, sizes: Sequence[int], leading: float) -> _Choice | None:
    best: _Choice | None = None
    best_cost = float("inf")
    largest = 0
    for size in sorted(sizes, reverse=True):
        if size < largest * _SMALLEST_SHARE:
            break
        width = box.width / size
        fewest = fewest_lines(paragraph, width)
        if fewest is None or fewest > _lines_in(paragraph, box, size, leading):
            continue
        lines = balanced(paragraph, width, fewest)
        if sum(bool(span.suffix) for span in lines.spans) > _MOST_HYPHENS:
            continue
        largest = largest or size
        cost = lines.cost / fewest + _COST_OF_SIZE * (1 - size / largest) + _COST_OF_HOLE * _has_hole(paragraph, lines.spans)
        if cost < best_cost:
            best, best_cost = _Choice(size, lines.spans), cost
    return best


def _has_hole(paragraph: Paragraph, spans: Sequence[Span]) -> bool:
    widths = [paragraph.width(span.start, span.end) for span in spans]
    return min(widths[:-1], default=0.0) < _HALF_EMPTY * max(widths)


def _lines_in(paragraph: Paragraph, box: Box, size: int, leading: float) -> int:
    """How many lines of `size` px stand in the box, from the ascent of the first to the descent of the last."""
    room = box.height / size - paragraph.ascent - paragraph.descent
    return 0 if room < -1e-9 else min(box.max_lines, 1 + int(room / leading + 1e-9))


def _clear_leading(lines: Sequence[Line], rtl: bool, leading: float) -> float:
    """`leading`, or the least em above it at which nothing that hangs from a line touches what stands on the next."""
    for upper, lower in itertools.pairwise(lines):
        shift = upper.width - lower.width if rtl else 0.0  # lines meet at their leading edge
        leading = least_leading(upper, lower, shift, _CLEAR, leading)
    return leading


def _hyphenated(paragraph: Paragraph, box: Box, sizes: Sequence[int]) -> Paragraph:
    return replace(
        paragraph, breaks=with_hyphenation(paragraph.text, paragraph.breaks, paragraph.language, _too_wide(paragraph, box, sizes))
    )


def _too_wide(paragraph: Paragraph, box: Box, sizes: Iterable[int]) -> frozenset[int]:
    """The starts of the words that are wider than the box at the smallest size."""
    width = box.width / min(sizes)
    starts = [0, *(place.next for place in paragraph.breaks)]
    return frozenset(
        start for start, place in zip(starts, paragraph.breaks, strict=False) if paragraph.width(start, place.end) > width
    )


def _cut(paragraph: Paragraph, box: Box, size: int) -> Fitted:
    width = box.width / size
    places = with_divided_words(paragraph.text, paragraph.breaks, paragraph.language, _too_wide(paragraph, box, (size,)))
    paragraph = replace(paragraph, breaks=places)
    spans = filled(paragraph, width)
    leading = paragraph.leading
    while True:
        room = max(1, _lines_in(paragraph, box, size, leading))
        kept = (
            spans[:room]
            if len(spans) <= room
            else (*spans[: room - 1], _ended(paragraph, spans[room - 1], spans[room].end, width))
        )
        lines = tuple(set_line(paragraph, span.start, span.end, span.suffix) for span in kept)
        apart = _clear_leading(lines, paragraph.rtl, leading)
        if room == 1 or len(lines) <= _lines_in(paragraph, box, size, apart):
            return Fitted(size, lines, apart, truncated=len(spans) > room)
        leading = apart


def _ended(paragraph: Paragraph, span: Span, limit: int, width: float) -> Span:
    """The last line that there is room for, with as many words as an ellipsis leaves room for, else as many graphemes."""
    ellipsis = 1.0  # em: no font's is wider

    def fits(end: int) -> bool:
        return paragraph.width(span.start, end) + ellipsis <= width

    words = (place.end for place in paragraph.breaks if span.start < place.end <= limit)
    clusters = map(len, graphemes(paragraph.text[span.start : span.end], paragraph.language))
    end = max(filter(fits, words), default=0) or max(filter(fits, itertools.accumulate(clusters, initial=span.start)), default=0)
    bare = paragraph.text[:end].rstrip(" ,;:.–—-")
    return Span(span.start, max(len(bare), span.start), ELLIPSIS)
