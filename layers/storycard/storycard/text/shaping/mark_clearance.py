"""Keeps quotation, question and exclamation marks off the letter before them where a font's kerning does not: f’s, їʼ, ď!"""

from functools import lru_cache
from itertools import accumulate

import uharfbuzz as hb

from storycard.text.fonts.font import Font
from storycard.text.shaping.harfbuzz import ShapedGlyphs

_MARKS = frozenset("’”‘“»›?!)]")
_LEAST = 0.03  # em between the outlines of a letter and a mark
_PX = 96  # per em, of the rasters that outlines are read from


def may_touch(text: str) -> bool:
    """Returns whether a text has a mark that could touch the letter before it."""
    return not _MARKS.isdisjoint(text)


def clear_marks(text: str, shaped: ShapedGlyphs, font: Font, tracking: float) -> ShapedGlyphs:
    """Returns the glyphs of `text`, which runs from left to right, with space before marks that would touch their letter."""
    added = [0.0] * len(shaped.ids)
    for after in range(1, len(shaped.ids)):
        if text[shaped.clusters[after]] in _MARKS:
            letter, mark = shaped.ids[after - 1 : after + 1]
            offset = shaped.xs[after] - shaped.xs[after - 1] + tracking
            added[after - 1] = max(0.0, _LEAST - offset - _overhang(font, letter, mark))
    if not any(added):
        return shaped
    moved = accumulate(added, initial=0.0)
    return shaped._replace(
        xs=tuple([x + by for x, by in zip(shaped.xs, moved, strict=False)]),
        advances=tuple([advance + more for advance, more in zip(shaped.advances, added, strict=True)]),
    )


@lru_cache(maxsize=4096)
def _overhang(font: Font, letter: int, mark: int) -> float:
    """Returns the least distance in em of two glyphs on one line if both had the same origin: negative where they overlap."""
    rights, lefts = _edges(font, letter), _edges(font, mark)
    gaps = [
        lefts[row][0] - rights[near][1] for row in lefts for near in (row - 2, row - 1, row, row + 1, row + 2) if near in rights
    ]
    return min(gaps, default=_LEAST)


@lru_cache(maxsize=4096)
def _edges(font: Font, glyph: int) -> dict[int, tuple[float, float]]:
    """Returns where the ink of a glyph starts and ends, in em, in each row of its raster that has some."""
    raster = hb.RasterDraw()
    raster.transform = (_PX / font.upem, 0, 0, _PX / font.upem, 0, 0)
    raster.draw_glyph(font.hb_font, glyph)
    drawn = raster.render()
    pixels, area = bytes(drawn.buffer), drawn.extents
    edges: dict[int, tuple[float, float]] = {}
    for row in range(area.height):
        line = pixels[row * area.stride : row * area.stride + area.width]
        inked = line.strip(b"\0")
        if inked:
            start = len(line) - len(line.lstrip(b"\0"))
            edges[area.y_origin + row] = (area.x_origin + start) / _PX, (area.x_origin + start + len(inked)) / _PX
    return edges
