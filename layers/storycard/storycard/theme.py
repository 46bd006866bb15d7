"""`assets/themes/*.toml` into Theme values: the colours, type and grid that make cards a family, checked key by key."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from storycard.errors import AssetInvalid, shown
from storycard.text.style import FontStyle, TextStyle
from storycard.toml_table import toml_table

ROLES = ("kicker", "headline", "deck", "bullet", "quote", "speaker", "speaker_role", "brand", "date")


@dataclass(frozen=True, slots=True)
class Role:
    """How one part of a card is set. Sizes are px on a card 1080 px wide; `capitals` sets scripts that have them in capitals."""

    style: TextStyle
    min_px: int
    max_px: int
    max_lines: int
    colour: str
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Ornament:
    """A rule: its thickness and length in px on a card 1080 px wide; length 0 runs across the text's whole width."""

    px: int
    length: int
    colour: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A design as data. Lengths are px on a card 1080 px wide; `margin` is a share of the short side; colours are #rrggbb."""

    name: str
    title: str
    ground: str
    margin: float
    gaps: tuple[int, ...]  # three steps, small to large: all space between parts
    scale: tuple[int, ...]  # the sizes of type there are
    roles: Mapping[str, Role]
    ornaments: Mapping[str, Ornament]
    brand: str
    mark: str
    mark_px: int
    overrides: Mapping[str, Mapping[str, Mapping[str, int]]]  # by format, by role: min_px, max_px, max_lines
    digest: str

    def role(self, name: str, format_name: str) -> Role:
        """The role as set in one format."""
        changes = self.overrides.get(format_name, {}).get(name)
        return replace(self.roles[name], **changes) if changes else self.roles[name]

    def sizes(self, role: Role, scale: float) -> tuple[int, ...]:
        """The steps of the type scale that `role` may take, in px on a card `scale` times 1080 px wide."""
        return tuple(round(step * scale) for step in self.scale if role.min_px <= step <= role.max_px)


def load_theme(path: Path) -> Theme:
    """The theme of one TOML file, named after it. Raises AssetInvalid saying which key needs what."""
    document = path.read_bytes()
    table = _Table(path.name, "", toml_table(document, path.name))
    colours = table.table("colours")
    scale = table.numbers("scale")
    fonts = table.table("families").texts()
    roles = {name: _role(table.table("roles").table(name), colours, fonts) for name in ROLES}
    for name, role in roles.items():
        if not any(role.min_px <= step <= role.max_px for step in scale):
            raise AssetInvalid(
                f"{path.name}: roles.{name}", "a step of scale between min_px and max_px", f"{role.min_px} to {role.max_px}"
            )
    ornaments = table.table("ornaments")
    return Theme(
        name=path.stem,
        title=table.text("title"),
        ground=_colour(colours, "ground"),
        margin=table.number("margin"),
        gaps=table.numbers("gaps"),
        scale=scale,
        roles=MappingProxyType(roles),
        ornaments=MappingProxyType({name: _ornament(ornaments.table(name), colours) for name in ornaments.values}),
        brand=table.text("brand"),
        mark=table.text("mark"),
        mark_px=table.whole("mark_px"),
        overrides=_overrides(table.table("formats", {})),
        digest=hashlib.sha256(document).hexdigest(),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """One TOML table with its place, so that every complaint can say where."""

    file: str
    path: str
    values: dict[str, Any]

    def get(self, key: str, fits: Callable[[Any], bool], expected: str, default: Any = None) -> Any:
        got = self.values.get(key, default)
        if not fits(got):
            raise AssetInvalid(f"{self.file}: {self.path}{key}", expected, shown(got))
        return got

    def text(self, key: str, default: str | None = None) -> str:
        return self.get(key, lambda got: isinstance(got, str) and got != "", "text", default)

    def whole(self, key: str, default: int | None = None) -> int:
        return self.get(key, lambda got: type(got) is int and got >= 0, "a whole number, 0 or more", default)

    def number(self, key: str, default: float | None = None) -> float:
        return self.get(key, lambda got: type(got) in (int, float), "a number", default)

    def numbers(self, key: str) -> tuple[int, ...]:
        rising = "whole numbers, rising"
        return tuple(
            self.get(
                key,
                lambda got: isinstance(got, list) and bool(got) and all(type(n) is int for n in got) and got == sorted(got),
                rising,
            )
        )

    def table(self, key: str, default: dict | None = None) -> "_Table":
        return _Table(self.file, f"{self.path}{key}.", self.get(key, lambda got: isinstance(got, dict), "a table", default))

    def texts(self) -> dict[str, str]:
        return {key: self.text(key) for key in self.values}


def _role(table: _Table, colours: _Table, fonts: Mapping[str, str]) -> Role:
    family = table.get("family", lambda got: got in fonts, "one of families: " + ", ".join(fonts))
    font = FontStyle(
        fonts[family], table.whole("weight", 400), table.get("italic", lambda got: isinstance(got, bool), "true or false", False)
    )
    tracking, word_space = table.number("tracking", 0.0), table.number("word_space", 0.0)
    return Role(
        style=TextStyle(font, tracking=tracking, word_space=word_space, leading=table.number("leading", 1.2)),
        min_px=table.whole("min_px"),
        max_px=table.whole("max_px"),
        max_lines=table.whole("max_lines", 1),
        colour=_colour(colours, table.text("colour", "ink")),
        capitals=table.get("capitals", lambda got: isinstance(got, bool), "true or false", False),
    )


def _ornament(table: _Table, colours: _Table) -> Ornament:
    return Ornament(table.whole("px"), table.whole("length", 0), _colour(colours, table.text("colour", "ink")))


def _overrides(table: _Table) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    def changes(role: _Table) -> Mapping[str, int]:
        allowed = ("min_px", "max_px", "max_lines")
        for key in role.values:
            if key not in allowed:
                raise AssetInvalid(f"{role.file}: {role.path}{key}", "one of " + ", ".join(allowed), key)
        return MappingProxyType({key: role.whole(key) for key in role.values})

    return MappingProxyType(
        {
            name: MappingProxyType({role: changes(table.table(name).table(role)) for role in table.table(name).values})
            for name in table.values
        }
    )


def _colour(colours: _Table, name: str) -> str:
    def is_colour(got: Any) -> bool:
        return (
            isinstance(got, str)
            and len(got) == 7
            and got[0] == "#"
            and all(digit in "0123456789abcdefABCDEF" for digit in got[1:])
        )

    return colours.get(name, is_colour, "a colour such as '#1a2b3c'")
