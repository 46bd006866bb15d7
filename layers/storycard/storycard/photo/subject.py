"""From a picture and its marks to its subject, and to the comment that carries it in the stored JPEG."""

import json

from PIL import Image

from storycard.photo.crop import Box, Subject
from storycard.photo.regions import MAX_FACES
from storycard.photo.rights import NO_RIGHTS, Rights, in_comment
from storycard.photo.saliency import eye_catcher

_HEADER = b"storycard 1 "
_MIDDLE = (0.5, 0.5)
_START_OF_JPEG = b"\xff\xd8"
# A mark ends at the brow and the chin; a head needs room, most of it above. In heights or widths of the mark.
_ABOVE, _BESIDE, _BELOW = 0.3, 0.15, 0.1


def find_subject(picture: Image.Image, marked: tuple[Box, ...]) -> Subject:
    """The people in the picture if anybody marked them, else where its content draws the eye, else its middle."""
    if marked:
        faces = tuple(_head(face) for face in marked)
        total = sum(face.area for face in faces)
        x = sum(face.area * (face.left + face.right) / 2 for face in faces) / total
        y = sum(face.area * (face.top + face.bottom) / 2 for face in faces) / total
        return Subject((_rounded(x), _rounded(y)), faces, "faces")
    x, y = eye_catcher(picture) or _MIDDLE
    return Subject((_rounded(x), _rounded(y)))


def comment(subject: Subject, rights: Rights = NO_RIGHTS, half: int = 0) -> bytes:
    """The subject, the rights and the bytes that the picture at half its size takes, as the stored photo's JPEG comment."""
    faces = [[face.left, face.top, face.right, face.bottom] for face in subject.faces]
    told = {"point": subject.point, "faces": faces} | in_comment(rights) | ({"half": half} if half else {})
    return _HEADER + json.dumps(told, separators=(",", ":")).encode()


def from_comment(written: bytes) -> Subject | None:
    """The subject of a photo that `normalise` wrote; None if it did not."""
    if not written.startswith(_HEADER):
        return None
    try:
        told = json.loads(written[len(_HEADER) :])
        x, y = told["point"]
        faces = tuple(Box(*face) for face in told["faces"])
        if len(faces) <= MAX_FACES and all(
            0 <= share <= 1 for share in (x, y, *(edge for face in told["faces"] for edge in face))
        ):
            return Subject((x, y), faces, "faces" if faces else "content")
    except (ValueError, TypeError, KeyError):
        pass  # somebody else's comment, or one of ours that was tampered with
    return None


def half_size(photo: bytes, written: bytes) -> bytes:
    """The JPEG at half the size behind the picture in `photo`, whose comment is `written`; b"" if there is none."""
    try:
        half = photo[-json.loads(written[len(_HEADER) :])["half"] :]
    except (ValueError, TypeError, KeyError):
        return b""
    return half if half.startswith(_START_OF_JPEG) else b""


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
