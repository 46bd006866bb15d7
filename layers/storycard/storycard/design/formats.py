"""Reads `assets/formats.toml`: the sizes, safe zones, byte budgets and image types of the platforms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from storycard.toml_reader import Table, read_table

_NAME = re.compile(r"[a-z][a-z0-9]{0,31}")
_MAX_BUDGET = 100_000_000  # bytes

# Image types by name: the extension in file names and URLs, and the media type in HTTP.
EXTENSIONS = MappingProxyType({"png": "png", "jpeg": "jpg", "webp": "webp", "avif": "avif"})
MEDIA_TYPES = MappingProxyType({name: f"image/{name}" for name in EXTENSIONS})
TYPES_BY_EXTENSION = MappingProxyType({extension: name for name, extension in EXTENSIONS.items()})

FRAMES = ("plain", "link", "post", "feed", "story", "pin")  # how the Studio shows a card


class SafeZone(NamedTuple):
    """Margins in px that a platform covers with its own controls."""

    top: int
    right: int
    bottom: int
    left: int


@dataclass(frozen=True, slots=True)
class Format:
    """The size, margins, byte budget and image types of one platform's picture."""

    name: str
    title: str
    destination: str  # where people post it, for the Studio
    width: int  # px
    height: int  # px
    safe: SafeZone
    budget: int  # bytes
    types: tuple[str, ...]  # in the order in which the image type `auto` tries them
    alt: int  # UTF-16 units of alternative text: the lowest limit of all places the card is posted to
    frame: str  # one of FRAMES


def load_formats(path: Path) -> Mapping[str, Format]:
    """Returns all formats of a TOML file by name, in the file's order. Raises AssetInvalid naming table and key."""
    root = read_table(path.read_bytes(), path.name)
    return MappingProxyType({name: _read_format(name, table, root) for name, table in root.tables().items()})


def _read_format(name: str, table: Table, root: Table) -> Format:
    if not _NAME.fullmatch(name):  # it is part of URLs and file names
        raise root.wrong(name, "a name of small letters and digits", repr(name))
    table.only("title", "destination", "width", "height", "safe", "budget", "types", "source", "alt", "alt_source", "frame")
    width, height = (table.whole(side, low=200, high=4096) for side in ("width", "height"))
    types = table.choices("types", EXTENSIONS)
    if not types:
        raise table.wrong("types", "at least one image type", "none")
    for key in ("source", "alt_source"):
        table.text(key)  # required, so that every number can be checked
    return Format(
        name=name,
        title=table.text("title"),
        destination=table.text("destination"),
        width=width,
        height=height,
        safe=_read_safe_zone(table, width, height),
        budget=table.whole("budget", low=1, high=_MAX_BUDGET),
        types=types,
        alt=table.whole("alt", low=100, high=10_000),
        frame=table.choice("frame", FRAMES, "plain"),
    )


def _read_safe_zone(table: Table, width: int, height: int) -> SafeZone:
    safe = table.table("safe")
    safe.only(*SafeZone._fields)
    zone = SafeZone(safe.whole("top"), safe.whole("right"), safe.whole("bottom"), safe.whole("left"))
    if zone.left + zone.right > width / 2 or zone.top + zone.bottom > height / 2:
        raise table.wrong("safe", "half of the card's width and height left free", f"{zone}")
    return zone
