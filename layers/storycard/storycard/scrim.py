"""A photograph and the texts that stand on it into the weakest veil under which every one of them can be read."""

import functools
from collections.abc import Sequence

from PIL import Image, ImageChops

from storycard.contrast import luminance, luminance_ratio, needed, rgb
from storycard.scene import Rect, Scrim, Text

_FEW_COLOURS = 64  # up to this many a box is read colour by colour, as flat grounds are
_STEPS = 16  # how finely the strength of a scrim is found
_SPARE = 1.04  # asked for beyond the ratio: rounding and the fade's edge may take as much


def contrast_behind(image: Image.Image, box: Rect, colour: str) -> float:
    """The lowest WCAG contrast of `colour` with any pixel of `image` (RGB) in `box`, 1 to 21.

    On a photograph it is a lower bound, 5 % below the true one at worst where that is 4.5: luminance is read in 255 steps, and
    each channel's share of it rounded towards `colour`.
    """
    behind = image.crop(box.pixels)
    ink = luminance(rgb(colour))
    if not behind.width or not behind.height:
        return 21.0
    if colours := behind.getcolors(_FEW_COLOURS):
        return min(luminance_ratio(ink, luminance(pixel)) for _, pixel in colours)
    darkest = _luminances(behind, up=False).getextrema()[0] / 255
    lightest = _luminances(behind, up=True).getextrema()[1] / 255
    if darkest <= ink <= lightest:
        return 1.0
    return min(luminance_ratio(ink, darkest), luminance_ratio(ink, lightest))


def lay_scrim(image: Image.Image, scrim: Scrim, texts: Sequence[Text]) -> float:
    """Veil `image` as `scrim` says, no stronger than `texts`, which stand on it, need; how strong that is, 0 to 1."""
    low, high = 0, _STEPS
    while low < high:
        middle = (low + high) // 2
        if all(_reads(image, text, scrim.colour, middle / _STEPS) for text in texts):
            high = middle
        else:
            low = middle + 1
    box = scrim.rect.pixels
    image.paste(scrim.colour, box, _fade(box[2] - box[0], box[3] - box[1], round(scrim.solid) - box[1], low / _STEPS))
    return low / _STEPS


def _reads(image: Image.Image, text: Text, colour: str, strength: float) -> bool:
    """Whether a text has its contrast under a veil of `colour`, 0 to 1 strong."""
    behind = image.crop(text.box.pixels)
    veiled = Image.blend(behind, Image.new("RGB", behind.size, colour), strength)
    ratio = contrast_behind(veiled, Rect(0, 0, veiled.width, veiled.height), text.colour)
    return ratio >= needed(text.font_px, image.width) * _SPARE


def _fade(width: int, height: int, solid: int, strength: float) -> Image.Image:
    """The coverage of a scrim: nothing at its top, `strength` from `solid` px down, eased so that no edge shows."""
    column = Image.new("L", (1, height), round(255 * strength))
    for y in range(min(solid, height)):
        t = (y + 1) / (solid + 1)
        column.putpixel((0, y), round(255 * strength * t * t * (3 - 2 * t)))
    return column.resize((width, height), Image.Resampling.NEAREST)


def _luminances(image: Image.Image, *, up: bool) -> Image.Image:
    """The relative luminance of each pixel in 255 steps (mode L), rounded up or down all the way."""
    red, green, blue = (channel.point(_table(weight, up)) for channel, weight in zip(image.split(), _WEIGHTS, strict=True))
    return ImageChops.add(ImageChops.add(red, green), blue)


_WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in luminance (WCAG 2.2)


@functools.cache
def _table(weight: float, up: bool) -> list[int]:
    """What each value of a channel adds to the luminance, in 255ths."""
    exact = (luminance((value, value, value)) * weight * 255 for value in range(256))
    return [int(share) + (up and share > int(share)) for share in exact]
