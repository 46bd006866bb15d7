"""From pixels of any mode, with or without a colour profile, to opaque sRGB."""

import io

from PIL import Image, ImageCms

from storycard.errors import PhotoInvalid


def scalable(image: Image.Image) -> Image.Image:
    """The image in a mode that can be scaled with good filters: indexed colours and black-and-white spelt out."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("P", "PA"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """An RGB image in sRGB: flattened on white, then converted from `profile` (ICC.1) unless it is broken or of another kind.

    Raises PhotoInvalid for 32-bit and floating-point samples: measurements, not photographs.
    """
    if image.mode in ("I", "F"):
        raise PhotoInvalid("photo", "8 or 16 bits a channel", "32")
    if image.mode.startswith("I;16"):
        # Pillow's own conversion clips at 255 instead of scaling.
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        image = _flattened(image)
    in_srgb = _converted(image, profile) if profile else None
    return in_srgb or (image if image.mode == "RGB" else image.convert("RGB"))  # Pillow would copy 11 MB


def _flattened(image: Image.Image) -> Image.Image:
    mode = "L" if image.mode in ("L", "LA", "La") else "RGB"  # a grey profile fits grey pixels only
    ground = Image.new(mode, image.size, "white")
    with_alpha = image.convert("RGBA")
    ground.paste(with_alpha.convert(mode), mask=with_alpha.getchannel("A"))
    return ground


def _converted(image: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB", flags=_FLAGS)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # better the colours a browser shows than no photograph


_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION  # as browsers and Photoshop convert
