"""A Scene into pixels: a ground, rules, marks and type, rasterised by HarfBuzz and composited by Pillow."""

from collections.abc import Callable
from dataclasses import dataclass

import uharfbuzz as hb
from PIL import Image, ImageColor

from storycard.scene import Scene, Text


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
    raster = hb.RasterDraw()
    for placed in text.lines:
        for run in placed.line.runs:
            scale = text.font_px / run.font.upem
            for glyph in run.glyphs:
                if glyph.id:  # glyph 0 would draw a box; it is counted in the manifest instead
                    x, y = placed.x + glyph.x * text.font_px, glyph.y * text.font_px - placed.baseline
                    raster.transform = (scale, 0, 0, scale, x, y)
                    raster.draw_glyph(run.font.hb, glyph.id)
    coverage = raster.render()
    extents = coverage.extents
    if extents.width and extents.height:
        # HarfBuzz's rows run bottom to top, hence the last -1.
        mask = Image.frombytes("L", (extents.width, extents.height), coverage.buffer, "raw", "L", extents.stride, -1)
        image.paste(text.colour, (extents.x_origin, -extents.y_origin - extents.height), mask)


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
