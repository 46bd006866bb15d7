"""Finds and paints the weakest scrim over a photograph under which every text on it is legible (WCAG 2.2)."""

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PIL import Image

from storycard.design.contrast import luminance, luminance_ratio, required_ratio, rgb
from storycard.layout.scene import Rect, Scrim, Text

_FEW_COLOURS = 64  # the most colours that are checked one by one, as those of a uniform background are
_STEPS = 16  # of opacity
_SAMPLE = 128, 64  # px: the most columns and rows of a text that are sampled
_BAND_ROWS = 96
_TOLERANCE = 1.04  # times the required ratio: rounding and the edge of the fade may take as much
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in luminance (WCAG 2.2)

_PixelBox = tuple[int, int, int, int]  # left, top, right and bottom


class _Overlay(NamedTuple):
    """A colour (#rrggbb) over an image, with an opacity in `_STEPS` steps."""

    colour: str
    step: int

    def blend(self, pixel: tuple[int, ...]) -> tuple[int, ...]:
        """Returns the colour of a pixel under the overlay."""
        opacity = self.step / _STEPS
        return tuple(int(value + opacity * (other - value)) for value, other in zip(pixel, rgb(self.colour), strict=True))


_NO_OVERLAY = _Overlay("#000000", 0)


def lowest_contrast(image: Image.Image, box: Rect, colour: str) -> float:
    """Returns the lowest WCAG contrast of `colour` with any pixel of `image` (RGB) in `box`, 1 to 21.

    On a photograph this is a lower bound, at most 5 % below a true contrast of 4.5: luminance is measured in 255 steps, and each
    channel's share of it is rounded towards `colour`.
    """
    left, top, right, bottom = box.pixels
    if right <= left or bottom <= top:
        return 21.0
    return _lowest_contrast(image, box.pixels, luminance(rgb(colour)), _NO_OVERLAY)


def apply_scrim(image: Image.Image, scrim: Scrim, texts: Sequence[Text]) -> float:
    """Paints `scrim` on `image`, only as opaque as `texts` on it need, and returns its opacity, 0 to 1."""
    step = 0
    for text in texts:
        step = _find_step(image, text, scrim.colour, step)
    if not step:
        return 0.0
    left, top, right, bottom = scrim.rect.pixels
    solid = min(max(top, round(scrim.solid)), bottom)
    if solid > top:
        fade = _fade_mask(right - left, solid - top, step / _STEPS)
        image.paste(scrim.colour, (left, top, right, solid), fade)
    # A lookup table takes a third of the time of pasting through a mask.
    table = _blend_table(scrim.colour, round(255 * step / _STEPS))
    for band in _bands((left, solid, right, bottom)):
        image.im.paste(image.im.crop(band).point(table, None), band)
    return step / _STEPS


def _find_step(image: Image.Image, text: Text, colour: str, start: int) -> int:
    """Returns the first step of opacity from `start` at which a text has its required contrast on an overlay of `colour`."""
    behind, text_luminance = image.crop(text.box.pixels), luminance(rgb(text.colour))
    if not behind.width or not behind.height:
        return start
    required = required_ratio(text.font_px, image.width) * _TOLERANCE
    # A step that is too weak for some of the pixels is too weak for all, so a sample rules out most steps.
    size = min(behind.width, _SAMPLE[0]), min(behind.height, _SAMPLE[1])
    step = start
    for pixels in (behind.resize(size, Image.Resampling.NEAREST), behind):
        box = (0, 0, *pixels.size)
        while step < _STEPS and _lowest_contrast(pixels, box, text_luminance, _Overlay(colour, step)) < required:
            step += 1
    return step


def _fade_mask(width: int, height: int, opacity: float) -> Image.Image:
    """Returns the mask (L) of a fade from transparent at the top to `opacity` at the bottom, eased so that no edge is visible."""
    shares = ((y + 1) / (height + 1) for y in range(height))
    column = bytes(round(255 * opacity * t * t * (3 - 2 * t)) for t in shares)
    return Image.frombytes("L", (1, height), column).resize((width, height), Image.Resampling.NEAREST)


def _blend_table(colour: str, opacity: int) -> list[int]:
    """Returns each value of red, green and blue under an overlay of `opacity` of 255, rounded as Pillow composites."""
    return [(value * (255 - opacity) + channel * opacity + 127) // 255 for channel in rgb(colour) for value in range(256)]


def _lowest_contrast(image: Image.Image, box: _PixelBox, text_luminance: float, overlay: _Overlay) -> float:
    """Returns the lowest contrast of a text with any pixel in `box` under the overlay.

    It is 1 if some pixels are lighter than the text and some are darker.
    """
    if colours := _few_colours(image, box):
        return min(luminance_ratio(text_luminance, luminance(overlay.blend(colour))) for colour in colours)
    if (highest := _extreme_luminance(image, box, overlay, maximum=True)) <= text_luminance:
        return luminance_ratio(text_luminance, highest)
    if (lowest := _extreme_luminance(image, box, overlay, maximum=False)) > text_luminance:
        return luminance_ratio(text_luminance, lowest)
    return 1.0


def _few_colours(image: Image.Image, box: _PixelBox) -> list[tuple[int, ...]]:
    """Returns the colours in `box`, or none if there are more than _FEW_COLOURS."""
    left, top, right, bottom = box
    middle = (top + bottom) // 2
    if not image.crop((left, middle, right, middle + 1)).getcolors(_FEW_COLOURS):
        return []  # one row is counted first, because counting all pixels of a photograph takes longer
    return [colour for _, colour in image.crop(box).getcolors(_FEW_COLOURS) or () if isinstance(colour, tuple)]


def _extreme_luminance(image: Image.Image, box: _PixelBox, overlay: _Overlay, *, maximum: bool) -> float:
    """Returns the highest or lowest luminance in `box` under an overlay.

    Each channel's share of the luminance is rounded up for the highest, and down for the lowest.
    """
    table = _luminance_table(overlay, maximum)
    bands = (image.im.crop(band).point(table, None).convert_matrix("L", (1, 1, 1, 0)) for band in _bands(box))
    extremes: list[int] = [band.getextrema()[maximum] for band in bands]
    return (max(extremes) if maximum else min(extremes)) / 255


def _bands(box: _PixelBox) -> Iterator[_PixelBox]:
    """Divides a box into bands of rows that stay in the processor's cache, which halves the time of several steps over them."""
    left, top, right, bottom = box
    for start in range(top, bottom, _BAND_ROWS):
        yield left, start, right, min(start + _BAND_ROWS, bottom)


@functools.cache
def _luminance_table(overlay: _Overlay, round_up: bool) -> list[int]:
    """Returns what each value of red, green and blue under an overlay adds to the luminance, in 255ths."""
    blended = [overlay.blend((value, value, value)) for value in range(256)]
    exact = [_grey_luminances()[pixel[channel]] * weight * 255 for channel, weight in enumerate(_WEIGHTS) for pixel in blended]
    return [int(share) + (round_up and share > int(share)) for share in exact]


@functools.cache
def _grey_luminances() -> list[float]:
    return [luminance((value, value, value)) for value in range(256)]
