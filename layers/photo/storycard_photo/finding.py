"""Finds faces in a picture with OpenCV's FaceDetectorYN and the model YuNet (assets/models)."""

import functools
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from storycard.photo.crop import Box
from storycard_photo.subject import Face

if TYPE_CHECKING:
    import cv2
    import numpy as np

_NAME = "face_detection_yunet_2023mar.onnx"
_FOLDERS = (Path(__file__).parent / "models", Path(__file__).parents[3] / "assets" / "models")  # in the layer, in the repository
# The model finds faces of 10 to 300 px. Large ones are found in a small copy, and only if a smaller copy shows them too, since
# petals or fur look like a face at one size only.
_SIDE, _SMALL_SIDE, _CHECKED_SIDE = 640, 256, 160  # px of the longer side
_LARGE = 0.3  # of the longer side
_LOWEST_SCORE, _CERTAIN = 0.65, 0.85  # a face between them counts only if the mirrored picture shows it too: leaves seldom do
# Distance of the nose from the middle of the eyes, as a share of the face's width: the most of a face that looks ahead, and the
# least of one in profile.
_AHEAD, _PROFILE = 0.06, 0.16
_SAME = 0.5  # two boxes show one face if more than this share of the smaller box lies in the other


def find_faces(picture: Image.Image) -> tuple[Face, ...]:
    """Returns the faces of an upright RGB picture in shares of it, the most certain first. A box is from forehead to chin."""
    longest = max(picture.size)
    most, large, checked = (_find(picture, min(1.0, side / longest)) for side in (_SIDE, _SMALL_SIDE, _CHECKED_SIDE))
    found = most + [
        face
        for face in large
        if (face.box.bottom - face.box.top) * picture.height >= _LARGE * longest
        and any(_shared(face.box, other.box) > _SAME for other in checked)
    ]
    kept: list[Face] = []
    for face in sorted(found, key=lambda face: face.score or 0, reverse=True):
        if all(_shared(face.box, other.box) <= _SAME for other in kept):
            kept.append(face)
    return tuple(kept) if all((face.score or 0) >= _CERTAIN for face in kept) else tuple(_confirmed(kept, picture))


def _confirmed(faces: list[Face], picture: Image.Image) -> Iterator[Face]:
    """Yields the certain faces, and those that are found in the mirrored picture as well."""
    small = picture.copy()
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BILINEAR)
    mirrored = ImageOps.mirror(small)
    found = [face.box for scale in (1.0, min(1.0, _SMALL_SIDE / max(small.size))) for face in _find(mirrored, scale)]
    again = [Box(1 - box.right, box.top, 1 - box.left, box.bottom) for box in found]
    yield from (face for face in faces if (face.score or 0) >= _CERTAIN or any(_shared(face.box, box) > _SAME for box in again))


def _find(picture: Image.Image, scale: float) -> list[Face]:
    import numpy as np  # with OpenCV, takes 150 ms to load

    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    pixels = np.asarray(picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2))
    detector = _detector()
    detector.setInputSize(size)
    _, rows = detector.detect(np.ascontiguousarray(pixels[:, :, ::-1]))
    return [_read(row, size) for row in (rows if rows is not None else ()) if row[-1] >= _LOWEST_SCORE]


def _read(row: "np.ndarray", size: tuple[int, int]) -> Face:
    """Reads a row: left, top, width and height in px, x and y of both eyes, of the nose and of the mouth's corners, the score."""
    left, top, width, height, *points, score = (float(value) for value in row)
    sides = left / size[0], top / size[1], (left + width) / size[0], (top + height) / size[1]
    eyes = points[:2], points[2:4]
    return Face(
        Box(*map(_share, sides)),
        round(score, 3),
        tuple((_share(x / size[0]), _share(y / size[1])) for x, y in eyes),
        _turned(eyes, points[4:6], width),
    )


def _turned(eyes: tuple[list[float], list[float]], nose: list[float], width: float) -> float:
    """Returns how far a face is turned, from -1 in profile to the left, over 0 ahead, to 1 in profile to the right.

    It is the distance of the nose from the middle of the eyes, along the line through them.
    """
    (x1, y1), (x2, y2) = eyes
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    along = ((nose[0] - (x1 + x2) / 2) * (x2 - x1) + (nose[1] - (y1 + y2) / 2) * (y2 - y1)) / length / max(width, 1.0)
    beyond = max(0.0, abs(along) - _AHEAD) / (_PROFILE - _AHEAD)
    return round(math.copysign(min(1.0, beyond), along), 2)


def _share(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 4)


@functools.cache
def _detector() -> "cv2.FaceDetectorYN":
    import cv2

    model = next(folder / _NAME for folder in _FOLDERS if (folder / _NAME).exists())
    return cv2.FaceDetectorYN.create(str(model), "", (320, 320), _LOWEST_SCORE)


def _shared(one: Box, other: Box) -> float:
    """Returns how much of the smaller of two boxes lies in the other, 0 to 1."""
    both = Box(max(one.left, other.left), max(one.top, other.top), min(one.right, other.right), min(one.bottom, other.bottom))
    return both.area / max(min(one.area, other.area), 1e-9)
