"""Encodes an image as PNG, JPEG, WebP or AVIF within the byte budget of its platform."""

import io
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple

from PIL import Image

from storycard.design.formats import EXTENSIONS, Format
from storycard.encoding.jpeg import write_indexed_jpeg
from storycard.encoding.palette import with_few_colours
from storycard.encoding.png import write_png
from storycard.errors import require_known_name

# Lossy qualities, and each one's share of the bytes of the best: a quality that cannot meet the budget is skipped. The SSIM of
# text is 0.985 at the best and 0.96 at the worst, where ringing starts. A card that is still too large is refused.
_QUALITIES = MappingProxyType({88: 1.0, 84: 0.83, 78: 0.67, 72: 0.56, 66: 0.48, 60: 0.42})
_LESS_FOR_TEXT = 2  # steps of quality that JPEGs without a photograph do without, which saves 4 % of their bytes
# The Pillow module that reads and writes each type. Pillow imports all of its forty modules when the one it needs is missing.
PLUGINS = MappingProxyType(
    {name: f"PIL.{plugin}ImagePlugin" for name, plugin in (("png", "Png"), ("jpeg", "Jpeg"), ("webp", "WebP"), ("avif", "Avif"))}
)


class _Settings(NamedTuple):
    """The encoder settings of a type: for one lossless attempt, and for the lossy attempts after it. None means no attempt."""

    lossless: Mapping[str, Any] | None = None
    lossy: Mapping[str, Any] | None = None


# Chroma is never subsampled (4:4:4): at a quarter of the resolution, red text on a light background looks muddy.
_INDEXED = MappingProxyType(
    {
        "png": _Settings(lossless={}),
        "jpeg": _Settings(lossy={"subsampling": "4:4:4"}),
        "webp": _Settings(lossless={"lossless": True, "quality": 50, "method": 2}, lossy={"method": 4}),
        "avif": _Settings(lossy={"subsampling": "4:4:4", "speed": 8, "max_threads": 1}),
    }
)
# Slower WebP methods take twice as long to make a photograph with film grain 3 % smaller.
_PHOTOGRAPHIC = MappingProxyType(
    {
        "png": _Settings(lossless={"photographic": True}),
        "jpeg": _INDEXED["jpeg"],
        "webp": _Settings(lossy={"method": 0}),
        "avif": _INDEXED["avif"],
    }
)


class Encoded(NamedTuple):
    """An encoded file and its type, such as "png"."""

    type: str
    data: bytes


def encode(
    image: Image.Image,
    card_format: Format,
    image_type: str = "auto",
    *,
    photographic: bool = False,
    solid: frozenset[int] = frozenset(),
    xmp: bytes = b"",
) -> Encoded:
    """Encodes `image` (mode RGB or P) as `image_type`, with the XMP packet `xmp` in it, which counts towards the budget.

    A lossless encoder may merge similar colours of a palette, except those with the indices in `solid`.
    `auto` chooses the first type of the platform that meets its budget in bytes; PNG is last for a `photographic` image.
    A type requested by name is returned at its lowest quality even when that exceeds the budget, as a photograph in PNG does.
    Raises UnknownName for an unknown type, and ValueError when `auto` finds no type that meets the budget.
    """
    settings = _PHOTOGRAPHIC if photographic else _INDEXED
    budget = card_format.budget
    if image_type != "auto":
        name = require_known_name(tuple(EXTENSIONS), image_type, "type")
        return list(_attempts(image, name, settings[name], budget, solid, xmp))[-1]
    types = types_in_order(card_format, photographic=photographic)
    for name in types:
        for encoded in _attempts(image, name, settings[name], budget, solid, xmp):
            if len(encoded.data) <= budget:
                return encoded
    tried = ", ".join(types)
    raise ValueError(f"{card_format.name}: expected at most {budget} bytes, got more as {tried} at every quality")


def types_in_order(card_format: Format, *, photographic: bool) -> list[str]:
    """Returns the types of the platform, the preferred one first."""
    # A photograph takes ten times as many bytes in PNG as in JPEG, and ten times as long to encode.
    return sorted(card_format.types, key=lambda name: photographic and name == "png")


def _attempts(
    image: Image.Image, name: str, settings: _Settings, budget: int, solid: frozenset[int], xmp: bytes
) -> Iterator[Encoded]:
    """Yields the image as one type, best quality first, until one meets the budget."""
    if settings.lossless is not None:
        fewer = with_few_colours(image, solid) if image.mode == "P" else image
        yield (encoded := _write(fewer, name, settings.lossless, xmp))
        if len(encoded.data) <= budget:
            return
    if settings.lossy is None:
        return
    affordable = 1.0  # the estimated share of the best quality's bytes that the budget allows
    for quality, share in _QUALITIES.items():
        if share > affordable and share != min(_QUALITIES.values()):
            continue
        yield (encoded := _write(image, name, {"quality": quality, **settings.lossy}, xmp))
        if len(encoded.data) <= budget:
            return
        affordable = share * budget / len(encoded.data)


def _write(image: Image.Image, name: str, settings: Mapping[str, Any], xmp: bytes) -> Encoded:
    if name == "png":
        return Encoded(name, write_png(image, xmp=xmp, **settings))
    import_module(PLUGINS[name])
    if name == "jpeg" and image.mode == "P":
        quality = max(min(_QUALITIES), settings["quality"] - _LESS_FOR_TEXT)
        return Encoded(name, write_indexed_jpeg(image, quality=quality, xmp=xmp))
    out = io.BytesIO()
    (image if image.mode == "RGB" else image.convert("RGB")).save(out, name.upper(), xmp=xmp, **settings)
    return Encoded(name, out.getvalue())
