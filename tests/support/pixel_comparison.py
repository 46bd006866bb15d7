"""Two pictures into how far apart they are: first in kind and size, then on average, in how many pixels, and where most."""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageStat

MEAN = 0.5  # of 255, over all pixels and channels
VISIBLE = 8  # of 255, in any channel of a pixel
SHARE = 0.0002  # of all pixels may differ visibly: less than one letter has
_TILE = 32  # px


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place in a picture: left, top, width, height in px."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How two pictures of one size differ: mean of 255, share of pixels that differ visibly, and where they differ most."""

    mean: float
    share: float
    worst: Rectangle

    @property
    def small(self) -> bool:
        return self.mean <= MEAN and self.share <= SHARE


def compare(actual: Image.Image, expected: Image.Image) -> Difference:
    """Raises AssertionError for pictures of another mode or size, which no tolerance is for."""
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
    """What differs, made bright enough to see, on black; of the larger size when sizes differ."""
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
