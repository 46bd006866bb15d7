"""A Scene into pixels: ground, photograph, rules, marks and type, rasterised by HarfBuzz and composited by Pillow."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uharfbuzz as hb
from PIL import Image, ImageChops, ImageColor

from storycard.scene import PlacedLine, Scene, Text, Watermark
from storycard.scrim import contrast_behind, lay_scrim
from storycard.text.fonts import Font
from storycard.text.shaping import Glyph, ink

if TYPE_CHECKING:
    from storycard.photo import Photo

_InColour = Callable[[int, Font, tuple[float, ...]], None]
_WATERMARK_STRENGTH = 56  # of 255
_BOTTOM_UP = -1  # the order of HarfBuzz's rows, in Pillow's words


@dataclass(frozen=True, slots=True)
class Painted:
    """A card's picture (RGB), and for each of the scene's texts the lowest contrast with the pixels behind it."""

    image: Image.Image
    contrasts: tuple[float, ...]


def paint(scene: Scene, mark: Callable[[str, int], Image.Image], photo: "Photo | None" = None) -> Painted:
    """The picture of a scene, `photo` where it says. `mark` gives a mark's drawing (RGBA) by file and height in px."""
    image = Image.new("RGB", (scene.width, scene.height), scene.ground)
    if scene.photograph and photo:
        _lay_photo(image, scene, photo)
    for rule in scene.rules:
        image.paste(rule.colour, (round(rule.rect.x), round(rule.rect.y), round(rule.rect.right), round(rule.rect.bottom)))
    for placed in scene.marks:
        drawing = mark(placed.file, round(placed.rect.height))
        place = (round(placed.rect.x), round(placed.rect.y))
        image.paste(
            placed.colour or drawing, (*place, place[0] + drawing.width, place[1] + drawing.height), drawing.getchannel("A")
        )
    # All contrasts are measured before any type is drawn: texts never lie over one another.
    contrasts = tuple(contrast_behind(image, text.box, text.colour) for text in scene.texts)
    for text in scene.texts:
        _draw_text(image, text)
    if scene.watermark:
        _draw_watermark(image, scene.watermark)
    return Painted(image, contrasts)


def _lay_photo(image: Image.Image, scene: Scene, photo: "Photo") -> None:
    rect = scene.photograph.rect
    image.paste(photo.filled(round(rect.width), round(rect.height), scene.photograph.focus), (round(rect.x), round(rect.y)))
    if scene.scrim:
        boxed = [rule.rect for rule in scene.rules]
        lay_scrim(image, scene.scrim, [text for text in scene.texts if not any(box.holds(text.box) for box in boxed)])


def _draw_watermark(image: Image.Image, watermark: Watermark) -> None:
    """A word from the card's lower corner to its upper one, thin enough to see the card through it."""
    width = math.ceil(watermark.line.width * watermark.font_px)
    height = 2 * watermark.font_px
    mask = Image.new("L", (width, height))
    _draw_lines(mask, (PlacedLine(watermark.line, 0, 1.4 * watermark.font_px),), watermark.font_px, None)
    slope = math.degrees(math.atan2(image.height, image.width))
    turned = mask.rotate(slope, Image.Resampling.BICUBIC, expand=True).point(lambda value: value * _WATERMARK_STRENGTH // 255)
    place = ((image.width - turned.width) // 2, (image.height - turned.height) // 2)
    image.paste(watermark.colour, (*place, place[0] + turned.width, place[1] + turned.height), turned)


def _draw_text(image: Image.Image, text: Text) -> None:
    """Draw a text's letters, those that bring their own colours as they come."""
    coverage = Image.new("L", image.size)
    _draw_lines(
        coverage,
        text.lines,
        text.font_px,
        lambda glyph, font, transform: _paint_glyph(image, glyph, font, transform, text.colour),
    )
    if box := coverage.getbbox():
        image.paste(text.colour, box, coverage.crop(box))


def _draw_lines(coverage: Image.Image, lines: Sequence[PlacedLine], font_px: int, in_colour: _InColour | None) -> None:
    """Draw lines into `coverage` (mode L); glyphs that bring their own colours go to `in_colour`, or nowhere."""
    # Where outlines that wind in opposite ways lie over each other, as a mark may over its letter, one raster would leave a
    # hole: each glyph goes to the first raster that has nothing there yet.
    rasters: list[hb.RasterDraw] = []
    for placed in lines:
        reached: list[float] = []  # how far right in em each raster is taken on this line
        for run in placed.line.runs:
            for glyph in run.glyphs:
                covered = ink(glyph, run.font)
                if covered is None:  # a missing glyph, too: it would draw a box, and is counted in the manifest instead
                    continue
                transform = _transform(glyph, run.font, placed, font_px)
                if run.font.hb.face.has_color_paint:
                    if in_colour:
                        in_colour(glyph.id, run.font, transform)
                    continue
                free = next((index for index, right in enumerate(reached) if right <= covered.left), len(reached))
                reached[free : free + 1] = [covered.right + 1 / font_px]
                if free == len(rasters):
                    rasters.append(hb.RasterDraw())
                rasters[free].transform = transform
                rasters[free].draw_glyph(run.font.hb, glyph.id)
    for raster in rasters:
        drawn = raster.render()
        extents = drawn.extents
        mask = Image.frombytes("L", (extents.width, extents.height), drawn.buffer, "raw", "L", extents.stride, _BOTTOM_UP)
        x, y = extents.x_origin, -extents.y_origin - extents.height
        beneath = coverage.crop((x, y, x + extents.width, y + extents.height))
        coverage.paste(ImageChops.lighter(beneath, mask), (x, y))


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
