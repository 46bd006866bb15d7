"""Finds the subject of a picture: the faces in it, or else the windows that draw the eye."""

from dataclasses import dataclass

from PIL import Image

from storycard.photo.crop import Box, Subject
from storycard_photo.saliency import find_salience

_MIDDLE = (0.5, 0.5)
# A face region ends at the brow and the chin. A head needs more room, most of it above. Shares of the region's height and width.
_ABOVE, _BESIDE, _BELOW = 0.3, 0.15, 0.1


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a picture: from the forehead to the chin, in shares of the picture. One that a file marks has a box only."""

    box: Box
    score: float | None = None  # of the detector, 0 to 1
    eyes: tuple[tuple[float, float], ...] = ()
    turned: float = 0.0  # -1 in profile to the left, 0 ahead, 1 in profile to the right

    @property
    def head(self) -> Box:
        """The box with room for hair, ears and chin."""
        box = self.box
        width, height = box.right - box.left, box.bottom - box.top
        return Box(
            _rounded(box.left - _BESIDE * width),
            _rounded(box.top - _ABOVE * height),
            _rounded(box.right + _BESIDE * width),
            _rounded(box.bottom + _BELOW * height),
        )


def find_subject(picture: Image.Image, faces: tuple[Face, ...]) -> Subject:
    """Returns the subject of an upright RGB picture with these faces.

    Its point is the mean of the main heads' centres weighted by area, else the most salient point, else the middle.
    """
    if not faces:
        salience = find_salience(picture)
        point = salience.point if salience else _MIDDLE
        return Subject((_rounded(point[0]), _rounded(point[1])), windows=salience.windows if salience else ())
    heads = tuple(face.head for face in faces)
    main = Subject(_MIDDLE, heads).main_heads
    total = sum(head.area for head in main)
    x = sum(head.area * (head.left + head.right) / 2 for head in main) / total
    y = sum(head.area * (head.top + head.bottom) / 2 for head in main) / total
    looks = sum(face.head.area * face.turned for face in faces if face.head in main) / total
    return Subject((_rounded(x), _rounded(y)), heads, "faces", round(looks, 2))


def _rounded(share: float) -> float:
    return round(min(max(share, 0.0), 1.0), 4)
