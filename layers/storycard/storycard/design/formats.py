"""`assets/formats.toml` into Format values: the sizes, safe zones, byte budgets and types of the platforms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from storycard.toml_reader import Table, toml_table

KINDS = ("headline", "bullet", "quote")  # a set, when nobody asks otherwise
CAROUSEL = "carousel"  # on request only: its slides are the kinds carousel-1 to carousel-12
MOST_SLIDES = 12
_NAME = re.compile(r"[a-z][a-z0-9]{0,31}")
_SLIDE = re.compile(r"carousel-([1-9]|1[0-2])")

# Image types by name: the extension in file names and URLs, and the media type in HTTP.
EXTENSIONS = MappingProxyType({"png": "png", "jpeg": "jpg", "webp": "webp", "avif": "avif"})
MEDIA_TYPES = MappingProxyType({name: f"image/{name}" for name in EXTENSIONS})
FRAMES = ("plain", "link", "post", "feed", "story", "pin")
TYPES_BY_EXTENSION = MappingProxyType({extension: name for name, extension in EXTENSIONS.items()})


class SafeZone(NamedTuple):
    """Margins in px that a platform covers with its own controls."""

    top: int
    right: int
    bottom: int
    left: int


@dataclass(frozen=True, slots=True)
class Format:
    """One platform's picture: size in px, budget in bytes, types in the order `auto` tries them."""

    name: str
    title: str
    width: int
    height: int
    safe: SafeZone
    budget: int
    types: tuple[str, ...]
    source: str
    alt: int  # UTF-16 units of alternative text: the most that every place it is posted to takes
    alt_source: str
    frame: str  # how the Studio shows it: one of FRAMES


def load_formats(path: Path) -> Mapping[str, Format]:
    """All formats of a TOML file, in its order. Raises AssetInvalid naming table and key."""
    table = Table(path.name, toml_table(path.read_bytes(), path.name))
    return MappingProxyType({name: _format(name, values, table) for name, values in table.tables().items()})


def is_kind(name: str) -> bool:
    """Whether a card can be of this kind: one of KINDS, or a slide of a carousel."""
    return name in KINDS or _SLIDE.fullmatch(name) is not None


def slide_number(kind: str) -> int | None:
    """Which slide of a carousel a kind is, from 1; None for any other kind."""
    slide = _SLIDE.fullmatch(kind)
    return int(slide[1]) if slide else None


def _format(name: str, table: Table, formats: Table) -> Format:
    if not _NAME.fullmatch(name):  # it stands in URLs and file names
        raise formats.wrong(name, "a name of small letters and digits", repr(name))
    table.only("title", "width", "height", "safe", "budget", "types", "source", "alt", "alt_source", "frame")
    safe = table.table("safe")
    safe.only("top", "right", "bottom", "left")
    margins = SafeZone(**{side: safe.whole(side) for side in ("top", "right", "bottom", "left")})
    width, height = (int(table.number(side, 200, 4096)) for side in ("width", "height"))
    if margins.left + margins.right > width / 2 or margins.top + margins.bottom > height / 2:
        raise table.wrong("safe", "half of the card's width and height left free", f"{margins}")
    types = table.choices("types", EXTENSIONS)
    if not types:
        raise table.wrong("types", "at least one image type", "none")
    return Format(
        name=name,
        title=table.text("title"),
        width=width,
        height=height,
        safe=margins,
        budget=table.get("budget", lambda got: type(got) is int and got > 0, "bytes above 0"),
        types=types,
        source=table.text("source"),
        alt=int(table.number("alt", 100, 10_000)),
        alt_source=table.text("alt_source"),
        frame=table.choice("frame", FRAMES, "plain"),
    )
