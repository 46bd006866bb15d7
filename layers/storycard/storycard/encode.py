"""A picture into the bytes of a PNG, JPEG, WebP or AVIF that keeps to its platform's budget."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from PIL import Image

from storycard.formats import EXTENSIONS, Format, named

# Lossy qualities from what no eye tells apart down to where type begins to ring; a card beyond that is refused, not blurred.
_QUALITIES = (92, 88, 84, 78, 72, 66, 60)

# Colour at full resolution everywhere (4:4:4): red type on paper turns to mud at a quarter of it.
_SETTINGS: Mapping[str, tuple[Mapping[str, Any], ...]] = MappingProxyType(
    {
        "png": ({"compress_level": 4},),
        "jpeg": tuple({"quality": quality, "subsampling": "4:4:4", "optimize": True} for quality in _QUALITIES),
        "webp": ({"lossless": True, "quality": 50, "method": 2}, *({"quality": quality, "method": 4} for quality in _QUALITIES)),
        "avif": tuple({"quality": quality, "subsampling": "4:4:4", "speed": 8, "max_threads": 1} for quality in _QUALITIES),
    }
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file's bytes, and the name of its type."""

    type: str
    data: bytes


def encode(image: Image.Image, card_format: Format, image_type: str = "auto", *, photographic: bool = False) -> Encoded:
    """`image` (RGB, or P when it has few colours) as `image_type`.

    `auto` is the first type the platform accepts whose bytes keep to its budget, PNG last for a `photographic` picture. A type
    asked for by name comes as small as it gets when even that breaks the budget, as a photograph does in PNG.
    Raises UnknownName for a type that does not exist, and ValueError when `auto` finds none that keeps to the budget.
    """
    if image_type != "auto":
        return list(_tries(image, named(tuple(EXTENSIONS), image_type, "type"), card_format.budget))[-1]
    # A photograph in PNG is ten times its JPEG, and takes ten times as long to write.
    types = sorted(card_format.types, key=lambda name: photographic and name == "png")
    for name in types:
        for encoded in _tries(image, name, card_format.budget):
            if len(encoded.data) <= card_format.budget:
                return encoded
    tried = ", ".join(types)
    raise ValueError(f"{card_format.name}: expected at most {card_format.budget} bytes, got more as {tried} at every quality")


def _tries(image: Image.Image, name: str, budget: int) -> Iterator[Encoded]:
    """The picture as one type, best quality first, up to the first that keeps to the budget."""
    if image.mode == "P" and name != "png":
        image = image.convert("RGB")
    for settings in _SETTINGS[name]:
        out = io.BytesIO()
        try:
            image.save(out, name.upper(), **settings)
        except OSError:  # an optimised JPEG of more than a byte a pixel outgrows Pillow's buffer: a lower quality will not
            continue
        yield Encoded(name, out.getvalue())
        if out.tell() <= budget:
            return
