"""Finds what draws the eye in pictures without faces: a point, and the windows around it."""

from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter, ImageStat

from storycard.photo.crop import Box

_SIDE = 96  # px of the longer side of the analysed copy: composition shows at a small size
_MIN_CONTRAST = 10  # of 255; a smaller difference is not visible as a subject
_PEAK = 0.75  # share of the maximum; points above it belong to the subject
_WINDOW = 0.5  # share of the maximum; connected points above it are a window
_MOST_WINDOWS, _LEAST_MASS = 3, 0.1  # the share of the interest in all windows that each has at least
_CR_OF_SKIN, _CB_OF_SKIN = range(136, 174), range(77, 124)  # all complexions: they differ far more in lightness than in hue


class Salience(NamedTuple):
    """What draws the eye, in shares of the picture: a point, and windows, the most salient first."""

    point: tuple[float, float]
    windows: tuple[Box, ...]


def find_salience(picture: Image.Image) -> Salience | None:
    """Returns the likely position of the subject in an RGB picture; None if nothing is salient.

    Scores each pixel by its difference from the mean colour (after Achanta et al., "Frequency-tuned salient region detection",
    CVPR 2009), its detail, its similarity to skin and its distance from the middle.
    """
    scale = _SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    ycbcr = picture.resize(size, Image.Resampling.BOX, reducing_gap=2).convert("YCbCr")
    small = Image.merge("RGB", ycbcr.split())  # Pillow cannot blur YCbCr
    soft = small.filter(ImageFilter.GaussianBlur(1.5))
    whole = Image.new("RGB", size, tuple(round(mean) for mean in ImageStat.Stat(small).mean))
    distinct = _sum(*ImageChops.difference(soft, whole).split())
    detail = _sum(*ImageChops.difference(small, small.filter(ImageFilter.GaussianBlur(4))).split())
    if max(_maximum(distinct), _maximum(detail)) < _MIN_CONTRAST:
        return None
    # A clear sky can have a distinct colour but shows nothing, so distinctness counts only where there is detail.
    busy = detail.filter(ImageFilter.GaussianBlur(3)).point(lambda value: min(255, value * 4))
    interest = _sum(ImageChops.multiply(_sum(distinct, _skin(soft).point(lambda value: value // 4)), busy), detail)
    middle = ImageChops.invert(Image.radial_gradient("L").resize(size)).point(lambda value: 90 + value * 165 // 255)
    weighed = ImageChops.multiply(interest, middle).filter(ImageFilter.GaussianBlur(_SIDE / 16))
    point = _centre_of_peak(weighed)
    return Salience(point, _windows(weighed)) if point else None


def _sum(first: Image.Image, *others: Image.Image) -> Image.Image:
    for other in others:
        first = ImageChops.add(first, other)
    return first


def _maximum(image: Image.Image) -> int:
    return ImageStat.Stat(image).extrema[0][1]


def _skin(ycbcr: Image.Image) -> Image.Image:
    _, cb, cr = ycbcr.split()
    return ImageChops.multiply(
        cb.point([255 * (value in _CB_OF_SKIN) for value in range(256)]),
        cr.point([255 * (value in _CR_OF_SKIN) for value in range(256)]),
    )


def _centre_of_peak(interest: Image.Image) -> tuple[float, float] | None:
    width, height = interest.size
    floor = _maximum(interest) * _PEAK
    weights = [(max(0.0, value - floor), index) for index, value in enumerate(interest.tobytes())]
    total = sum(weight for weight, _ in weights)
    if not total:
        return None
    x = sum(weight * (index % width + 0.5) for weight, index in weights) / total / width
    y = sum(weight * (index // width + 0.5) for weight, index in weights) / total / height
    return x, y


def _windows(interest: Image.Image) -> tuple[Box, ...]:
    """Returns the boxes of connected points of much interest, the box with the most interest in it first."""
    width, height = interest.size
    values = interest.tobytes()
    floor = _maximum(interest) * _WINDOW
    waiting = {index for index, value in enumerate(values) if value > floor}
    found = []
    while waiting:
        edge, region = [waiting.pop()], list[int]()
        while edge:
            index = edge.pop()
            region.append(index)
            beside = (index - 1 if index % width else -1, index + 1 if (index + 1) % width else -1)
            near = waiting.intersection((*beside, index - width, index + width))
            waiting -= near
            edge += near
        found.append((sum(values[index] for index in region), region))
    total = sum(mass for mass, _ in found)
    largest = sorted(found, reverse=True)[:_MOST_WINDOWS]
    return tuple(_box(region, width, height) for mass, region in largest if mass >= _LEAST_MASS * total)


def _box(region: list[int], width: int, height: int) -> Box:
    columns, rows = [index % width for index in region], [index // width for index in region]
    sides = min(columns) / width, min(rows) / height, (max(columns) + 1) / width, (max(rows) + 1) / height
    return Box(*(round(side, 4) for side in sides))
