"""Finds the smallest distance of two lines of text at which their outlines do not collide."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from storycard.text.fonts.font import Font
from storycard.text.paragraph import Line

_COLUMNS, _ROWS = 24, 96  # per em, of the raster that a glyph's contour is read from


class _GlyphContour(NamedTuple):
    """The em above and below the baseline that a glyph covers in each raster column from `first` on; None for an empty column."""

    first: int
    extents: tuple[tuple[float, float] | None, ...]


def min_leading(upper: Line, lower: Line, *, offset: float, clearance: float, leading: float) -> float:
    """Returns the least em between two baselines, `leading` or more, at which their ink keeps `clearance` em apart.

    `lower` starts `offset` em to the right of `upper`. Outlines are read in steps of 1/96 em, rounded outwards.
    """
    depth, height = upper.ink.below, lower.ink.above
    if depth + height + (clearance if depth > 0 else 0.0) <= leading:
        return leading
    bottom = _contour(upper, 0.0, lambda above, below: below, leading - clearance - height)
    top = _contour(lower, offset, lambda above, below: above, leading - clearance - depth)
    return max((leading, *(bottom[column] + top[column] + clearance for column in bottom.keys() & top.keys())))


def _contour(line: Line, offset: float, extent: Callable[[float, float], float], beyond: float) -> dict[int, float]:
    """Returns for each raster column how far the line extends, leaving out glyphs that do not extend `beyond` em.

    `extent` picks the direction from the em above and below the baseline. A glyph counts in each column that it touches, and in
    the next.
    """
    found: dict[int, float] = {}
    for run in line.runs:
        ids, xs, ys, _, _, _, _, above, below = run.glyphs
        for glyph, x, y, top, bottom in zip(ids, xs, ys, above, below, strict=True):
            if extent(top, bottom) <= beyond:
                continue
            contour = _glyph_contour(run.font, glyph)
            start = contour.first + int((run.x + x + offset) * _COLUMNS // 1)
            for column, extents in enumerate(contour.extents, start):
                if extents:
                    length = extent(extents[0] + y, extents[1] - y)
                    for touched in (column, column + 1):
                        found[touched] = max(length, found.get(touched, length))
    return found


@lru_cache(maxsize=16384)
def _glyph_contour(font: Font, glyph: int) -> _GlyphContour:
    """Reads the contour of a glyph with ink; a colour glyph counts as its bounding box."""
    [bounds] = font.ink_bounds((glyph,))
    first = int(bounds.left * _COLUMNS // 1)
    if font.has_colours:
        return _GlyphContour(first, ((bounds.above, bounds.below),) * (int(bounds.right * _COLUMNS // 1) - first + 1))
    raster = hb.RasterDraw()
    raster.transform = (_COLUMNS / font.upem, 0, 0, _ROWS / font.upem, 0, 0)
    raster.draw_glyph(font.hb_font, glyph)
    drawn = raster.render()
    pixels, area = bytes(drawn.buffer), drawn.extents
    extents: list[tuple[float, float] | None] = []
    for x in range(area.width):
        column = pixels[x : area.stride * area.height : area.stride]  # from the bottom up
        top, bottom = len(column.rstrip(b"\0")), len(column) - len(column.lstrip(b"\0"))
        extents.append(((area.y_origin + top) / _ROWS, -(area.y_origin + bottom) / _ROWS) if top else None)
    return _GlyphContour(area.x_origin, tuple(extents))
