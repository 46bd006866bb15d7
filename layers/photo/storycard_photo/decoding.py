"""Decodes any image file to an upright, opaque sRGB image no larger than a card can use."""

from dataclasses import dataclass
from typing import TypeVar

from PIL import Image, ImageStat

from storycard.errors import PhotoInvalid
from storycard.photo.crop import Box
from storycard.photo.regions import read_faces
from storycard.photo.rights import Rights, read_rights
from storycard.photo.stored import MAX_SIDE
from storycard_photo.colour import colour_profile, to_resizable, to_srgb
from storycard_photo.opening import decoding, open_image
from storycard_photo.tags import check_exif

_ORIENTATION = 0x0112  # EXIF
_UPRIGHT = {  # CIPA DC-008, 4.6.5.1
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_MAX_PACKET, _MAX_PROFILE = 2_000_000, 5_000_000  # bytes of XMP and of a colour profile; longer ones are ignored
_FOOT = 0.02  # share of a JPEG's height that is checked; libjpeg fills it with mid-grey if the file ends early
_MID_GREY = range(126, 131)


@dataclass(frozen=True, slots=True)
class Decoded:
    """An upright RGB image in sRGB, with the faces (in shares of the picture) and the rights from its metadata."""

    image: Image.Image
    faces: tuple[Box, ...]
    rights: Rights


def decode(data: bytes) -> Decoded:
    """Decodes the first frame, turned upright by its EXIF orientation, at most MAX_SIDE px on the longer side.

    Raises PhotoInvalid if the file is not a photograph, too small, too large, corrupt or truncated.
    """
    with decoding(data):
        image: Image.Image = open_image(data)
        is_jpeg = image.format in ("JPEG", "MPO")
        profile, packet = _short(colour_profile(image), _MAX_PROFILE), _packet(image)
        exif = _exif(image)
        faces, rights = read_faces(packet, exif.get(_ORIENTATION, 1)), read_rights(packet, exif)
        image = to_resizable(image)
        # A JPEG is decoded at a half, a quarter or an eighth of its size if that is large enough.
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        image.load()
        if is_jpeg:
            _require_foot(image)
        orientation = image.getexif().get(_ORIENTATION, 1)  # read again: Pillow and libheif turn some types while loading
        if orientation in _UPRIGHT:
            image = image.transpose(_UPRIGHT[orientation])
        return Decoded(to_srgb(image, profile), faces, rights)


def _packet(image: Image.Image) -> bytes | str | None:
    return _short(image.info.get("xmp") or image.info.get("XML:com.adobe.xmp"), _MAX_PACKET)


Text = TypeVar("Text", bytes, str)


def _short(value: Text | None, most: int) -> Text | None:
    return value if value and len(value) <= most else None


def _exif(image: Image.Image) -> Image.Exif:
    """Reads the EXIF tags after counting them; a PNG may hold them as compressed hexadecimal text."""
    profile = image.info.get("Raw profile type exif")
    check_exif(image.info.get("exif") or (bytes.fromhex("".join(profile.split("\n")[3:])) if profile else b""))
    return image.getexif()


def _require_foot(image: Image.Image) -> None:
    """Raises PhotoInvalid if the foot of a JPEG is flat mid-grey, which means that the file was truncated."""
    width, height = image.size
    foot = image.crop((0, height - max(1, round(height * _FOOT)), width, height)).convert("RGB")
    if all(low in _MID_GREY and high in _MID_GREY for low, high in ImageStat.Stat(foot).extrema):
        raise PhotoInvalid("photo", "a whole picture", "a JPEG whose lower part is missing")
