"""Finds what draws the eye in pictures without faces: a point, and the windows around it."""

from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from storycard.photo.crop import Box

_SIDE, _FINE_SIDE = 96, 400  # px of the longer side of the analysed copies: composition, and what is in focus
_MIN_CONTRAST = 10  # of 100 for lightness and about 100 for each of two axes of colour; less is not visible as a subject
_ROUNDS = 2  # over the picture, in each of four directions
_SKIN = 0.5  # of the strongest contrast with the surroundings
_UNSHARP = 0.2  # the weight of what is out of focus; that of the sharpest detail is 1 more
_CENTRE = (0.5, 0.4)  # of the sides: subjects, and heads above all, are more often above the middle than below
_SPREAD = 0.3  # of the sides: the standard deviation of the weight of a place by its distance from there
_SOFT, _FOCUS, _BROAD = 1, 3, 4  # px of the small copy
_CORE = 0.5  # share of the maximum; connected points above it are a core
# The rest of an object differs from its surroundings at least half as much as its core does. A region that covers most of the
# picture in this way is background.
_REST, _GROUND = 0.5, 0.6
_MOST_WINDOWS, _LEAST_MASS = 3, 0.1  # the share of the interest in all windows that each has at least
_SKIN_FROM, _SKIN_TO = (0, 136, 77), (255, 173, 123)  # Y, Cr and Cb: complexions differ far more in lightness than in hue


class Salience(NamedTuple):
    """What draws the eye, in shares of the picture: a point, and windows, the most salient first."""

    point: tuple[float, float]
    windows: tuple[Box, ...]


def find_salience(picture: Image.Image) -> Salience | None:
    """Returns the likely position of the subject in an RGB picture; None if nothing is salient.

    A subject differs from all that leads to it from the picture's edge (`_measure_barriers`) or has the colour of skin, is in
    focus, and is nearer to the middle, or a little above, than to a corner. The point is half way from its core's centre to
    where the picture differs most from its mean colour, since crops around either alone miss the subject more often.
    """
    small = _resized(picture, _SIDE)
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    barriers = _measure_barriers(_blurred(lab, _SOFT))
    if barriers.max() < _MIN_CONTRAST:
        return None
    height, width = barriers.shape
    detail = cv2.resize(_measure_detail(_resized(picture, _FINE_SIDE)), (width, height), interpolation=cv2.INTER_AREA)
    distinct = _scaled(barriers) + _SKIN * _blurred(_find_skin(small), _SOFT)
    interest = distinct * (_UNSHARP + _scaled(_blurred(detail, _FOCUS))) * _near_centre(width, height)
    (x, y), windows = _find_windows(_blurred(interest, _BROAD), _blurred(distinct, _SOFT))
    other_x, other_y = _find_contrast(small)
    window = windows[0]
    x = min(max((x + other_x) / 2, window.left), window.right)
    y = min(max((y + other_y) / 2, window.top), window.bottom)
    return Salience((x, y), windows)


def _resized(picture: Image.Image, side: int) -> np.ndarray:
    scale = side / max(picture.size)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return np.asarray(picture.resize(size, Image.Resampling.BOX, reducing_gap=2))


def _measure_barriers(lab: np.ndarray) -> np.ndarray:
    """Returns for each pixel the sum over the channels of the least difference along a path to the picture's edge.

    The difference of a path is that of its highest and its lowest value. After Zhang et al., "Minimum barrier salient object
    detection at 80 FPS" (ICCV 2015): each round goes over all rows and columns in both directions.
    """
    values = np.ascontiguousarray(lab.transpose(2, 0, 1))
    highest, lowest, barriers = values.copy(), values.copy(), np.zeros_like(values)
    barriers[:, 1:-1, 1:-1] = np.inf
    _, height, width = values.shape
    rows = [(np.s_[:, y], np.s_[:, y - 1]) for y in range(1, height)]
    columns = [(np.s_[:, :, x], np.s_[:, :, x - 1]) for x in range(1, width)]
    there = [*rows, *columns]
    back = [(before, line) for lines in (rows, columns) for line, before in reversed(lines)]
    for line, before in (there + back) * _ROUNDS:
        high, low = np.maximum(highest[before], values[line]), np.minimum(lowest[before], values[line])
        nearer = high - low < barriers[line]
        highest[line] = np.where(nearer, high, highest[line])
        lowest[line] = np.where(nearer, low, lowest[line])
        barriers[line] = np.where(nearer, high - low, barriers[line])
    whole: np.ndarray = barriers.sum(axis=0)
    return whole


def _measure_detail(pixels: np.ndarray) -> np.ndarray:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return cv2.absdiff(grey, _blurred(grey, 1))


def _find_skin(pixels: np.ndarray) -> np.ndarray:
    ycrcb = cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb)
    return cv2.inRange(ycrcb, np.array(_SKIN_FROM), np.array(_SKIN_TO)).astype(np.float32) / 255


def _blurred(values: np.ndarray, deviation: float) -> np.ndarray:
    return cv2.GaussianBlur(values, (0, 0), deviation)


def _scaled(values: np.ndarray) -> np.ndarray:
    """Returns values from 0 to 1; the highest hundredth, such as a single glint, does not determine the scale."""
    return np.clip(values / max(float(np.percentile(values, 99)), 1e-6), 0, 1)


def _near_centre(width: int, height: int) -> np.ndarray:
    x, y = (np.arange(length, dtype=np.float32) + 0.5 for length in (width, height))
    across, down = ((at / length - centre) ** 2 for at, length, centre in ((x, width, _CENTRE[0]), (y, height, _CENTRE[1])))
    weights: np.ndarray = np.exp(-(across + down[:, np.newaxis]) / (2 * _SPREAD**2))
    return weights


def _find_windows(interest: np.ndarray, distinct: np.ndarray) -> Salience:
    """Returns the centre of the core with the most interest in it, and the boxes of the objects that the cores belong to."""
    count, regions = cv2.connectedComponents((interest > _CORE * interest.max()).astype(np.uint8))
    masses = np.bincount(regions.ravel(), interest.ravel(), count)
    masses[0] = 0  # of what is in no core
    order = np.argsort(masses)[::-1][:_MOST_WINDOWS]
    shares = np.where(regions == order[0], interest, 0) / masses[order[0]]
    kept = [regions == index for index in order if masses[index] >= _LEAST_MASS * masses.sum()]
    found = (_find_object(core, np.average(distinct[core], weights=interest[core]), distinct) for core in kept)
    return Salience(_centre(shares), tuple(dict.fromkeys(found)))


def _find_contrast(pixels: np.ndarray) -> tuple[float, float]:
    """Returns where colours differ most from the mean and there is detail, near the middle.

    After Achanta et al., "Frequency-tuned salient region detection" (CVPR 2009).
    """
    height, width, _ = pixels.shape
    colours = cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb).astype(np.float32)
    unlike = np.abs(_blurred(colours, 1.5) - colours.mean(axis=(0, 1))).sum(axis=2) + 64 * _find_skin(pixels)
    detail = np.abs(colours - _blurred(colours, 4)).sum(axis=2)
    x, y = (np.abs(np.arange(length) + 0.5 - length / 2) * 2 / length for length in (width, height))
    middle = 1 - 0.46 * np.hypot(x, y[:, np.newaxis])
    interest = (unlike * np.minimum(1, _blurred(detail, 3) / 64) + detail) * middle
    peak = _blurred(interest.astype(np.float32), _SIDE / 16)
    return _centre(np.maximum(0, peak - 0.75 * peak.max()))


def _centre(weights: np.ndarray) -> tuple[float, float]:
    height, width = weights.shape
    total = float(weights.sum())
    x, y = weights.sum(axis=0) @ (np.arange(width) + 0.5), weights.sum(axis=1) @ (np.arange(height) + 0.5)
    return float(x) / total / width, float(y) / total / height


def _find_object(core: np.ndarray, mean: float, distinct: np.ndarray) -> Box:
    """Returns the box of the object around a core of this mean distinctness, or the core's if the object has no outline."""
    whole = _box_around(core, core | (distinct > _REST * mean))
    return whole if whole.area <= _GROUND else _box_around(core, core)


def _box_around(core: np.ndarray, points: np.ndarray) -> Box:
    """Returns the box of the connected points that a core is part of."""
    _, regions, boxes, _ = cv2.connectedComponentsWithStats(points.astype(np.uint8))
    left, top, wide, high, _ = boxes[regions[core][0]]
    height, width = points.shape
    sides = left / width, top / height, (left + wide) / width, (top + high) / height
    return Box(*(round(float(side), 4) for side in sides))
