"""Finds faces in a picture with OpenCV's FaceDetectorYN and the model YuNet (assets/models)."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from storycard.photo.crop import Box

if TYPE_CHECKING:
    import cv2
    import numpy as np

_NAME = "face_detection_yunet_2023mar.onnx"
_FOLDERS = (Path(__file__).parent / "models", Path(__file__).parents[3] / "assets" / "models")  # in the layer, in the repository
# The model finds faces of 10 to 300 px. By px of the longer side, the smallest share of it that a face has in this copy.
_COPIES = {640: 0.0, 256: 0.3}
_LOWEST_SCORE = 0.65
_SAME = 0.5  # share of the smaller box that lies in another: with more of it, both are one face


class _Found(NamedTuple):
    score: float
    box: Box


def find_faces(picture: Image.Image) -> tuple[Box, ...]:
    """Returns the faces of an upright RGB picture in shares of it, from the forehead to the chin, the surest first."""
    longest = max(picture.size)
    found = [
        face
        for side, smallest in _COPIES.items()
        for face in _find(picture, min(1.0, side / longest))
        if (face.box.bottom - face.box.top) * picture.height >= smallest * longest
    ]
    kept: list[Box] = []
    for face in sorted(found, reverse=True):
        if all(_shared(face.box, other) <= _SAME for other in kept):
            kept.append(face.box)
    return tuple(kept)


def _find(picture: Image.Image, scale: float) -> list[_Found]:
    import numpy as np  # with OpenCV, takes 150 ms to load

    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    pixels = np.asarray(picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2))
    detector = _detector()
    detector.setInputSize(size)
    _, rows = detector.detect(np.ascontiguousarray(pixels[:, :, ::-1]))
    return [_read(row, size) for row in (rows if rows is not None else ()) if row[-1] >= _LOWEST_SCORE]


def _read(row: "np.ndarray", size: tuple[int, int]) -> _Found:
    """Reads one row: left, top, width and height in px, ten numbers for eyes, nose and mouth, and the score."""
    left, top, width, height = (float(value) for value in row[:4])
    sides = (left / size[0], top / size[1], (left + width) / size[0], (top + height) / size[1])
    return _Found(float(row[-1]), Box(*(round(min(max(side, 0.0), 1.0), 4) for side in sides)))


@functools.cache
def _detector() -> "cv2.FaceDetectorYN":
    import cv2

    model = next(folder / _NAME for folder in _FOLDERS if (folder / _NAME).exists())
    return cv2.FaceDetectorYN.create(str(model), "", (320, 320), _LOWEST_SCORE)


def _shared(one: Box, other: Box) -> float:
    """Returns how much of the smaller of two boxes lies in the other, 0 to 1."""
    both = Box(max(one.left, other.left), max(one.top, other.top), min(one.right, other.right), min(one.bottom, other.bottom))
    return both.area / max(min(one.area, other.area), 1e-9)
