"""A photograph and the texts that stand on it into the weakest veil under which every one of them can be read."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from storycard.contrast import luminance, luminance_ratio, needed, rgb
from storycard.scene import Rect, Scrim, Text

_FEW_COLOURS = 64  # up to this many a box is read colour by colour, as flat grounds are
_STEPS = 16  # how finely the strength of a scrim is found
_SPARE = 1.04  # asked for beyond the ratio: rounding and the fade's edge may take as much


class _Veil(NamedTuple):
    """A colour (#rrggbb) over a picture, and how strong it is in `_STEPS` steps."""

    colour: str
    step: int

    def over(self, pixel: tuple[int, ...]) -> tuple[int, ...]:
        """A pixel under it."""
        strength = self.step / _STEPS
        return tuple(int(value + strength * (other - value)) for value, other in zip(pixel, rgb(self.colour), strict=True))


_BARE = _Veil("#000000", 0)


def contrast_behind(image: Image.Image, box: Rect, colour: str) -> float:
    """The lowest WCAG contrast of `colour` with any pixel of `image` (RGB) in `box`, 1 to 21.

    On a photograph it is a lower bound, 5 % below the true one at worst where that is 4.5: luminance is read in 255 steps, and
    each channel's share of it rounded towards `colour`.
    """
    behind = image.crop(box.pixels)
    if not behind.width or not behind.height:
        return 21.0
    return _lowest_contrast(behind, luminance(rgb(colour)), _BARE)


def lay_scrim(image: Image.Image, scrim: Scrim, texts: Sequence[Text]) -> float:
    """Veil `image` as `scrim` says, no stronger than `texts`, which stand on it, need; how strong that is, 0 to 1."""
    step = 0
    for text in texts:
        step = _step_needed(image, text, scrim.colour, step)
    if step:
        box = scrim.rect.pixels
        shown = image.crop(box)
        fade = _fade(shown.width, shown.height, round(scrim.solid) - box[1], step / _STEPS)
        image.paste(Image.composite(Image.new("RGB", shown.size, scrim.colour), shown, fade), box)
    return step / _STEPS


def _step_needed(image: Image.Image, text: Text, colour: str, least: int) -> int:
    """The first of `_STEPS` strengths from `least` on at which a text has its contrast under a veil of `colour`."""
    behind, ink = image.crop(text.box.pixels), luminance(rgb(text.colour))
    enough = needed(text.font_px, image.width) * _SPARE
    low, high, middle = least, _STEPS, least
    while low < high:
        if _lowest_contrast(behind, ink, _Veil(colour, middle)) >= enough:
            high = middle
        else:
            low = middle + 1
        middle = (low + high) // 2
    return low


def _fade(width: int, height: int, solid: int, strength: float) -> Image.Image:
    """The coverage of a scrim: nothing at its top, `strength` from `solid` px down, eased so that no edge shows."""
    column = Image.new("L", (1, height), round(255 * strength))
    for y in range(min(solid, height)):
        t = (y + 1) / (solid + 1)
        column.putpixel((0, y), round(255 * strength * t * t * (3 - 2 * t)))
    return column.resize((width, height), Image.Resampling.NEAREST)


def _lowest_contrast(behind: Image.Image, ink: float, veil: _Veil) -> float:
    """Of a colour of luminance `ink` with any pixel of `behind` under a veil."""
    if _is_flat(behind) and (colours := behind.getcolors(_FEW_COLOURS)):
        return min(luminance_ratio(ink, luminance(veil.over(pixel))) for _, pixel in colours)
    lightest = _luminances(behind, veil, up=True).getextrema()[1] / 255
    if lightest <= ink:
        return luminance_ratio(ink, lightest)
    darkest = _luminances(behind, veil, up=False).getextrema()[0] / 255
    return 1.0 if darkest <= ink else luminance_ratio(ink, darkest)


def _is_flat(image: Image.Image) -> bool:
    """Whether one row has few colours, as every row of a flat ground has: a photograph is not counted pixel by pixel."""
    middle = image.height // 2
    return bool(image.crop((0, middle, image.width, middle + 1)).getcolors(_FEW_COLOURS))


def _luminances(image: Image.Image, veil: _Veil, *, up: bool) -> Image.Image:
    """The relative luminance of each pixel under a veil in 255 steps (mode L), rounded up or down all the way."""
    return image.point(_shares(veil, up)).convert("L", (1, 1, 1, 0))


_WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in luminance (WCAG 2.2)


@functools.cache
def _shares(veil: _Veil, up: bool) -> list[int]:
    """What each value of red, of green and of blue, once veiled, adds to the luminance, in 255ths."""
    veiled = [veil.over((value, value, value)) for value in range(256)]
    exact = [luminance((pixel[channel],) * 3) * weight * 255 for channel, weight in enumerate(_WEIGHTS) for pixel in veiled]
    return [int(share) + (up and share > int(share)) for share in exact]
