"""A Scene into pixels: ground, photograph, rules, marks and type, rasterised by HarfBuzz and composited by Pillow."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from storycard.layout.scene import PlacedLine, Scene, Text, Watermark
from storycard.painting.glyph_raster import coverage, paint_glyph
from storycard.painting.scrim import contrast_behind, lay_scrim
from storycard.text.fonts.font import Font

if TYPE_CHECKING:
    from storycard.photo import Photo

_WATERMARK_STRENGTH = 56  # of 255


class Painted(NamedTuple):
    """A card's picture (RGB), each text's lowest contrast with the pixels behind it, and the photograph's veil (0 to 1)."""

    image: Image.Image
    contrasts: tuple[float, ...]
    scrim_opacity: float = 0.0


def paint(scene: Scene, logo: Callable[[str, int], Image.Image], photo: "Photo | None" = None) -> Painted:
    """The picture of a scene, `photo` where it says. `mark` gives a mark's drawing (RGBA) by file and height in px."""
    image = _ground(scene, photo)
    scrim_opacity = _veil(image, scene) if photo else 0.0
    for rule in scene.rules:
        image.paste(rule.colour, rule.rect.pixels)
    for placed in scene.logos:
        drawing = logo(placed.file, round(placed.rect.height))
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
    return Painted(image, contrasts, scrim_opacity)


def _ground(scene: Scene, photo: "Photo | None") -> Image.Image:
    """What everything else stands on: the ground's colour, and the photograph where the scene has one."""
    size = scene.width, scene.height
    if not (scene.photograph and photo):
        return Image.new("RGB", size, scene.background)
    left, top, right, bottom = scene.photograph.rect.pixels
    picture = photo.fill(right - left, bottom - top, scene.photograph.focus)
    if picture.size == size:
        return picture
    image = Image.new("RGB", size, scene.background)
    image.paste(picture, (left, top))
    return image


def _veil(image: Image.Image, scene: Scene) -> float:
    """Veil the photograph where texts stand on it; how strong that had to be, 0 to 1."""
    if not scene.scrim:
        return 0.0
    boxed = [rule.rect for rule in scene.rules]
    return lay_scrim(image, scene.scrim, [text for text in scene.texts if not any(box.contains(text.box) for box in boxed)])


def _draw_watermark(image: Image.Image, watermark: Watermark) -> None:
    """A word from the card's lower corner to its upper one, thin enough to see the card through it."""
    size = watermark.font_px
    line = PlacedLine(watermark.line, 0, 0)
    letters = coverage((line,), size)
    slope = math.degrees(math.atan2(image.height, image.width))
    turned = letters.mask.rotate(slope, Image.Resampling.BICUBIC, expand=True).point(
        lambda value: value * _WATERMARK_STRENGTH // 255
    )
    place = ((image.width - turned.width) // 2, (image.height - turned.height) // 2)
    image.paste(watermark.colour, (*place, place[0] + turned.width, place[1] + turned.height), turned)


def _draw_text(image: Image.Image, text: Text) -> None:
    """Draw a text's letters, those that bring their own colours as they come."""

    def in_colour(glyph: int, font: Font, transform: tuple[float, ...]) -> None:
        paint_glyph(image, glyph, font, transform, text.colour)

    if letters := coverage(text.lines, text.font_px, in_colour):
        # Pasting a picture of one colour takes half the time of pasting a colour.
        image.paste(Image.new("RGB", letters.mask.size, text.colour), letters.box, letters.mask)
