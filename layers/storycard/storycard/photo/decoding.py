"""From any image file to an upright opaque sRGB image of a size a card can use."""

from dataclasses import dataclass

from PIL import Image, ImageOps

from storycard.errors import PhotoInvalid
from storycard.photo.colour import scalable, to_srgb
from storycard.photo.crop import Box
from storycard.photo.opening import MAX_SIDE, decoding, open_image
from storycard.photo.regions import marked_faces
from storycard.photo.rights import Rights, marked_rights

_ORIENTATION = 0x0112  # EXIF
_MISSING = 0.02  # of a JPEG's height in flat mid-grey, which is what libjpeg paints where a file ends early
_MID_GREY = range(126, 131)


@dataclass(frozen=True, slots=True)
class Decoded:
    """An upright RGB image in sRGB, the faces its file marks, in shares of it, and whose it is."""

    image: Image.Image
    faces: tuple[Box, ...]
    rights: Rights


def decode(data: bytes) -> Decoded:
    """The first frame, upright by its EXIF orientation, at most MAX_SIDE px on the longer side.

    Raises PhotoInvalid for what is no photograph, too small, too large, broken or cut off.
    """
    with decoding(data):
        image: Image.Image = open_image(data)
        is_jpeg = image.format in ("JPEG", "MPO")
        profile = image.info.get("icc_profile")
        packet, exif = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp"), image.getexif()
        faces, rights = marked_faces(packet, exif.get(_ORIENTATION, 1)), marked_rights(packet, exif)
        image = scalable(image)
        # A JPEG decodes at half, a quarter or an eighth of its size where that leaves enough.
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        image.load()
        if is_jpeg:
            _check_whole(image)
        ImageOps.exif_transpose(image, in_place=True)
        return Decoded(to_srgb(image, profile), faces, rights)


def _check_whole(image: Image.Image) -> None:
    width, height = image.size
    foot = image.crop((0, height - max(1, round(height * _MISSING)), width, height)).convert("RGB")
    if all(low in _MID_GREY and high in _MID_GREY for low, high in foot.getextrema()):
        raise PhotoInvalid("photo", "a whole picture", "a JPEG whose lower part is missing")
