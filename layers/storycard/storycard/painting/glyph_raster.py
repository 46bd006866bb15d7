"""Rasterises lines of text as coverage masks, and paints glyphs that have their own colours."""

import itertools
import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import uharfbuzz as hb
from PIL import Image, ImageColor

from storycard.layout.scene import PlacedLine
from storycard.text.fonts.font import Font

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

ColourGlyphPainter = Callable[[int, Font, tuple[float, ...]], None]  # called with glyph ID, font and transform
_BOTTOM_UP = -1  # Pillow's raw decoder: HarfBuzz stores the lowest row first
# Horizontal positions of a glyph in a px, as in browsers. Rounding moves a glyph by at most 1/8 px, which is invisible.
_SUBPIXEL_POSITIONS = 4
_MIN_GAP = 0.5  # px: glyphs nearer than this may share a pixel, and its coverage is only right if they are drawn together
_CACHED_GLYPHS = 2048  # of about 3 KB each: a theme uses 1,700, and nine of ten are cache hits from the second set on
_CACHED_GROUPS = 512  # of about 6 KB each: a set has up to 270, of which the cards of other formats repeat up to two fifths


class Coverage(NamedTuple):
    """The coverage of each pixel (mode L), and its box on the card: left, top, right and bottom in px."""

    mask: Image.Image
    box: tuple[int, int, int, int]


# The fields of Coverage as a plain tuple, with Pillow's core image: fetching that from an Image takes time.
_Mask = tuple["ImagingCore", int, int, int, int]
# A glyph with ink: font, glyph ID, origin x and y in px (y points up, as in HarfBuzz), left and right edge of its ink in px. A
# card has hundreds, and a named tuple takes six times as long to create as a plain one.
_PlacedGlyph = tuple[Font, int, float, float, float, float]


def rasterize(lines: Sequence[PlacedLine], font_px: int, paint_colour_glyph: ColourGlyphPainter | None = None) -> Coverage | None:
    """Returns the coverage of the glyphs in `lines`, or None if there is no ink.

    Glyphs that have their own colours are passed to `paint_colour_glyph`, or skipped without one.
    """
    rows = [_rasterize_line(placed, font_px, paint_colour_glyph) for placed in lines]
    if not any(rows):
        return None
    _, lefts, tops, rights, bottoms = zip(*itertools.chain(*rows), strict=True)
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    coverage = Image.new("L", (right - left, bottom - top))
    # Image.paste validates its arguments, which would double the time for hundreds of glyphs.
    paste = coverage.im.paste
    above = top  # the bottom edge of all lines above
    for row in rows:
        end, below = left, above
        for mask, mask_left, mask_top, mask_right, mask_bottom in row:
            box = (mask_left - left, mask_top - top, mask_right - left, mask_bottom - top)
            if mask_left >= end and mask_top >= above:
                paste(mask, box)  # copies, which is faster, where no other mask is
            else:
                paste(255, box, mask)
            if mask_right > end:
                end = mask_right
            if mask_bottom > below:
                below = mask_bottom
        above = below
    return Coverage(coverage, (left, top, right, bottom))


def _rasterize_line(placed: PlacedLine, font_px: int, paint_colour_glyph: ColourGlyphPainter | None) -> list[_Mask]:
    """Returns the masks of a line's glyphs; glyphs that touch share one.

    Glyphs are moved to one of a few positions in a px, so that equal letters have equal pixels: they compress better and are
    drawn once. The first and the last glyph stay in place, and with them the edges of the line.
    """
    masks: list[_Mask] = []
    groups = _group_touching(placed, font_px)
    last = len(groups) - 1
    for index, glyphs in enumerate(groups):
        font, glyph, x, y, _, _ = glyphs[0]
        rounded = round(x * _SUBPIXEL_POSITIONS) / _SUBPIXEL_POSITIONS if 0 < index < last else x
        column, row = math.floor(rounded), math.floor(y)
        if len(glyphs) == 1 and not font.has_colours:
            mask, left, top, right, bottom = _rasterize_glyph(font, glyph, font_px, rounded - column, y - row)
            masks.append((mask, column + left, top - row, column + right, bottom - row))
            continue
        placed_here = _paint_coloured(glyphs, rounded - x, font_px, paint_colour_glyph)
        found = _rasterize_group(tuple(_near_origin(each, rounded - x - column, -row) for each in placed_here), font_px)
        for mask, left, top, right, bottom in found:
            masks.append((mask, column + left, top - row, column + right, bottom - row))
    return masks


def _group_touching(placed: PlacedLine, font_px: int) -> list[list[_PlacedGlyph]]:
    """Returns the glyphs of a line from left to right, grouped where the gap between their ink is at most `_MIN_GAP`."""
    groups: list[list[_PlacedGlyph]] = []
    end = -math.inf
    for run in placed.line.runs:
        font, start = run.font, placed.x + run.x * font_px
        ids, xs, ys, _, _, lefts, rights, _, _ = run.glyphs
        for glyph, x, y, left, right in zip(ids, xs, ys, lefts, rights, strict=True):
            if left > right:  # no ink, or a missing glyph: it would draw a box, and the manifest counts it instead
                continue
            left, right = start + left * font_px, start + right * font_px
            placed_glyph = (font, glyph, start + x * font_px, y * font_px - placed.baseline, left, right)
            if left > end + _MIN_GAP:
                groups.append([placed_glyph])
            else:
                groups[-1].append(placed_glyph)
            if right > end:
                end = right
    return groups


@lru_cache(maxsize=_CACHED_GLYPHS)
def _rasterize_glyph(font: Font, glyph: int, font_px: int, x: float, y: float) -> _Mask:
    """Returns the mask of one glyph with its origin `x` px to the right of and `y` px above the lower left corner of a pixel."""
    scale = font_px / font.upem
    raster = hb.RasterDraw()
    raster.transform = (scale, 0, 0, scale, x, y)
    raster.draw_glyph(font.hb_font, glyph)
    return _render(raster)


def _paint_coloured(
    glyphs: Sequence[_PlacedGlyph], shift: float, font_px: int, paint_colour_glyph: ColourGlyphPainter | None
) -> list[_PlacedGlyph]:
    """Paints the glyphs that have their own colours, moved `shift` px to the right. Returns the others."""
    others: list[_PlacedGlyph] = []
    for placed in glyphs:
        font, glyph, x, y, _, _ = placed
        if not font.has_colours:
            others.append(placed)
        elif paint_colour_glyph:
            scale = font_px / font.upem
            paint_colour_glyph(glyph, font, (scale, 0, 0, scale, x + shift, y))
    return others


def _near_origin(placed: _PlacedGlyph, right: float, up: float) -> _PlacedGlyph:
    """Returns a glyph moved by some px, and to a millionth of a px, so that a group that occurs again is equal to the first."""
    font, glyph, x, y, left, end = placed
    return font, glyph, round(x + right, 6), round(y + up, 6), round(left + right, 6), round(end + right, 6)


@lru_cache(maxsize=_CACHED_GROUPS)
def _rasterize_group(glyphs: tuple[_PlacedGlyph, ...], font_px: int) -> tuple[_Mask, ...]:
    """Returns the masks of glyphs that touch."""
    # Overlapping outlines that wind in opposite directions, such as a letter and its diacritic, would leave a hole in one raster.
    # Each glyph goes to the first raster where it overlaps nothing, or only glyphs that wind the same way.
    rasters: list[hb.RasterDraw] = []
    occupied: list[tuple[float, bool]] = []  # for each raster, its right edge, and whether its last glyph is counterclockwise
    for font, glyph, x, y, left, right in glyphs:
        scale = font_px / font.upem
        winding = font.is_counterclockwise(glyph)
        free = next((index for index, (end, way) in enumerate(occupied) if end + 1 <= left or way == winding), len(rasters))
        if free == len(rasters):
            rasters.append(hb.RasterDraw())
            occupied.append((right, winding))
        occupied[free] = (max(right, occupied[free][0]), winding)
        rasters[free].transform = (scale, 0, 0, scale, x, y)
        rasters[free].draw_glyph(font.hb_font, glyph)
    return tuple(_render(raster) for raster in rasters)


def _render(raster: hb.RasterDraw) -> _Mask:
    rendered = raster.render()
    extents = rendered.extents
    mask = Image.frombytes("L", (extents.width, extents.height), rendered.buffer, "raw", "L", extents.stride, _BOTTOM_UP)
    left, top = extents.x_origin, -extents.y_origin - extents.height
    return mask.im, left, top, left + mask.width, top + mask.height


def paint_glyph(image: Image.Image, glyph_id: int, font: Font, transform: tuple[float, ...], colour: str) -> None:
    """Paints one glyph with its own colours (COLRv1), such as an emoji, on a card (RGB)."""
    painter = hb.RasterPaint()
    painter.transform = transform
    painter.foreground = hb.Color(*ImageColor.getrgb(colour), 255)
    outline = font.hb_font.get_glyph_extents(glyph_id)
    if outline and painter.set_glyph_extents(outline):
        painter.paint_glyph(font.hb_font, glyph_id)
        rendered = painter.render()
        extents = rendered.extents
        size = (extents.width, extents.height)
        premultiplied = Image.frombytes("RGBa", size, rendered.buffer, "raw", "BGRa", extents.stride, _BOTTOM_UP)
        pixels = premultiplied.convert("RGBA")
        image.paste(pixels, (extents.x_origin, -extents.y_origin - extents.height), pixels)
