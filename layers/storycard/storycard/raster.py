"""Set lines of type into pixels: the coverage of their letters, and pictures of the glyphs that bring their own colours."""

from collections.abc import Callable, Sequence

import uharfbuzz as hb
from PIL import Image, ImageChops, ImageColor

from storycard.scene import PlacedLine
from storycard.text.fonts import Font
from storycard.text.shaping import Glyph, ink

InColour = Callable[[int, Font, tuple[float, ...]], None]
_BOTTOM_UP = -1  # the order of HarfBuzz's rows, in Pillow's words


def coverage(
    lines: Sequence[PlacedLine], font_px: int, box: tuple[int, int, int, int], in_colour: InColour | None = None
) -> Image.Image:
    """How much of each pixel of `box` (left, top, right, bottom on the card) the letters cover (mode L).

    Glyphs that bring their own colours go to `in_colour`, or nowhere.
    """
    # Where outlines that wind in opposite ways lie over each other, as a mark may over its letter, one raster would leave a
    # hole: each glyph goes to the first raster that has nothing there yet.
    rasters: list[hb.RasterDraw] = []
    for placed in lines:
        reached: list[float] = []  # how far right in em each raster is taken on this line
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
                free = next((index for index, right in enumerate(reached) if right <= covered.left), len(reached))
                reached[free : free + 1] = [covered.right + 1 / font_px]
                if free == len(rasters):
                    rasters.append(hb.RasterDraw())
                rasters[free].transform = transform
                rasters[free].draw_glyph(font, glyph.id)
    left, top, right, bottom = box
    covered = Image.new("L", (right - left, bottom - top))
    for index, raster in enumerate(rasters):
        drawn = raster.render()
        extents = drawn.extents
        mask = Image.frombytes("L", (extents.width, extents.height), drawn.buffer, "raw", "L", extents.stride, _BOTTOM_UP)
        x, y = extents.x_origin - left, -extents.y_origin - extents.height - top
        if index:
            mask = ImageChops.lighter(covered.crop((x, y, x + mask.width, y + mask.height)), mask)
        covered.paste(mask, (x, y))
    return covered


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
