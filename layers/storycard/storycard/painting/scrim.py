"""Finds and paints the weakest scrims over a photograph under which every text on it is legible (WCAG 2.2).

Contrast is judged over patches of about a letter's size, since a bright spot narrower than a stroke hides no letter.
"""

import functools
from collections.abc import Iterator, Sequence

from PIL import Image

from storycard.design.contrast import PATCH, STEPS, patch_ratio, required_ratio, rgb, scrim_step
from storycard.layout.scene import Rect, Scrim, Text

_BAND_ROWS = 96

_PixelBox = tuple[int, int, int, int]  # left, top, right and bottom


def contrast_behind(image: Image.Image, text: Text) -> float:
    """Returns the WCAG contrast of a text with the patches of `image` (RGB) behind its worst line, 1 to 21."""
    return min(patch_ratio(_patches(image, box, text.font_px), text.colour) for box in text.line_boxes)


def apply_scrim(image: Image.Image, scrim: Scrim, texts: Sequence[Text]) -> float:
    """Paints `scrim` on `image`, only as opaque as `texts` on it need, and returns its opacity, 0 to 1."""
    step = max((_find_step(image, text, scrim.colour) for text in texts), default=0)
    if not step:
        return 0.0
    left, top, right, bottom = scrim.rect.pixels
    solid = min(max(top, round(scrim.solid)), bottom)
    if solid > top:
        fade = _fade_mask(right - left, solid - top, step / STEPS)
        image.paste(scrim.colour, (left, top, right, solid), fade)
    # A lookup table takes a third of the time of pasting through a mask.
    table = _blend_table(scrim.colour, round(255 * step / STEPS))
    for band in _bands((left, solid, right, bottom)):
        image.im.paste(image.im.crop(band).point(table, None), band)
    return step / STEPS


def _find_step(image: Image.Image, text: Text, colour: str) -> int:
    """Returns the first step of opacity at which a text has its required contrast on a scrim of `colour`."""
    required = required_ratio(text.font_px, image.width)
    return max(scrim_step(_patches(image, box, text.font_px), text.colour, colour, required) for box in text.line_boxes)


def _patches(image: Image.Image, box: Rect, font_px: int) -> list[tuple[int, ...]]:
    """Returns the mean colours of the patches of half the font size in `box`."""
    left, top, right, bottom = box.pixels
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height)
    if right <= left or bottom <= top:
        return []
    small = image.reduce(max(1, round(PATCH * font_px)), (left, top, right, bottom))
    pixels = small.tobytes()
    return list(zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True))


def _fade_mask(width: int, height: int, opacity: float) -> Image.Image:
    """Returns the mask (L) of a fade from transparent at the top to `opacity` at the bottom, eased so that no edge is visible."""
    shares = ((y + 1) / (height + 1) for y in range(height))
    column = bytes(round(255 * opacity * t * t * (3 - 2 * t)) for t in shares)
    return Image.frombytes("L", (1, height), column).resize((width, height), Image.Resampling.NEAREST)


@functools.cache
def _blend_table(colour: str, opacity: int) -> list[int]:
    """Returns each value of red, green and blue under an overlay of `opacity` of 255, rounded as Pillow composites."""
    return [(value * (255 - opacity) + channel * opacity + 127) // 255 for channel in rgb(colour) for value in range(256)]


def _bands(box: _PixelBox) -> Iterator[_PixelBox]:
    """Divides a box into bands of rows that stay in the processor's cache, which halves the time of several steps over them."""
    left, top, right, bottom = box
    for start in range(top, bottom, _BAND_ROWS):
        yield left, start, right, min(start + _BAND_ROWS, bottom)
