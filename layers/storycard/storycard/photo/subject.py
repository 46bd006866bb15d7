"""Finds the subject of a picture: the marked faces, or else the point that draws the eye."""

from PIL import Image

from storycard.photo.crop import Box, Subject
from storycard.photo.saliency import find_salient_point

_MIDDLE = (0.5, 0.5)
# A face region ends at the brow and the chin. A head needs more room, most of it above. Shares of the region's height and width.
_ABOVE, _BESIDE, _BELOW = 0.3, 0.15, 0.1


def find_subject(picture: Image.Image, faces: tuple[Box, ...]) -> Subject:
    """Returns the subject of an upright RGB picture whose metadata marks `faces`.

    Its point is the mean of the main heads' centres weighted by area, else the most salient point, else the middle.
    """
    if faces:
        heads = tuple(_head(face) for face in faces)
        main = Subject(_MIDDLE, heads).main_heads
        total = sum(head.area for head in main)
        x = sum(head.area * (head.left + head.right) / 2 for head in main) / total
        y = sum(head.area * (head.top + head.bottom) / 2 for head in main) / total
        return Subject((_rounded(x), _rounded(y)), heads, "faces")
    x, y = find_salient_point(picture) or _MIDDLE
    return Subject((_rounded(x), _rounded(y)))


def _head(face: Box) -> Box:
    width, height = face.right - face.left, face.bottom - face.top
    return Box(
        _rounded(face.left - _BESIDE * width),
        _rounded(face.top - _ABOVE * height),
        _rounded(face.right + _BESIDE * width),
        _rounded(face.bottom + _BELOW * height),
    )


def _rounded(share: float) -> float:
    return round(min(max(share, 0.0), 1.0), 4)
