"""Converts pixels of any mode, with or without a colour profile, to opaque sRGB."""

import io
import struct
from collections.abc import Sequence

from PIL import Image, ImageCms

from storycard.errors import PhotoInvalid

_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION  # as in browsers and Photoshop


# Display P3 (SMPTE EG 432-1 with D65), adapted to D50 as a profile requires (ICC.1:2022, E.3); and the curve of sRGB.
_P3_COLUMNS = ((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407))
_D50 = (0.9642, 1.0, 0.8249)
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_P3_PRIMARIES = (11, 12)  # ITU-T H.273, table 2


def colour_profile(image: Image.Image) -> bytes | None:
    """Returns the profile of an opened image: an ICC profile, or one for the Display P3 that a HEIF names by its number."""
    profile: bytes | None = image.info.get("icc_profile")
    named = image.info.get("nclx_profile") or {}
    return profile or (display_p3() if named.get("color_primaries") in _P3_PRIMARIES else None)


def display_p3() -> bytes:
    """Builds an ICC profile of Display P3: its primaries, and the curve of sRGB (ICC.1:2022, 7.2, 10.18 and 10.31)."""

    def numbers(values: Sequence[float]) -> bytes:
        return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))

    curve = b"para" + bytes(4) + b"\0\3\0\0" + numbers(_SRGB_CURVE)
    colours = [b"XYZ " + bytes(4) + numbers(column) for column in (_D50, *_P3_COLUMNS)]
    first = 128 + 4 + 7 * 12
    places = [(first + 20 * index, 20) for index in range(4)] + [(first + 80, len(curve))] * 3
    names = (b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC")
    table = b"".join(name + struct.pack(">II", *place) for name, place in zip(names, places, strict=True))
    body = struct.pack(">I", 7) + table + b"".join(colours) + curve
    head = bytes(4) + b"\2\x40\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28) + numbers(_D50)
    return struct.pack(">I", 128 + len(body)) + head + bytes(124 - len(head)) + body


def to_resizable(image: Image.Image) -> Image.Image:
    """Converts indexed and black-and-white images to a mode that Pillow can resize with good filters."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("P", "PA"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Flattens an image on white and converts it from `profile` (ICC.1) to sRGB. Ignores a broken or unsuitable profile.

    Raises PhotoInvalid for 32-bit and floating-point samples, which are measurements and not photographs.
    """
    if image.mode in ("I", "F"):
        raise PhotoInvalid("photo", "8 or 16 bits a channel", "32")
    if image.mode.startswith("I;16"):
        # Pillow's own conversion clips at 255 instead of scaling.
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        image = _flatten(image)
    in_srgb = _convert(image, profile) if profile else None
    return in_srgb or (image if image.mode == "RGB" else image.convert("RGB"))  # `convert` copies 11 MB even if the mode is RGB


def _flatten(image: Image.Image) -> Image.Image:
    mode = "L" if image.mode in ("L", "LA", "La") else "RGB"  # a grey profile applies to grey pixels only
    white = Image.new(mode, image.size, "white")
    with_alpha = image.convert("RGBA")
    white.paste(with_alpha.convert(mode), mask=with_alpha.getchannel("A"))
    return white


def _convert(image: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB", flags=_FLAGS)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # show unconverted colours, as browsers do, rather than no photograph
