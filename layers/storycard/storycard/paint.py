"""A Scene into pixels: a ground, rules, marks and type, rasterised by HarfBuzz and composited by Pillow."""

from collections.abc import Callable
from dataclasses import dataclass

import uharfbuzz as hb
from PIL import Image, ImageChops, ImageColor

from storycard.scene import PlacedLine, Scene, Text
from storycard.text.fonts import Font
from storycard.text.shaping import Glyph, ink

_BOTTOM_UP = -1  # the order of HarfBuzz's rows, in Pillow's words


@dataclass(frozen=True, slots=True)
class Painted:
    """A card's picture (RGB), and for each of the scene's texts the lowest contrast with the pixels behind it."""

    image: Image.Image
    contrasts: tuple[float, ...]


def paint(scene: Scene, mark_mask: Callable[[str, int], Image.Image]) -> Painted:
    """The picture of a scene. `mark_mask` gives a mark's coverage (mode L) by name and height in px."""
    image = Image.new("RGB", (scene.width, scene.height), scene.ground)
    for rule in scene.rules:
        image.paste(rule.colour, (round(rule.rect.x), round(rule.rect.y), round(rule.rect.right), round(rule.rect.bottom)))
    for mark in scene.marks:
        mask = mark_mask(mark.name, round(mark.rect.height))
        image.paste(mark.colour, (round(mark.rect.x), round(mark.rect.y)), mask)
    # All contrasts are measured before any type is drawn: texts never lie over one another.
    contrasts = tuple(_contrast_behind(image, text) for text in scene.texts)
    for text in scene.texts:
        _draw_text(image, text)
    return Painted(image, contrasts)


def _draw_text(image: Image.Image, text: Text) -> None:
    """Draw a text's letters, those that bring their own colours as they come."""
    # Where outlines that wind in opposite ways lie over each other, as a mark may over its letter, one raster would leave a
    # hole: each glyph goes to the first raster that has nothing there yet.
    rasters: list[hb.RasterDraw] = []
    for placed in text.lines:
        reached: list[float] = []  # how far right in em each raster is taken on this line
        for run in placed.line.runs:
            for glyph in run.glyphs:
                covered = ink(glyph, run.font)
                if covered is None:  # a missing glyph, too: it would draw a box, and is counted in the manifest instead
                    continue
                transform = _transform(glyph, run.font, placed, text.font_px)
                if run.font.hb.face.has_color_paint:
                    _paint_glyph(image, glyph.id, run.font, transform, text.colour)
                    continue
                free = next((index for index, right in enumerate(reached) if right <= covered.left), len(reached))
                reached[free : free + 1] = [covered.right + 1 / text.font_px]
                if free == len(rasters):
                    rasters.append(hb.RasterDraw())
                rasters[free].transform = transform
                rasters[free].draw_glyph(run.font.hb, glyph.id)
    coverage = Image.new("L", image.size)
    for raster in rasters:
        drawn = raster.render()
        extents = drawn.extents
        mask = Image.frombytes("L", (extents.width, extents.height), drawn.buffer, "raw", "L", extents.stride, _BOTTOM_UP)
        x, y = extents.x_origin, -extents.y_origin - extents.height
        beneath = coverage.crop((x, y, x + extents.width, y + extents.height))
        coverage.paste(ImageChops.lighter(beneath, mask), (x, y))
    if box := coverage.getbbox():
        image.paste(text.colour, box, coverage.crop(box))


def _transform(glyph: Glyph, font: Font, placed: PlacedLine, font_px: int) -> tuple[float, ...]:
    """From a font's units to px on the card, as HarfBuzz wants it: y upwards, so that the card lies below 0."""
    scale = font_px / font.upem
    return (scale, 0, 0, scale, placed.x + glyph.x * font_px, glyph.y * font_px - placed.baseline)


def _paint_glyph(image: Image.Image, glyph_id: int, font: Font, transform: tuple[float, ...], colour: str) -> None:
    """Draw one glyph that brings its own colours (COLRv1), such as an emoji."""
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


def _contrast_behind(image: Image.Image, text: Text) -> float:
    """The lowest WCAG 2.2 contrast ratio between a text's colour and any pixel in its box, 1 to 21."""
    box = text.box
    behind = image.crop((int(box.x), int(box.y), int(box.right), int(box.bottom)))
    colours = behind.getcolors(behind.width * behind.height) or []
    ink = _luminance(ImageColor.getrgb(text.colour))
    ratios = (_ratio(ink, _luminance(colour)) for _, colour in colours)
    return min(ratios, default=21.0)


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _luminance(rgb: tuple[int, ...]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2), 0 to 1."""
    red, green, blue = (value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
