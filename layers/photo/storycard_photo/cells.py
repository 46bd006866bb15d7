"""Measures how bright and how busy the parts of a picture are."""

from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter

_SIDE = 480  # px of the longer side of the measured copy: about as many as a feed shows
_LONGER = 12  # cells along the longer side


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
