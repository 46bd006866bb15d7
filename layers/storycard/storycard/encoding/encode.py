"""A picture into the bytes of a PNG, JPEG, WebP or AVIF that keeps to its platform's budget."""

import io
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple

from PIL import Image

from storycard.design.formats import EXTENSIONS, Format
from storycard.encoding.jpeg import write_jpeg
from storycard.encoding.png import write_png
from storycard.errors import require_known_name
from storycard.layout.scene import Rows

# Lossy qualities from an SSIM of type of 0.985 down to one of 0.96, where it begins to ring; a card beyond that is refused, not
# blurred. With each, the share of the best one's bytes that it takes: what cannot keep to a budget is passed over.
_QUALITIES = MappingProxyType({88: 1.0, 84: 0.83, 78: 0.67, 72: 0.56, 66: 0.48, 60: 0.42})
# Pillow's writer of each type. It would load its forty-odd modules to look for one that nobody has loaded.
_WRITERS = MappingProxyType({"webp": "WebP", "avif": "Avif"})


class _Settings(NamedTuple):
    """How a type is written: the settings for every quality, and those for a lossless try before, where there is one."""

    lossless: Mapping[str, Any] | None = None
    lossy: Mapping[str, Any] | None = None


# Colour at full resolution everywhere (4:4:4): red type on paper turns to mud at a quarter of it.
_FLAT = MappingProxyType(
    {
        "png": _Settings(lossless={}),
        "jpeg": _Settings(lossy={}),
        "webp": _Settings(lossless={"lossless": True, "quality": 50, "method": 2}, lossy={"method": 4}),
        "avif": _Settings(lossy={"subsampling": "4:4:4", "speed": 8, "max_threads": 1}),
    }
)
# Grain does not compress: what takes twice as long to look for less saves three bytes in a hundred.
_PHOTOGRAPHIC = MappingProxyType(
    {
        "png": _Settings(lossless={"photographic": True}),
        "jpeg": _Settings(lossy={}),
        "webp": _Settings(lossy={"method": 0}),
        "avif": _FLAT["avif"],
    }
)


class Encoded(NamedTuple):
    """A file's bytes, and the name of its type."""

    type: str
    data: bytes


class _Picture(NamedTuple):
    """What is to be written: pixels, the packet that goes with them, the row in px where a PNG is halved, and rows of ground."""

    image: Image.Image
    xmp: bytes
    middle: int
    blank: Sequence[Rows]


def encode(
    image: Image.Image,
    card_format: Format,
    image_type: str = "auto",
    *,
    photographic: bool = False,
    middle: int | None = None,
    blank: Sequence[Rows] = (),
    xmp: bytes = b"",
) -> Encoded:
    """`image` (RGB, or P when it has few colours) as `image_type`, with the packet `xmp` in it, which counts for the budget.

    `auto` is the first type the platform accepts whose bytes keep to its budget, PNG last for a `photographic` picture. A type
    asked for by name comes as small as it gets when even that breaks the budget, as a photograph does in PNG. `middle` is the
    row in px with half of what is to be compressed above it, where that is known: two cores share the work there. `blank` are
    rows of one and the same colour, where they are known: a JPEG has them written once.
    Raises UnknownName for a type that does not exist, and ValueError when `auto` finds none that keeps to the budget.
    """
    settings = _PHOTOGRAPHIC if photographic else _FLAT
    picture = _Picture(image, xmp, image.height // 2 if middle is None else middle, blank)
    if image_type != "auto":
        return list(_tries(picture, require_known_name(tuple(EXTENSIONS), image_type, "type"), settings, card_format.budget))[-1]
    # A photograph in PNG is ten times its JPEG, and takes ten times as long to write.
    types = sorted(card_format.types, key=lambda name: photographic and name == "png")
    for name in types:
        for encoded in _tries(picture, name, settings, card_format.budget):
            if len(encoded.data) <= card_format.budget:
                return encoded
    tried = ", ".join(types)
    raise ValueError(f"{card_format.name}: expected at most {card_format.budget} bytes, got more as {tried} at every quality")


def _tries(picture: _Picture, name: str, settings: Mapping[str, _Settings], budget: int) -> Iterator[Encoded]:
    """The picture as one type, best quality first, up to the first that keeps to the budget."""
    chosen = settings[name]
    if chosen.lossless is not None:
        yield (encoded := _saved(picture, name, chosen.lossless))
        if len(encoded.data) <= budget:
            return
    least = 1.0  # the share of the best quality's bytes that the budget has room for, as far as is known
    for quality, share in _QUALITIES.items() if chosen.lossy is not None else ():
        if share > least and share != min(_QUALITIES.values()):
            continue
        yield (encoded := _saved(picture, name, {"quality": quality, **chosen.lossy}))
        if len(encoded.data) <= budget:
            return
        least = share * budget / len(encoded.data)


def _saved(picture: _Picture, name: str, settings: Mapping[str, Any]) -> Encoded:
    if name == "png":
        return Encoded(name, write_png(picture.image, middle=picture.middle, xmp=picture.xmp, **settings))
    if name == "jpeg":
        return Encoded(name, write_jpeg(picture.image, xmp=picture.xmp, blank=picture.blank, **settings))
    import_module(f"PIL.{_WRITERS[name]}ImagePlugin")
    image = picture.image if picture.image.mode == "RGB" else picture.image.convert("RGB")
    out = io.BytesIO()
    image.save(out, name.upper(), xmp=picture.xmp, **settings)
    return Encoded(name, out.getvalue())
