"""Compares two images by mode, size, mean difference and the share of visibly different pixels."""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageStat

MAX_MEAN = 0.5  # of 255, over all pixels and channels
VISIBLE = 8  # of 255, in any channel of a pixel
MAX_SHARE = 0.0002  # of all pixels may differ visibly: fewer than one letter has
_TILE = 32  # px


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of an image: left, top, width and height in px."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean difference of two images (of 255), the share of visibly different pixels, and the worst tile."""

    mean: float
    share: float
    worst: Rectangle

    @property
    def small(self) -> bool:
        return self.mean <= MAX_MEAN and self.share <= MAX_SHARE


def compare(actual: Image.Image, expected: Image.Image) -> Difference:
    """Measures how far `actual` is from `expected`. Raises AssertionError if their modes or sizes differ."""
    assert (actual.mode, actual.size) == (expected.mode, expected.size)
    difference = ImageChops.difference(actual, expected)
    strongest = _strongest_channel(difference)
    visible = sum(strongest.histogram()[VISIBLE + 1 :])
    return Difference(
        mean=sum(ImageStat.Stat(difference).mean) / len(difference.getbands()),
        share=visible / (actual.width * actual.height),
        worst=_worst_tile(strongest),
    )


def amplified(actual: Image.Image, expected: Image.Image) -> Image.Image:
    """Returns the differences, eight times as bright, on black; if the sizes differ, the image has the larger one."""
    size = (max(actual.width, expected.width), max(actual.height, expected.height))
    one, other = (Image.new("RGB", size) for _ in range(2))
    one.paste(actual)
    other.paste(expected)
    return ImageChops.difference(one, other).point(lambda value: min(255, value * 8))


def _strongest_channel(difference: Image.Image) -> Image.Image:
    first, *others = difference.split()
    for band in others:
        first = ImageChops.lighter(first, band)
    return first


def _worst_tile(strongest: Image.Image) -> Rectangle:
    tiles = strongest.reduce(_TILE)
    values = tiles.tobytes()
    row, column = divmod(values.index(max(values)), tiles.width)
    x, y = column * _TILE, row * _TILE
    return Rectangle(x, y, min(_TILE, strongest.width - x), min(_TILE, strongest.height - y))
