"""Fits a paragraph into a box: finds the size of the type scale, the line breaks and the leading that look best."""

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from storycard.text.breaking.balancing import Span, balance_lines, fewest_lines, fill_lines
from storycard.text.breaking.bonds import Bond
from storycard.text.breaking.divisions import with_divisions, with_grapheme_breaks
from storycard.text.breaking.opportunities import without_breaks_inside, without_breaks_inside_phrases
from storycard.text.graphemes import graphemes
from storycard.text.line_spacing import min_leading
from storycard.text.paragraph import Line, Paragraph, set_line

ELLIPSIS = "…"
_MIN_SIZE_SHARE = 0.78  # of the largest size that fits: the smallest size accepted for more even lines
_MIN_SIZE_SHARE_WHOLE_PHRASES = 0.65  # the smallest size accepted for lines that keep phrases whole
# The smallest share of the largest size that is accepted for lines that part no words with this bond or a closer one.
_MIN_SIZE_SHARE_UNPARTED = ((Bond.NAME, 0.53), (Bond.UNIT, 0.5))
_MIN_SIZE_SHARE_UNDIVIDED = 0.7  # of the size with long words divided: at a smaller one they are
_NEXT_SIZE = 0.97  # of a size: the lines of a size nearer to it hardly differ
_SIZE_COST = 0.55  # of giving up the whole size, in the unit of raggedness
_HOLE_SHARE = 0.5  # of the widest line: a narrower line, except for the last, leaves a hole
_HOLE_COST = 0.02  # as much as a fifteenth of the size
_MAX_HYPHENS = 2
_HYPHEN_COST = 0.06  # as much as a fifth of the size
_CLOSER = 0.15  # em: how much less leading many lines get than two
_CLEARANCE = 0.04  # em between a descender and an accent on the line below


class Box(NamedTuple):
    """The room for a text: width and height in px, and the maximum number of lines."""

    width: float
    height: float
    max_lines: int


class Fitted(NamedTuple):
    """Set lines, their size in px, and their leading in em; `truncated` means that words were left out."""

    font_px: int
    lines: tuple[Line, ...]
    leading: float
    truncated: bool


class _Choice(NamedTuple):
    font_px: int
    spans: tuple[Span, ...]


@lru_cache(maxsize=128)  # cards of one format share header and footer, and a quote is fitted before it is chosen
def fit(paragraph: Paragraph, box: Box, sizes: tuple[int, ...]) -> Fitted | None:
    """Fits the whole paragraph at the best of `sizes` (px, ascending); None if it fits at none of them.

    The best size is the largest that fits, unless a smaller one has much more even lines (down to 0.78 of it), keeps phrases
    whole (down to 0.65), or keeps names and units whole (down to about half). Long words are divided only if the text would
    else be set at less than 0.7 of its size with them divided.
    """
    if box.max_lines == 1:
        size = largest_size(paragraph, box, sizes)
        return Fitted(size, (set_line(paragraph, 0, paragraph.end),), paragraph.leading, truncated=False) if size else None
    unparted = _fit_unparted(paragraph, box, sizes)
    fitted = unparted or _fit(paragraph, box, sizes)
    while divided := _fit_divided(paragraph, box, sizes, fitted):
        fitted = divided
    whole_phrases = without_breaks_inside_phrases(paragraph.breaks)
    if fitted is None or len(whole_phrases) == len(paragraph.breaks):
        return fitted
    in_phrases = paragraph.with_breaks(whole_phrases)
    whole = _fit_unparted(in_phrases, box, sizes) or (None if unparted else _fit(in_phrases, box, sizes))
    return whole if whole and whole.font_px >= largest_size(paragraph, box, sizes) * _MIN_SIZE_SHARE_WHOLE_PHRASES else fitted


def fit_or_truncate(paragraph: Paragraph, box: Box, sizes: tuple[int, ...]) -> Fitted:
    """Fits the paragraph as `fit` does, or else truncates it at the smallest size.

    A word wider than the box is then divided between graphemes, and the last line ends in an ellipsis.
    """
    return fit(paragraph, box, sizes) or _truncate(paragraph, box, min(sizes))


def opened(fitted: Fitted, paragraph: Paragraph, box: Box, most: float) -> Fitted:
    """Returns the lines with a leading of up to `most` em, as far as they still fit the box; more than two stay closer."""
    gaps = len(fitted.lines) - 1
    if not gaps:
        return fitted
    room = box.height / fitted.font_px - paragraph.ascent - paragraph.descent
    return fitted._replace(leading=max(fitted.leading, min(most - _CLOSER * (1 - 1 / gaps), room / gaps)))


def _fit_unparted(paragraph: Paragraph, box: Box, sizes: Sequence[int]) -> Fitted | None:
    """Fits the paragraph without breaks inside names and units, else inside units; None below about half the size."""
    if not any(place.bond for place in paragraph.breaks):
        return _fit(paragraph, box, sizes)
    largest = largest_size(paragraph, box, sizes)
    for bond, share in _MIN_SIZE_SHARE_UNPARTED:
        unparted = paragraph.with_breaks(without_breaks_inside(bond, paragraph.breaks))
        if fitted := _fit(unparted, box, [size for size in sizes if size >= share * largest]):
            return fitted
    return None


def largest_size(paragraph: Paragraph, box: Box, sizes: Sequence[int], leading: float | None = None) -> int:
    """Returns the largest of `sizes` (px, ascending) at which the paragraph fits without divided words, 0 if there is none.

    `leading` (em) is the paragraph's own unless given.
    """

    def is_too_large(size: int) -> bool:
        most, width = _lines_in(paragraph, box, size, leading or paragraph.leading), box.width / size
        if most <= 1:
            return not most or paragraph.width(0, paragraph.end) > width
        fewest = fewest_lines(paragraph, width)
        return fewest is None or fewest > most

    # A larger size needs at least as many lines, and has room for at most as many.
    place = bisect_left(sizes, True, key=is_too_large)
    return sizes[place - 1] if place else 0


def _fit(paragraph: Paragraph, box: Box, sizes: Sequence[int]) -> Fitted | None:
    leading = paragraph.leading
    while choice := _best(paragraph, box, sizes, leading):
        lines = tuple(set_line(paragraph, span.start, span.end, span.suffix) for span in choice.spans)
        clear_leading = _clear_leading(lines, paragraph.rtl, leading)
        if len(lines) <= _lines_in(paragraph, box, choice.font_px, clear_leading):
            return Fitted(choice.font_px, lines, clear_leading, truncated=False)
        leading = clear_leading  # accents would collide: try again with more leading
    return None


def _best(paragraph: Paragraph, box: Box, sizes: Sequence[int], leading: float) -> _Choice | None:
    best: _Choice | None = None
    best_cost = float("inf")
    largest, tried = 0, float("inf")
    start = largest_size(paragraph, box, sizes, leading)
    for size in reversed(sizes):
        if size < largest * _MIN_SIZE_SHARE:
            break
        if size > start or size > tried * _NEXT_SIZE:
            continue
        width = box.width / size
        fewest = fewest_lines(paragraph, width)
        if fewest is None or fewest > _lines_in(paragraph, box, size, leading):
            continue
        tried = size
        lines = balance_lines(paragraph, width, fewest)
        hyphens = sum(bool(span.suffix) for span in lines.spans)
        if hyphens > _MAX_HYPHENS:
            continue
        largest = largest or size
        cost = lines.cost / fewest + _SIZE_COST * (1 - size / largest)
        cost += _HOLE_COST * _has_hole(paragraph, lines.spans) + _HYPHEN_COST * hyphens
        if cost < best_cost:
            best, best_cost = _Choice(size, lines.spans), cost
    return best


def _has_hole(paragraph: Paragraph, spans: Sequence[Span]) -> bool:
    """Returns whether a line before the last is less than half as wide as the widest. A single line counts as a hole as well."""
    widths = [paragraph.width(span.start, span.end) for span in spans]
    return min(widths[:-1], default=0.0) < _HOLE_SHARE * max(widths)


def _lines_in(paragraph: Paragraph, box: Box, size: int, leading: float) -> int:
    """Returns how many lines of `size` px fit the box, from the ascent of the first to the descent of the last."""
    room = box.height / size - paragraph.ascent - paragraph.descent
    return 0 if room < -1e-9 else min(box.max_lines, 1 + int(room / leading + 1e-9))


def _clear_leading(lines: Sequence[Line], rtl: bool, leading: float) -> float:
    """Returns `leading`, or the least em above it at which no descender collides with an accent on the next line."""
    for upper, lower in itertools.pairwise(lines):
        offset = upper.width - lower.width if rtl else 0.0  # lines are aligned at their start
        leading = min_leading(upper, lower, offset=offset, clearance=_CLEARANCE, leading=leading)
    return leading


def _fit_divided(paragraph: Paragraph, box: Box, sizes: Sequence[int], whole: Fitted | None) -> Fitted | None:
    """Fits the paragraph with long words divided, if it then has a much larger size than `whole`; else None.

    Those words are divided that are wider than the box at all these sizes.
    """
    larger = [size for size in sizes if not whole or size * _MIN_SIZE_SHARE_UNDIVIDED > whole.font_px]
    if not larger or box.max_lines == 1 or not (starts := _overlong_words(paragraph, box, min(larger))):
        return None
    breaks = with_divisions(paragraph.text, paragraph.breaks, paragraph.language, paragraph.break_words, starts)
    if len(breaks) == len(paragraph.breaks):
        return None
    divided = paragraph.with_breaks(breaks)
    if not _fit(divided, box, larger):
        return None
    any_larger = [size for size in sizes if not whole or size > whole.font_px]
    return _fit_unparted(divided, box, any_larger) or _fit(divided, box, any_larger)


def _overlong_words(paragraph: Paragraph, box: Box, size: int) -> frozenset[int]:
    """Returns the offsets of the words that are wider than the box at this size."""
    width = box.width / size
    starts = [0, *(place.next for place in paragraph.breaks)]
    return frozenset(
        start for start, place in zip(starts, paragraph.breaks, strict=False) if paragraph.width(start, place.end) > width
    )


@lru_cache(maxsize=64)  # a long name of a speaker is cut anew for each quote that is tried
def _truncate(paragraph: Paragraph, box: Box, size: int) -> Fitted:
    width = box.width / size
    places = with_grapheme_breaks(paragraph.text, paragraph.breaks, paragraph.language, _overlong_words(paragraph, box, size))
    paragraph = paragraph.with_breaks(places)
    spans = fill_lines(paragraph, width)
    leading = paragraph.leading
    while True:
        room = max(1, _lines_in(paragraph, box, size, leading))
        kept = (
            spans[:room]
            if len(spans) <= room
            else (*spans[: room - 1], _with_ellipsis(paragraph, spans[room - 1], spans[room].end, width))
        )
        lines = tuple(set_line(paragraph, span.start, span.end, span.suffix) for span in kept)
        clear_leading = _clear_leading(lines, paragraph.rtl, leading)
        if room == 1 or len(lines) <= _lines_in(paragraph, box, size, clear_leading):
            return Fitted(size, lines, clear_leading, truncated=len(spans) > room)
        leading = clear_leading


def _with_ellipsis(paragraph: Paragraph, span: Span, limit: int, width: float) -> Span:
    """Returns the last line with as many words before the ellipsis as fit, or as many graphemes if no word fits."""
    ellipsis = 1.0  # em; no font has a wider one

    def fits(end: int) -> bool:
        return paragraph.width(span.start, end) + ellipsis <= width

    words = (place.end for place in paragraph.breaks if span.start < place.end <= limit)
    clusters = map(len, graphemes(paragraph.text[span.start : span.end], paragraph.language))
    end = max(filter(fits, words), default=0) or max(filter(fits, itertools.accumulate(clusters, initial=span.start)), default=0)
    bare = paragraph.text[:end].rstrip(" ,;:.–—-")
    return Span(span.start, max(len(bare), span.start), ELLIPSIS)
