"""Scales a card down to a thumbnail, in few bytes rather than in the best quality."""

import io
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from PIL import Image

from storycard.design.formats import EXTENSIONS, Format
from storycard.encoding.encode import PLUGINS, Encoded, types_in_order
from storycard.encoding.png import write_png
from storycard.errors import require_known_name

COLOURS = 64  # of a PNG; more take up to twice the bytes, and a picture of 400 px hardly shows the difference
_LOSSY: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "jpeg": {"quality": 70, "subsampling": "4:2:0", "optimize": True},
        "webp": {"quality": 70, "method": 4},
        "avif": {"quality": 55, "speed": 8, "max_threads": 1},
    }
)


def scale_card(data: bytes, width: int, image_type: str) -> bytes:
    """Returns the card in `data`, of any type, as `image_type` and at most `width` px wide.

    A narrower card keeps its size. Metadata is left out. Raises OSError for a broken file.
    """
    for plugin in PLUGINS.values():  # Image.open would import all of Pillow's plugins to find the one of WebP
        import_module(plugin)
    with Image.open(io.BytesIO(data), formats=[name.upper() for name in PLUGINS]) as card:
        size = _scaled_size(card, width)
        card.draft("RGB", size)  # decodes a JPEG at half or a quarter of its size, in a third of the time
        return _write_scaled(card, size, image_type)


def encode_scaled(image: Image.Image, width: int, card_format: Format, image_type: str, *, photographic: bool) -> Encoded:
    """Encodes a painted card (mode RGB or P) at most `width` px wide, which is faster than to scale its file.

    `auto` is the type that the platform prefers, since every thumbnail meets its budget. Raises UnknownName for an unknown type.
    """
    if image_type == "auto":
        image_type = types_in_order(card_format, photographic=photographic)[0]
    name = require_known_name(tuple(EXTENSIONS), image_type, "type")
    return Encoded(name, _write_scaled(image, _scaled_size(image, width), name))


def _scaled_size(image: Image.Image, width: int) -> tuple[int, int]:
    return min(width, image.width), max(1, round(image.height * min(1, width / image.width)))


def _write_scaled(card: Image.Image, size: tuple[int, int], image_type: str) -> bytes:
    # Averaging whole blocks first halves the time, and the eye sees no difference from Lanczos alone.
    image = card.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=1.0)
    if image_type == "png":
        return write_png(image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE))
    import_module(PLUGINS[image_type])
    out = io.BytesIO()
    image.save(out, image_type.upper(), **_LOSSY[image_type])
    return out.getvalue()
