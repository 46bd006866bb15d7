"""From any image file to the one form that is stored and drawn: a small sRGB JPEG without metadata."""

import hashlib
import io
from dataclasses import dataclass

from PIL import Image

from storycard.photo.decoding import decode

_QUALITY = 90  # with 4:2:0: at a card's size nobody tells it from 4:4:4, which takes a third more bytes and decoding time


@dataclass(frozen=True, slots=True)
class NormalisedPhoto:
    """A photograph as it is stored: JPEG bytes, their size in px and their SHA-256 in hex.

    `focal_point` is the subject found, x and y from the top left, 0 to 1.
    """

    data: bytes
    width: int
    height: int
    sha256: str
    focal_point: tuple[float, float] | None = None


def normalise(data: bytes) -> NormalisedPhoto:
    """The photograph in any image file, upright, in sRGB, at most 2400 px long, without metadata; the same bytes every time.

    Raises PhotoInvalid for whatever is no usable photograph.
    """
    image = decode(data)
    written = _jpeg(image)
    return NormalisedPhoto(written, image.width, image.height, hashlib.sha256(written).hexdigest())


def _jpeg(image: Image.Image) -> bytes:
    clean = Image.frombytes("RGB", image.size, image.tobytes())  # whatever the file said about itself stays behind
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=_QUALITY, subsampling="4:2:0")
    return written.getvalue()
