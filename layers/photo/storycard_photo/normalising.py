"""Converts any image file to the one form that is stored and drawn: a small sRGB JPEG without metadata."""

import hashlib
import io
from dataclasses import dataclass, field

from PIL import Image

from storycard.photo.comment import Comment, Flaw, write_comment
from storycard.photo.crop import Box, Subject
from storycard.photo.rights import Rights
from storycard_photo.cells import Cells, find_flaw, measure_cells
from storycard_photo.decoding import decode
from storycard_photo.finding import find_faces
from storycard_photo.subject import Face, find_subject

_QUALITY = 90  # with 4:2:0. 4:4:4 adds 6 to 14 % for colour edges that the card's own JPEG loses anyway.
_LARGE = 1600  # px of the longer side, from which a half-size copy is stored


@dataclass(frozen=True, slots=True)
class NormalisedPhoto:
    """A photograph in its stored form: JPEG bytes, their size in px and their SHA-256 in hex.

    `data` includes the subject and the rights, as a JPEG comment, so `open_photo` needs nothing else. Behind a large picture
    it holds a copy at half the size, because the time to decode a JPEG depends on its bytes and most cards need no more pixels.
    """

    data: bytes
    width: int
    height: int
    sha256: str
    subject: Subject
    rights: Rights
    found: tuple[Face, ...]  # those that the file's metadata marks, else those that the detector found
    cells: Cells
    flaw: Flaw
    half_size: bytes = field(repr=False)  # b"" if there is no copy

    @property
    def focal_point(self) -> tuple[float, float]:
        """The subject's point, 0 to 1 from the top left."""
        return self.subject.point

    @property
    def faces(self) -> tuple[Box, ...]:
        """The heads of the faces, with room for hair and chin, in shares of the picture."""
        return self.subject.faces


def normalise(data: bytes) -> NormalisedPhoto:
    """Converts an image file to an upright sRGB JPEG of at most 2400 px on the longer side.

    Deterministic: the same file gives the same bytes. Of the metadata, only the rights are kept. Raises PhotoInvalid if the
    file is not a usable photograph.
    """
    decoded = decode(data)
    image = decoded.image
    faces = tuple(map(Face, decoded.faces)) or find_faces(image)
    subject = find_subject(image, faces)
    flaw = find_flaw(image)
    half_size = _encode(image.reduce(2)) if max(image.size) >= _LARGE else b""
    jpeg = _encode(image, write_comment(Comment(subject, decoded.rights, len(half_size), flaw))) + half_size
    sha256 = hashlib.sha256(jpeg).hexdigest()
    return NormalisedPhoto(
        jpeg, image.width, image.height, sha256, subject, decoded.rights, faces, measure_cells(image), flaw, half_size
    )


def _encode(image: Image.Image, comment: bytes = b"") -> bytes:
    """Encodes a JPEG. Pillow writes no metadata that it is not given here."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, subsampling="4:2:0", comment=comment)
    return buffer.getvalue()
