"""Opens image files of unknown origin. Rejects those that are unsafe to decode."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, UnidentifiedImageError

from storycard.errors import PhotoInvalid

MAX_BYTES = 50_000_000  # of a file
MIN_SIDE = 200  # px of the shorter side, after the longer one is scaled to MAX_SIDE
MAX_SIDE = 2400  # px of the longer side of a stored photo: enough for the largest card, with room to crop

# Megapixels that each decoder handles within 512 MB and two seconds. Only JPEG can be decoded at a smaller size.
_MEGAPIXELS = {"JPEG": 150, "MPO": 150, "PNG": 34, "TIFF": 34, "BMP": 34, "GIF": 34, "WEBP": 24, "AVIF": 24}
_PROGRESSIVE_MEGAPIXELS = 30  # the decoder keeps every coefficient until the last scan
_MAX_SCANS = 64  # of a progressive JPEG, each a pass over the whole picture; cameras and libraries write at most 14
_MAX_TILE_SIDE = 8192  # px; a TIFF tile is always decoded as a whole, even in a small picture

_KINDS = "a JPEG, PNG, WebP, AVIF, TIFF, GIF or BMP picture"
START_OF_JPEG, END_OF_JPEG = b"\xff\xd8", b"\xff\xd9"
_PROGRESSIVE_FRAME, _START_OF_SCAN = b"\xff\xc2", b"\xff\xda"
# The first bytes of other files, in lower case, to name their type in the error.
_OTHER_TYPES = {
    b"<svg": "an SVG drawing",
    b"<?xml": "an SVG drawing or other XML",
    b"<!doctype": "a web page",
    b"<html": "a web page",
    b"%pdf": "a PDF",
    b"8bps": "a Photoshop file",
    b"ftyphei": "a HEIC picture",
    b"ftypmif1": "a HEIF picture",
    b"{": "JSON",
}


@contextmanager
def decoding(data: bytes) -> Iterator[None]:
    """Turns the errors of image decoders into PhotoInvalid, and suppresses their warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except PhotoInvalid:
            raise
        except Image.DecompressionBombError as error:
            raise PhotoInvalid("photo", "at most 150 megapixels", "more than 178") from error
        except Exception as error:  # Pillow's plugins raise some twenty kinds of error for broken files
            raise PhotoInvalid("photo", "a whole picture", f"a broken file of {len(data):,} bytes: {error}") from error


def open_image(data: bytes) -> ImageFile.ImageFile:
    """Opens an image after checking its type, bytes and pixels. Reads only the header.

    Call it, and decode the image, inside `decoding`. Raises PhotoInvalid.
    """
    if not data:
        raise PhotoInvalid("photo", _KINDS, "an empty file")
    if len(data) > MAX_BYTES:
        raise PhotoInvalid("photo", f"at most {MAX_BYTES:,} bytes", f"{len(data):,} bytes")
    try:
        image = Image.open(io.BytesIO(_add_missing_end(data)), formats=[kind for kind in _MEGAPIXELS if kind != "MPO"])
    except UnidentifiedImageError:
        raise PhotoInvalid("photo", _KINDS, _describe_type(data)) from None
    _check_size(image)
    _check_work(image, data)
    return image


def _check_size(image: ImageFile.ImageFile) -> None:
    width, height = image.size
    limit = _PROGRESSIVE_MEGAPIXELS if "progressive" in image.info else _MEGAPIXELS[image.format or ""]
    if width * height > limit * 1_000_000:
        raise PhotoInvalid("photo", f"at most {limit} megapixels in a {image.format} of its kind", f"{width} x {height} px")
    if min(width, height) * min(1, MAX_SIDE / max(width, height)) < MIN_SIDE:
        expected = f"at least {MIN_SIDE} px on the shorter side, and that on a longer one of {MAX_SIDE} px"
        raise PhotoInvalid("photo", expected, f"{width} x {height} px")


def _check_work(image: ImageFile.ImageFile, data: bytes) -> None:
    """Rejects small files that would take hours to decode."""
    if "progressive" in image.info and (scans := data.count(_START_OF_SCAN)) > _MAX_SCANS:
        raise PhotoInvalid("photo", f"a JPEG of at most {_MAX_SCANS} scans", f"{scans} scans")
    if image.format == "TIFF":
        tile = [image.getexif().get(tag, 0) for tag in (0x0142, 0x0143)]  # TileWidth, TileLength
        if max(tile) > _MAX_TILE_SIDE:
            raise PhotoInvalid("photo", f"TIFF tiles of at most {_MAX_TILE_SIDE} px", f"{tile[0]} x {tile[1]} px")


def _add_missing_end(data: bytes) -> bytes:
    """Appends the end marker to a baseline JPEG that lost it; every browser shows such files.

    Other missing data is found when the image is decoded.
    """
    if not data.startswith(START_OF_JPEG) or data.endswith(END_OF_JPEG) or _PROGRESSIVE_FRAME in data:
        return data
    return data + END_OF_JPEG


def _describe_type(data: bytes) -> str:
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, name in _OTHER_TYPES.items():
        if head.startswith(mark) or (mark.startswith(b"ftyp") and mark in head[:16]):
            return name
    return f"a file that begins with {data[:8]!r}"
