"""Two set lines into how far apart they must stand: what hangs from one and stands on the other, column by column."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from storycard.text.fonts.font import Font
from storycard.text.paragraph import Line

_COLUMNS, _ROWS = 24, 96  # in an em, of the raster that a glyph's outline is read from


class _Columns(NamedTuple):
    """What a glyph covers in each column from `first` on, in em above and below the baseline; None where there is nothing."""

    first: int
    reaches: tuple[tuple[float, float] | None, ...]


def least_leading(upper: Line, lower: Line, shift: float, clear: float, enough: float) -> float:
    """The em between baselines, `enough` or more, at which no ink of `lower`, `shift` em to the right, is nearer than `clear`.

    Outlines are read in steps of a 96th of an em, outwards.
    """
    deepest, highest = upper.ink.below, lower.ink.above
    if deepest <= 0 or deepest + highest + clear <= enough:
        return enough
    low = _skyline(upper, 0.0, lambda above, below: below, max(0.0, enough - clear - highest))
    high = _skyline(lower, shift, lambda above, below: above, enough - clear - deepest)
    return max((enough, *(low[column] + high[column] + clear for column in low.keys() & high.keys())))


def _skyline(line: Line, shift: float, reach: Callable[[float, float], float], beyond: float) -> dict[int, float]:
    """By column, how far the line reaches past `beyond` em; a glyph takes the columns it touches and one more."""
    found: dict[int, float] = {}
    for run in line.runs:
        ids, xs, ys, _, _, _, _, above, below = run.glyphs
        for glyph, x, y, top, bottom in zip(ids, xs, ys, above, below, strict=True):
            if reach(top, bottom) <= beyond:
                continue
            columns = _columns(run.font, glyph)
            start = columns.first + int((run.x + x + shift) * _COLUMNS // 1)
            for column, reaches in enumerate(columns.reaches, start):
                if reaches:
                    length = reach(reaches[0] + y, reaches[1] - y)
                    for touched in (column, column + 1):
                        found[touched] = max(length, found.get(touched, length))
    return found


@lru_cache(maxsize=16384)
def _columns(font: Font, glyph: int) -> _Columns:
    """A glyph with ink, column by column; one that brings its own colours counts as a box."""
    [covered] = font.inks((glyph,))
    first = int(covered.left * _COLUMNS // 1)
    if font.has_colours:
        return _Columns(first, ((covered.above, covered.below),) * (int(covered.right * _COLUMNS // 1) - first + 1))
    raster = hb.RasterDraw()
    raster.transform = (_COLUMNS / font.upem, 0, 0, _ROWS / font.upem, 0, 0)
    raster.draw_glyph(font.hb, glyph)
    drawn = raster.render()
    pixels, extents = bytes(drawn.buffer), drawn.extents
    reaches: list[tuple[float, float] | None] = []
    for x in range(extents.width):
        column = pixels[x : extents.stride * extents.height : extents.stride]  # from the bottom up
        top, bottom = len(column.rstrip(b"\0")), len(column) - len(column.lstrip(b"\0"))
        reaches.append(((extents.y_origin + top) / _ROWS, -(extents.y_origin + bottom) / _ROWS) if top else None)
    return _Columns(extents.x_origin, tuple(reaches))
