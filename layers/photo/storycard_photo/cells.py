"""Measures how bright, busy and noisy a picture is, and finds pictures that are too dark or too noisy to show large."""

import itertools
import math
from array import array
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter

from storycard.photo.comment import Flaw

_SIDE = 480  # px of the longer side of the measured copy: about as many as a feed shows
_LONGER = 12  # cells along the longer side
_DARK = 48  # of 255: a picture shows nothing in a feed if 95 % of it is darker
_NOISY = 15.0  # of 255; film of ISO 3200 has about 8
_NOISE_SIDE, _NOISE_BLOCK = 800, 32  # px of the part in which noise is measured, and of the blocks in it
_LAPLACE = ImageFilter.Kernel((3, 3), (1, -2, 1, -2, 4, -2, 1, -2, 1), 6, 128)


class Cells(NamedTuple):
    """A grid over a picture: for each cell, row by row, its mean luminance and its detail, both 0 to 255.

    Detail is the mean difference between the grey of a pixel and that of its surroundings.
    """

    columns: int
    rows: int
    luminance: tuple[int, ...]
    busyness: tuple[int, ...]


def measure_cells(picture: Image.Image) -> Cells:
    """Measures an RGB picture in about square cells, twelve along its longer side."""
    longest = max(picture.size)
    columns, rows = (max(1, round(_LONGER * side / longest)) for side in picture.size)
    size = tuple(max(1, round(side * _SIDE / longest)) for side in picture.size)
    grey = picture.resize((size[0], size[1]), Image.Resampling.BOX, reducing_gap=2).convert("L")
    detail = ImageChops.difference(grey, grey.filter(ImageFilter.BoxBlur(2)))
    luminance, busyness = (tuple(layer.resize((columns, rows), Image.Resampling.BOX).tobytes()) for layer in (grey, detail))
    return Cells(columns, rows, luminance, busyness)


def find_flaw(picture: Image.Image) -> Flaw:
    """Returns "dark" if an RGB picture is nearly black but for highlights, "noisy" if its grain is coarse, else ""."""
    histogram = picture.reduce(max(1, max(picture.size) // _SIDE)).convert("L").histogram()
    darker = list(itertools.accumulate(histogram))
    if darker[_DARK] >= 0.95 * darker[-1]:
        return "dark"
    return "noisy" if measure_noise(picture) > _NOISY else ""


def measure_noise(picture: Image.Image) -> float:
    """Returns the standard deviation of the noise in the middle of a picture, 0 to 255.

    After Immerkaer, "Fast noise variance estimation" (CVIU 64, 1996), in the smoothest quarter of its blocks, where it is not
    taken for texture.
    """
    left, top = (max(0, (side - _NOISE_SIDE) // 2) for side in picture.size)
    grey = picture.crop((left, top, left + min(picture.width, _NOISE_SIDE), top + min(picture.height, _NOISE_SIDE))).convert("L")
    rough = ImageChops.difference(grey.filter(_LAPLACE), Image.new("L", grey.size, 128)).convert("F")
    size = max(1, grey.width // _NOISE_BLOCK), max(1, grey.height // _NOISE_BLOCK)
    means = sorted(array("f", rough.resize(size, Image.Resampling.BOX).tobytes()))
    return math.sqrt(math.pi / 2) * means[len(means) // 4]
