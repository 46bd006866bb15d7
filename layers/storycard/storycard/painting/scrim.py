"""A photograph and the texts that stand on it into the weakest veil under which every one of them can be read."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from storycard.design.contrast import luminance, luminance_ratio, required_ratio, rgb
from storycard.layout.scene import Rect, Scrim, Text

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


class _Worst(NamedTuple):
    """The lowest contrast, 1 to 21, and the pixel nearest to it: at 1, some are lighter than the ink and some darker."""

    contrast: float
    pixel: tuple[int, ...]


def contrast_behind(image: Image.Image, box: Rect, colour: str) -> float:
    """The lowest WCAG contrast of `colour` with any pixel of `image` (RGB) in `box`, 1 to 21.

    On a photograph it is a lower bound, 5 % below the true one at worst where that is 4.5: luminance is read in 255 steps, and
    each channel's share of it rounded towards `colour`.
    """
    behind = image.crop(box.pixels)
    if not behind.width or not behind.height:
        return 21.0
    return _worst(behind, luminance(rgb(colour)), _BARE).contrast


def lay_scrim(image: Image.Image, scrim: Scrim, texts: Sequence[Text]) -> float:
    """Veil `image` as `scrim` says, no stronger than `texts`, which stand on it, need; how strong that is, 0 to 1."""
    step = 0
    for text in texts:
        step = _step_needed(image, text, scrim.colour, step)
    if not step:
        return 0.0
    left, top, right, bottom = scrim.rect.pixels
    solid = min(max(top, round(scrim.solid)), bottom)
    fading, rest = (left, top, right, solid), (left, solid, right, bottom)
    if solid > top:
        fade = _fade(right - left, solid - top, step / _STEPS)
        image.paste(Image.new("RGB", fade.size, scrim.colour), fading, fade)
    if bottom > solid:  # a table of values takes half the time of pasting through a mask
        image.paste(image.crop(rest).point(_under(scrim.colour, round(255 * step / _STEPS))), rest)
    return step / _STEPS


def _step_needed(image: Image.Image, text: Text, colour: str, least: int) -> int:
    """The first of `_STEPS` strengths from `least` on at which a text has its contrast under a veil of `colour`."""
    behind, ink = image.crop(text.box.pixels), luminance(rgb(text.colour))
    enough = required_ratio(text.font_px, image.width) * _SPARE
    step = least
    while step < _STEPS and (worst := _worst(behind, ink, _Veil(colour, step))).contrast < enough:
        # No strength will do that is too weak for this one pixel, which takes no time to tell.
        step += 1
        while step < _STEPS and luminance_ratio(ink, luminance(_Veil(colour, step).over(worst.pixel))) < enough:
            step += 1
    return step


def _fade(width: int, height: int, strength: float) -> Image.Image:
    """The coverage of a scrim where it fades in: nothing above, `strength` below, eased so that no edge shows."""
    shares = ((y + 1) / (height + 1) for y in range(height))
    rows = (bytes([round(255 * strength * t * t * (3 - 2 * t))]) * width for t in shares)
    return Image.frombytes("L", (width, height), b"".join(rows))


def _under(colour: str, strength: int) -> list[int]:
    """What each value of red, of green and of blue is under a veil of so many 255ths, rounded as Pillow's composite does."""
    return [(value * (255 - strength) + channel * strength + 127) // 255 for channel in rgb(colour) for value in range(256)]


def _worst(behind: Image.Image, ink: float, scrim_opacity: _Veil) -> _Worst:
    """The pixel of `behind` on which a colour of luminance `ink` reads worst under a veil."""
    if _is_flat(behind) and (colours := behind.getcolors(_FEW_COLOURS)):
        return min(_Worst(luminance_ratio(ink, luminance(scrim_opacity.over(pixel))), pixel) for _, pixel in colours)
    up, lightest = _extreme(behind, scrim_opacity, up=True)
    if up <= ink:
        return _Worst(luminance_ratio(ink, up), lightest)
    down, darkest = _extreme(behind, scrim_opacity, up=False)
    if down > ink:
        return _Worst(luminance_ratio(ink, down), darkest)
    return _Worst(1.0, lightest if luminance_ratio(ink, up) < luminance_ratio(ink, down) else darkest)


def _is_flat(image: Image.Image) -> bool:
    """Whether one row has few colours, as every row of a flat ground has: a photograph is not counted pixel by pixel."""
    middle = image.height // 2
    return bool(image.crop((0, middle, image.width, middle + 1)).getcolors(_FEW_COLOURS))


def _extreme(image: Image.Image, scrim_opacity: _Veil, *, up: bool) -> tuple[float, tuple[int, ...]]:
    """The highest luminance under a veil, each channel's share of it rounded `up`, or the lowest, rounded down; and its pixel."""
    luminances = image.point(_shares(scrim_opacity, up)).convert("L", (1, 1, 1, 0))
    value = luminances.getextrema()[up]
    y, x = divmod(luminances.tobytes().index(value), image.width)
    return value / 255, image.getpixel((x, y))


_WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in luminance (WCAG 2.2)


@functools.cache
def _shares(scrim_opacity: _Veil, up: bool) -> list[int]:
    """What each value of red, of green and of blue, once veiled, adds to the luminance, in 255ths."""
    veiled = [scrim_opacity.over((value, value, value)) for value in range(256)]
    exact = [luminance((pixel[channel],) * 3) * weight * 255 for channel, weight in enumerate(_WEIGHTS) for pixel in veiled]
    return [int(share) + (up and share > int(share)) for share in exact]
