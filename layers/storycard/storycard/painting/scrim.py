"""Finds and paints the weakest scrim over a photograph under which every text on it is legible (WCAG 2.2)."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from storycard.design.contrast import luminance, luminance_ratio, required_ratio, rgb
from storycard.layout.scene import Rect, Scrim, Text

_FEW_COLOURS = 64  # the most colours that are checked one by one, as those of a uniform background are
_STEPS = 16  # of opacity
_TOLERANCE = 1.04  # times the required ratio: rounding and the edge of the fade may take as much
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in luminance (WCAG 2.2)


class _Overlay(NamedTuple):
    """A colour (#rrggbb) over an image, with an opacity in `_STEPS` steps."""

    colour: str
    step: int

    def blend(self, pixel: tuple[int, ...]) -> tuple[int, ...]:
        """Returns the colour of a pixel under the overlay."""
        opacity = self.step / _STEPS
        return tuple(int(value + opacity * (other - value)) for value, other in zip(pixel, rgb(self.colour), strict=True))


_NO_OVERLAY = _Overlay("#000000", 0)


class _Lowest(NamedTuple):
    """The lowest contrast, 1 to 21, and the pixel that causes it.

    At 1, some pixels are lighter than the text and some darker, and the pixel is the nearest of both extremes.
    """

    contrast: float
    pixel: tuple[int, ...]


def lowest_contrast(image: Image.Image, box: Rect, colour: str) -> float:
    """Returns the lowest WCAG contrast of `colour` with any pixel of `image` (RGB) in `box`, 1 to 21.

    On a photograph this is a lower bound, at most 5 % below a true contrast of 4.5: luminance is measured in 255 steps, and each
    channel's share of it is rounded towards `colour`.
    """
    behind = image.crop(box.pixels)
    if not behind.width or not behind.height:
        return 21.0
    return _find_lowest(behind, luminance(rgb(colour)), _NO_OVERLAY).contrast


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
        image.paste(Image.new("RGB", fade.size, scrim.colour), (left, top, right, solid), fade)
    if bottom > solid:  # a lookup table takes half the time of pasting through a mask
        rest = (left, solid, right, bottom)
        image.paste(image.crop(rest).point(_blend_table(scrim.colour, round(255 * step / _STEPS))), rest)
    return step / _STEPS


def _find_step(image: Image.Image, text: Text, colour: str, start: int) -> int:
    """Returns the first step of opacity from `start` at which a text has its required contrast on an overlay of `colour`."""
    behind, text_luminance = image.crop(text.box.pixels), luminance(rgb(text.colour))
    required = required_ratio(text.font_px, image.width) * _TOLERANCE
    step = start
    while step < _STEPS and (lowest := _find_lowest(behind, text_luminance, _Overlay(colour, step))).contrast < required:
        # Skip steps that are too weak for the pixel just found: checking one pixel is cheap.
        step += 1
        while step < _STEPS:
            blended = _Overlay(colour, step).blend(lowest.pixel)
            if luminance_ratio(text_luminance, luminance(blended)) >= required:
                break
            step += 1
    return step


def _fade_mask(width: int, height: int, opacity: float) -> Image.Image:
    """Returns the mask (L) of a fade from transparent at the top to `opacity` at the bottom, eased so that no edge is visible."""
    shares = ((y + 1) / (height + 1) for y in range(height))
    rows = (bytes([round(255 * opacity * t * t * (3 - 2 * t))]) * width for t in shares)
    return Image.frombytes("L", (width, height), b"".join(rows))


def _blend_table(colour: str, opacity: int) -> list[int]:
    """Returns each value of red, green and blue under an overlay of `opacity` of 255, rounded as Pillow composites."""
    return [(value * (255 - opacity) + channel * opacity + 127) // 255 for channel in rgb(colour) for value in range(256)]


def _find_lowest(behind: Image.Image, text_luminance: float, overlay: _Overlay) -> _Lowest:
    """Returns the pixel of `behind` with the lowest contrast to a text once it is under `overlay`."""
    if _is_uniform(behind) and (colours := behind.getcolors(_FEW_COLOURS)):
        pixels = (pixel for _, pixel in colours if isinstance(pixel, tuple))
        return min(_Lowest(luminance_ratio(text_luminance, luminance(overlay.blend(pixel))), pixel) for pixel in pixels)
    highest, lightest = _find_extreme(behind, overlay, maximum=True)
    if highest <= text_luminance:
        return _Lowest(luminance_ratio(text_luminance, highest), lightest)
    lowest, darkest = _find_extreme(behind, overlay, maximum=False)
    if lowest > text_luminance:
        return _Lowest(luminance_ratio(text_luminance, lowest), darkest)
    is_nearer = luminance_ratio(text_luminance, highest) < luminance_ratio(text_luminance, lowest)
    return _Lowest(1.0, lightest if is_nearer else darkest)


def _is_uniform(image: Image.Image) -> bool:
    """Returns whether the middle row has few colours, which is quicker than counting all pixels of a photograph."""
    middle = image.height // 2
    return bool(image.crop((0, middle, image.width, middle + 1)).getcolors(_FEW_COLOURS))


def _find_extreme(image: Image.Image, overlay: _Overlay, *, maximum: bool) -> tuple[float, tuple[int, ...]]:
    """Returns the highest or lowest luminance under an overlay, and its pixel.

    Each channel's share of the luminance is rounded up for the highest, and down for the lowest.
    """
    luminances = image.point(_luminance_table(overlay, maximum)).convert("L", (1, 1, 1, 0))
    value = luminances.getextrema()[maximum]
    assert not isinstance(value, tuple)  # which it is for several channels
    y, x = divmod(luminances.tobytes().index(int(value)), image.width)
    pixel = image.getpixel((x, y))
    assert isinstance(pixel, tuple)  # as it is for RGB
    return value / 255, pixel


@functools.cache
def _luminance_table(overlay: _Overlay, round_up: bool) -> list[int]:
    """Returns what each value of red, green and blue under an overlay adds to the luminance, in 255ths."""
    blended = [overlay.blend((value, value, value)) for value in range(256)]
    exact = [luminance((pixel[channel],) * 3) * weight * 255 for channel, weight in enumerate(_WEIGHTS) for pixel in blended]
    return [int(share) + (round_up and share > int(share)) for share in exact]
