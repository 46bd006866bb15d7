"""Decodes any image file to an upright, opaque sRGB image no larger than a card can use."""

from dataclasses import dataclass

from PIL import Image, ImageOps, ImageStat

from storycard.errors import PhotoInvalid
from storycard.photo.colour import to_resizable, to_srgb
from storycard.photo.crop import Box
from storycard.photo.opening import MAX_SIDE, decoding, open_image
from storycard.photo.regions import read_faces
from storycard.photo.rights import Rights, read_rights

_ORIENTATION = 0x0112  # EXIF
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
        profile = image.info.get("icc_profile")
        packet, exif = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp"), image.getexif()
        faces, rights = read_faces(packet, exif.get(_ORIENTATION, 1)), read_rights(packet, exif)
        image = to_resizable(image)
        # A JPEG is decoded at a half, a quarter or an eighth of its size if that is large enough.
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        image.load()
        if is_jpeg:
            _require_foot(image)
        ImageOps.exif_transpose(image, in_place=True)
        return Decoded(to_srgb(image, profile), faces, rights)


def _require_foot(image: Image.Image) -> None:
    """Raises PhotoInvalid if the foot of a JPEG is flat mid-grey, which means that the file was truncated."""
    width, height = image.size
    foot = image.crop((0, height - max(1, round(height * _FOOT)), width, height)).convert("RGB")
    if all(low in _MID_GREY and high in _MID_GREY for low, high in ImageStat.Stat(foot).extrema):
        raise PhotoInvalid("photo", "a whole picture", "a JPEG whose lower part is missing")
