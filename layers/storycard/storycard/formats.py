"""`assets/formats.toml` into Format values: the sizes, safe zones, byte budgets and types of the platforms."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from storycard.errors import AssetInvalid, UnknownName, shown
from storycard.toml_table import toml_table

KINDS = ("headline", "bullet", "quote")

# Image types by name: the extension in file names and URLs, and the media type in HTTP.
EXTENSIONS = MappingProxyType({"png": "png", "jpeg": "jpg", "webp": "webp", "avif": "avif"})
MEDIA_TYPES = MappingProxyType({name: f"image/{name}" for name in EXTENSIONS})
TYPES_BY_EXTENSION = MappingProxyType({extension: name for name, extension in EXTENSIONS.items()})


@dataclass(frozen=True, slots=True)
class SafeZone:
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


def load_formats(path: Path) -> Mapping[str, Format]:
    """All formats of a TOML file, in its order. Raises AssetInvalid naming table and key."""
    tables = toml_table(path.read_bytes(), path.name)
    return MappingProxyType({name: _format(name, table, path.name) for name, table in tables.items()})


def named(names: Mapping[str, object] | tuple[str, ...], name: str, field: str) -> str:
    """`name` if it is one of `names`. Raises UnknownName for `field`, listing what there is."""
    if name not in names:
        raise UnknownName(field, "one of " + ", ".join(names), shown(name))
    return name


def _format(name: str, table: Mapping[str, object], file: str) -> Format:
    def value(key: str, kind: type, expected: str) -> object:
        got = table.get(key)
        if not isinstance(got, kind) or (kind is int and got <= 0):
            raise AssetInvalid(f"{file}: {name}.{key}", expected, shown(got))
        return got

    safe = value("safe", dict, "a table of top, right, bottom, left in px")
    for side in ("top", "right", "bottom", "left"):
        if not isinstance(safe.get(side), int) or safe[side] < 0:
            raise AssetInvalid(f"{file}: {name}.safe.{side}", "px, 0 or more", shown(safe.get(side)))
    types = value("types", list, "a list of image types")
    for index, image_type in enumerate(types):
        if image_type not in EXTENSIONS:
            raise AssetInvalid(f"{file}: {name}.types[{index}]", "one of " + ", ".join(EXTENSIONS), shown(image_type))
    return Format(
        name=name,
        title=value("title", str, "text"),
        width=value("width", int, "px above 0"),
        height=value("height", int, "px above 0"),
        safe=SafeZone(safe["top"], safe["right"], safe["bottom"], safe["left"]),
        budget=value("budget", int, "bytes above 0"),
        types=tuple(types),
        source=value("source", str, "where the numbers come from"),
    )
