"""Paints a scene as an RGB image: background, photograph, panels, logos and text."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageOps

from storycard.layout.scene import PlacedLine, Rule, Scene, Text, Watermark
from storycard.painting.glyph_raster import paint_glyph, rasterize
from storycard.painting.legibility import contrast_behind
from storycard.painting.panels import fade_bands, panel_pieces, rounded_mask
from storycard.text.fonts.font import Font

if TYPE_CHECKING:
    from storycard.photo import Photo

_CUTOFF = 0.5  # percent of a duotone's pixels that may be wholly dark, or wholly light
_WATERMARK_OPACITY = 56  # of 255


class Painted(NamedTuple):
    """The image of a card (RGB or P) and each text's contrast with what is behind it.

    `solid` are the palette indices of a P image that are no blends of two colours: an encoder must not change these colours.
    """

    image: Image.Image
    contrasts: tuple[float, ...]
    solid: frozenset[int] = frozenset()


def paint(scene: Scene, logo: Callable[[str, int], Image.Image], photo: "Photo | None" = None) -> Painted:
    """Returns the RGB image of a scene, with `photo` where the scene has a photograph.

    `logo` returns the drawing of a logo (RGBA) by file and height in px.
    """
    image = _paint_background(scene, photo)
    for rule in scene.rules:
        if rule.fade == "bottom":
            _paint_scrim(image, rule)
            continue
        boxes, masks = panel_pieces(rule)
        for box in boxes:
            image.paste(rule.colour, box)
        for mask, box in masks:
            image.paste(rule.colour, box, mask)
    for placed in scene.logos:
        drawing = logo(placed.file, round(placed.rect.height))
        left, top = round(placed.rect.x), round(placed.rect.y)
        box = (left, top, left + drawing.width, top + drawing.height)
        image.paste(placed.colour or drawing, box, drawing.getchannel("A"))
    # All contrasts are measured before any text is drawn, because texts never overlap.
    contrasts = tuple(contrast_behind(image, text) for text in scene.texts)
    for text in scene.texts:
        _draw_text(image, text)
    if scene.watermark:
        _draw_watermark(image, scene.watermark)
    return Painted(image, contrasts)


def _paint_background(scene: Scene, photo: "Photo | None") -> Image.Image:
    """Returns an image of the background colour, with the photograph where the scene has one."""
    image = Image.new("RGB", (scene.width, scene.height), scene.background)
    if not (scene.photograph and photo):
        return image
    left, top, right, bottom = scene.photograph.rect.pixels
    picture = photo.fill(right - left, bottom - top, scene.photograph.focus)
    if scene.photograph.duotone:
        picture = _paint_duotone(picture, *scene.photograph.duotone)
    mask = rounded_mask(picture.width, picture.height, scene.photograph.radius) if scene.photograph.radius else None
    image.paste(picture, (left, top), mask)
    return image


def _paint_duotone(picture: Image.Image, dark: str, light: str) -> Image.Image:
    """Returns the picture in the colours from `dark` to `light`, its own range of grey stretched to all of them."""
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=(_CUTOFF, _CUTOFF))
    return ImageOps.colorize(grey, dark, light)


def _paint_scrim(image: Image.Image, rule: Rule) -> None:
    """Paints a scrim that fades out upwards, in bands of one opacity: a table for each takes half as long as a mask for all."""
    tables = _blends(rule.colour)
    for box, opacity in fade_bands(rule):
        # Image.point would validate all 768 values of each band.
        image.im.paste(image.im.crop(box).point(tables[opacity], None), box)


@lru_cache(maxsize=16)
def _blends(colour: str) -> tuple[bytes, ...]:
    """Returns for each opacity, 0 to 255, what a colour makes of the values of red, of green and of blue behind it."""
    opacities = Image.linear_gradient("L")  # 0 in the first row, 255 in the last
    values = opacities.transpose(Image.Transpose.TRANSPOSE)
    blended = Image.merge("RGB", (values, values, values))
    blended.paste(colour, (0, 0), opacities)
    channels = [channel.tobytes() for channel in blended.split()]
    return tuple(b"".join(channel[start : start + 256] for channel in channels) for start in range(0, 256 * 256, 256))


def _draw_watermark(image: Image.Image, watermark: Watermark) -> None:
    """Draws a translucent word from the lower corner of the card to the upper one."""
    letters = rasterize((PlacedLine(watermark.line, 0, 0),), watermark.font_px)
    if letters is None:
        return
    slope = math.degrees(math.atan2(image.height, image.width))
    rotated = letters.mask.rotate(slope, Image.Resampling.BICUBIC, expand=True)
    mask = rotated.point([value * _WATERMARK_OPACITY // 255 for value in range(256)])
    left, top = (image.width - mask.width) // 2, (image.height - mask.height) // 2
    image.paste(watermark.colour, (left, top, left + mask.width, top + mask.height), mask)


def _draw_text(image: Image.Image, text: Text) -> None:
    """Draws the letters of a text in its colour, and emoji in their own colours."""

    def paint_colour_glyph(glyph: int, font: Font, transform: tuple[float, ...]) -> None:
        paint_glyph(image, glyph, font, transform, text.colour)

    # Line by line, since a mask for the whole text would be larger and mostly empty.
    for line in text.lines:
        if letters := rasterize((line,), text.font_px, paint_colour_glyph):
            image.paste(text.colour, letters.box, letters.mask)
