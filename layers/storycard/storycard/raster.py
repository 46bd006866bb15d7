"""Set lines of type into pixels: the coverage of their letters, and pictures of the glyphs that bring their own colours."""

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import uharfbuzz as hb
from PIL import Image, ImageChops, ImageColor

from storycard.scene import PlacedLine
from storycard.text.fonts import Font

InColour = Callable[[int, Font, tuple[float, ...]], None]
_BOTTOM_UP = -1  # the order of HarfBuzz's rows, in Pillow's words
_PLACES = 4  # in a px where a glyph may stand, as in browsers: an eighth of a px to either side is not seen


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of each pixel is covered (mode L), and where on the card: left, top, right and bottom in px."""

    mask: Image.Image
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far right in em a raster is taken on a line, and by which glyph."""

    right: float
    font: Font
    glyph: int


def coverage(lines: Sequence[PlacedLine], font_px: int, in_colour: InColour | None = None) -> Coverage | None:
    """How much of each pixel letters cover; None where there is nothing to see.

    Glyphs that bring their own colours go to `in_colour`, or nowhere.
    """
    # Where outlines that wind in opposite ways lie over each other, as a mark may over its letter, one raster would leave a
    # hole: each glyph goes to the first raster where it lies over nothing, or over what winds as it does.
    rasters: list[hb.RasterDraw] = []
    for placed in lines:
        reached: list[_Reached] = []  # how far right each raster is taken on this line
        # A missing glyph is none of them: it would draw a box, and is counted in the manifest instead.
        visible = [(run.font, glyph) for run in placed.line.runs for glyph in run.glyphs if run.font.ink(glyph.id)]
        moves = _moves(placed, [glyph.x for _, glyph in visible], font_px)
        for (font, glyph), covered, moved in zip(visible, placed.line.inks, moves, strict=True):
            scale, x = font_px / font.upem, placed.x + glyph.x * font_px + moved
            # y upwards, as HarfBuzz has it: the card lies below 0
            transform = (scale, 0, 0, scale, x, glyph.y * font_px - placed.baseline)
            if font.hb.face.has_color_paint:
                if in_colour:
                    in_colour(glyph.id, font, transform)
                continue
            free = _free_raster(reached, covered.left, font, glyph.id)
            right = covered.right + 1 / font_px
            if free < len(reached):
                right = max(right, reached[free].right)
            reached[free : free + 1] = [_Reached(right, font, glyph.id)]
            if free == len(rasters):
                rasters.append(hb.RasterDraw())
            rasters[free].transform = transform
            rasters[free].draw_glyph(font.hb, glyph.id)
    drawn = [_drawn(raster) for raster in rasters]
    return functools.reduce(_together, drawn) if drawn else None


def _moves(placed: PlacedLine, origins: Sequence[float], font_px: int) -> list[float]:
    """By how many px each visible glyph is moved to one of a few places in a px: letters that look the same take fewer bytes.

    None by more than can be seen, what touches together, and neither the first nor the last: a line's edges stay.
    """
    starts: list[int] = []
    reached = -math.inf
    for index, covered in enumerate(placed.line.inks):
        if covered.left > reached:
            starts.append(index)
        reached = max(reached, covered.right)
    moves = [0.0] * len(origins)
    for start, end in pairwise(starts[1:]):
        x = placed.x + origins[start] * font_px
        moves[start:end] = [round(x * _PLACES) / _PLACES - x] * (end - start)
    return moves


def _drawn(raster: hb.RasterDraw) -> Coverage:
    picture = raster.render()
    extents = picture.extents
    mask = Image.frombytes("L", (extents.width, extents.height), picture.buffer, "raw", "L", extents.stride, _BOTTOM_UP)
    left, top = extents.x_origin, -extents.y_origin - extents.height
    return Coverage(mask, (left, top, left + mask.width, top + mask.height))


def _together(one: Coverage, other: Coverage) -> Coverage:
    """What either covers."""
    corners = [choose(sides) for choose, sides in zip((min, min, max, max), zip(one.box, other.box, strict=True), strict=True)]
    left, top, right, bottom = corners
    masks = [
        each.mask.crop((left - each.box[0], top - each.box[1], right - each.box[0], bottom - each.box[1]))
        for each in (one, other)
    ]
    return Coverage(ImageChops.lighter(*masks), (left, top, right, bottom))


def _free_raster(reached: Sequence[_Reached], left: float, font: Font, glyph: int) -> int:
    """The first raster that has nothing from `left` em on, or only what winds as the glyph does."""
    for index, last in enumerate(reached):
        if last.right <= left or last.font.winds_left(last.glyph) == font.winds_left(glyph):
            return index
    return len(reached)


def paint_glyph(image: Image.Image, glyph_id: int, font: Font, transform: tuple[float, ...], colour: str) -> None:
    """Draw one glyph that brings its own colours (COLRv1), such as an emoji, on a card (RGB)."""
    painter = hb.RasterPaint()
    painter.transform = transform
    painter.foreground = hb.Color(*ImageColor.getrgb(colour), 255)
    outline = font.hb.get_glyph_extents(glyph_id)
    if outline and painter.set_glyph_extents(outline):
        painter.paint_glyph(font.hb, glyph_id)
        picture = painter.render()
        extents = picture.extents
        size = (extents.width, extents.height)
        premultiplied = Image.frombytes("RGBa", size, picture.buffer, "raw", "BGRa", extents.stride, _BOTTOM_UP)
        pixels = premultiplied.convert("RGBA")
        image.paste(pixels, (extents.x_origin, -extents.y_origin - extents.height), pixels)
