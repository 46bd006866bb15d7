"""Converts pixels of any mode, with or without a colour profile, to opaque sRGB."""

import io

from PIL import Image, ImageCms

from storycard.errors import PhotoInvalid

_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION  # as in browsers and Photoshop


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
