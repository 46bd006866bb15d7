"""From bytes of unknown kind to an undecoded Pillow image that is safe to decode, or PhotoInvalid."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

from storycard.errors import PhotoInvalid

MAX_BYTES = 50_000_000  # of a file
MIN_SIDE = 200  # px; the shorter side, of what is left after scaling the longer one to MAX_SIDE
MAX_SIDE = 2400  # px; the longer side of what is kept: the largest card at its full size, with room to crop

# Megapixels that decode within 512 MB and two seconds, by what each decoder holds at once. Only JPEG decodes small.
_MEGAPIXELS = {"JPEG": 150, "MPO": 150, "PNG": 34, "TIFF": 34, "BMP": 34, "GIF": 34, "WEBP": 24, "AVIF": 24}
_PROGRESSIVE_MEGAPIXELS = 30  # a progressive JPEG keeps every coefficient until its last scan
_MAX_SCANS = 64  # of a progressive JPEG, each a pass over the whole picture; cameras and libraries write up to 14
_MAX_TILE_SIDE = 8192  # px of a TIFF's tile, which is decoded whole however small the picture

_KINDS = "a JPEG, PNG, WebP, AVIF, TIFF, GIF or BMP picture"
_END_OF_JPEG = b"\xff\xd9"
# How files that are no photographs begin, for an error that helps: the first 64 bytes, in lower case.
_OTHERS = {
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
    """Whatever a decoder says about a broken file becomes PhotoInvalid; its warnings are not ours to show."""
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
    """The image of a file whose kind, bytes and pixels are within bounds, by its header alone; nothing is decoded.

    Raises PhotoInvalid; to be called, and the image decoded, inside `decoding`.
    """
    if not data:
        raise PhotoInvalid("photo", _KINDS, "an empty file")
    if len(data) > MAX_BYTES:
        raise PhotoInvalid("photo", f"at most {MAX_BYTES:,} bytes", f"{len(data):,} bytes")
    try:
        image = Image.open(io.BytesIO(_ended(data)), formats=[kind for kind in _MEGAPIXELS if kind != "MPO"])
    except Image.UnidentifiedImageError:
        raise PhotoInvalid("photo", _KINDS, _what_it_is(data)) from None
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
    """Small files may ask for hours of work."""
    if "progressive" in image.info and (scans := data.count(b"\xff\xda")) > _MAX_SCANS:
        raise PhotoInvalid("photo", f"a JPEG of at most {_MAX_SCANS} scans", f"{scans} scans")
    if image.format == "TIFF":
        tile = [image.getexif().get(tag, 0) for tag in (0x0142, 0x0143)]  # TileWidth, TileLength
        if max(tile) > _MAX_TILE_SIDE:
            raise PhotoInvalid("photo", f"TIFF tiles of at most {_MAX_TILE_SIDE} px", f"{tile[0]} x {tile[1]} px")


def _ended(data: bytes) -> bytes:
    """A baseline JPEG that only lost its end is shown by every browser; what else is missing shows once it is decoded."""
    if data[:2] != b"\xff\xd8" or data.endswith(_END_OF_JPEG) or b"\xff\xc2" in data:
        return data
    return data + _END_OF_JPEG


def _what_it_is(data: bytes) -> str:
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, name in _OTHERS.items():
        if head.startswith(mark) or (mark.startswith(b"ftyp") and mark in head[:16]):
            return name
    return f"a file that begins with {data[:8]!r}"
