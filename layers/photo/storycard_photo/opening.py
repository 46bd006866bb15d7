"""Opens image files of unknown origin. Rejects those that are unsafe to decode."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, UnidentifiedImageError

from storycard.errors import PhotoInvalid
from storycard.photo.stored import END_OF_JPEG, MAX_SIDE, START_OF_JPEG
from storycard_photo.structure import check_structure

MAX_BYTES = 50_000_000  # of a file
MIN_SIDE = 200  # px of the shorter side, after the longer one is scaled to MAX_SIDE

# Megapixels that each decoder handles within 512 MB and two seconds. Only JPEG can be decoded at a smaller size.
_MEGAPIXELS = {"JPEG": 150, "MPO": 150, "PNG": 34, "TIFF": 34, "BMP": 34, "GIF": 34, "WEBP": 24, "AVIF": 24, "HEIF": 24}
_PROGRESSIVE_MEGAPIXELS = 30  # the decoder keeps every coefficient until the last scan

_KINDS = "a JPEG, PNG, WebP, AVIF, HEIC, TIFF, GIF or BMP picture"
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")  # ISO/IEC 23008-12, B.4
_NOT_ITS_OWN = ("MPO", "HEIF")  # MPO is opened as JPEG, HEIF by libheif
_PROGRESSIVE_FRAME = b"\xff\xc2"
# The first bytes of other files, in lower case, to name their type in the error.
_OTHER_TYPES = {
    b"<svg": "an SVG drawing",
    b"<?xml": "an SVG drawing or other XML",
    b"<!doctype": "a web page",
    b"<html": "a web page",
    b"%pdf": "a PDF",
    b"8bps": "a Photoshop file",
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
    """Opens an image after checking its type, its parts, and its size in bytes and pixels. Reads only the header.

    Call it, and decode the image, inside `decoding`. Raises PhotoInvalid.
    """
    if not data:
        raise PhotoInvalid("photo", _KINDS, "an empty file")
    if len(data) > MAX_BYTES:
        raise PhotoInvalid("photo", f"at most {MAX_BYTES:,} bytes", f"{len(data):,} bytes")
    check_structure(data)
    image = _open_heif(data) if _is_heif(data) else _open(data)
    _check_size(image)
    return image


def _open(data: bytes) -> ImageFile.ImageFile:
    try:
        return Image.open(io.BytesIO(_add_missing_end(data)), formats=[kind for kind in _MEGAPIXELS if kind not in _NOT_ITS_OWN])
    except UnidentifiedImageError:
        raise PhotoInvalid("photo", _KINDS, _describe_type(data)) from None


def _is_heif(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS and b"avif" not in data[12:64]


def _open_heif(data: bytes) -> ImageFile.ImageFile:
    from pillow_heif import HeifImageFile, options  # loads libheif, which other files do not need

    options.DECODE_THREADS = 1
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    image: ImageFile.ImageFile = HeifImageFile(io.BytesIO(data))  # type: ignore[no-untyped-call]  # typed in part
    return image


def _check_size(image: ImageFile.ImageFile) -> None:
    width, height = image.size
    limit = _PROGRESSIVE_MEGAPIXELS if "progressive" in image.info else _MEGAPIXELS[image.format or ""]
    if width * height > limit * 1_000_000:
        raise PhotoInvalid("photo", f"at most {limit} megapixels in a {image.format} of its kind", f"{width} x {height} px")
    if min(width, height) * min(1, MAX_SIDE / max(width, height)) < MIN_SIDE:
        expected = f"at least {MIN_SIDE} px on the shorter side when the longer one is scaled to {MAX_SIDE} px"
        raise PhotoInvalid("photo", expected, f"{width} x {height} px")


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
        if head.startswith(mark):
            return name
    return f"a file that begins with {data[:8]!r}"
