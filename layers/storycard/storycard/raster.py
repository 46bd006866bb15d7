"""Set lines of type into pixels: the coverage of their letters, and pictures of the glyphs that bring their own colours."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import uharfbuzz as hb
from PIL import Image, ImageChops, ImageColor

from storycard.scene import PlacedLine
from storycard.text.fonts import Font
from storycard.text.shaping import Glyph, ink

InColour = Callable[[int, Font, tuple[float, ...]], None]
_BOTTOM_UP = -1  # the order of HarfBuzz's rows, in Pillow's words


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
        for run in placed.line.runs:
            font, colours = run.font.hb, run.font.hb.face.has_color_paint
            for glyph in run.glyphs:
                covered = ink(glyph, run.font)
                if covered is None:  # a missing glyph, too: it would draw a box, and is counted in the manifest instead
                    continue
                transform = _transform(glyph, run.font, placed, font_px)
                if colours:
                    if in_colour:
                        in_colour(glyph.id, run.font, transform)
                    continue
                free = _free_raster(reached, covered.left, run.font, glyph.id)
                right = covered.right + 1 / font_px
                if free < len(reached):
                    right = max(right, reached[free].right)
                reached[free : free + 1] = [_Reached(right, run.font, glyph.id)]
                if free == len(rasters):
                    rasters.append(hb.RasterDraw())
                rasters[free].transform = transform
                rasters[free].draw_glyph(font, glyph.id)
    drawn = [_drawn(raster) for raster in rasters]
    return functools.reduce(_together, drawn) if drawn else None


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


def _transform(glyph: Glyph, font: Font, placed: PlacedLine, font_px: int) -> tuple[float, ...]:
    """From a font's units to px on the card, as HarfBuzz wants it: y upwards, so that the card lies below 0."""
    scale = font_px / font.upem
    return (scale, 0, 0, scale, placed.x + glyph.x * font_px, glyph.y * font_px - placed.baseline)
