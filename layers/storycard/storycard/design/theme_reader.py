"""Reads themes from `assets/themes/*.toml`. Refuses keys that are missing or misspelt, and colours that cannot be read."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from storycard.design import contrast
from storycard.design.kinds import KINDS
from storycard.design.theme import (
    ANCHORS,
    MIN_FONT_PX,
    OPTIONAL_ROLES,
    ORNAMENTS,
    PLACEMENTS,
    ROLES,
    SHAPES,
    Ornament,
    PhotoStyle,
    Placement,
    Role,
    Theme,
)
from storycard.text.style import FontStyle, TextStyle
from storycard.toml_reader import Table, merge, parse_toml

_THEME_KEYS = (
    *("title", "extends", "anchor", "mark_px", "margin", "gaps", "scale"),
    *("families", "colours", "roles", "ornaments", "strip", "photo", "formats", "sections"),
)
_ROLE_KEYS = (
    *("family", "weight", "italic", "tracking", "word_space", "leading"),
    *("min_px", "max_px", "max_lines", "colour", "capitals", "fill"),
)


def read_theme(name: str, values: Mapping[str, object], file: str) -> Theme:
    """Builds the theme of a parsed TOML table. Raises AssetInvalid naming `file`, the key and what it needs."""
    table = Table(file, values)
    table.only(*_THEME_KEYS)
    colours, formats = table.table("colours"), table.table("formats", {})
    scale = table.ascending("scale")
    roles = _read_roles(table, colours, scale)
    ornaments = table.table("ornaments", {})
    ornaments.only(*ORNAMENTS)
    theme = Theme(
        name=name,
        title=table.text("title"),
        background=colours.colour("ground"),
        margin=table.number("margin", 0.02, 0.2),
        gaps=_read_gaps(table),
        scale=scale,
        anchor=table.choice("anchor", ANCHORS, "top"),
        roles=MappingProxyType(roles),
        ornaments=MappingProxyType({key: _read_ornament(value, colours) for key, value in ornaments.tables().items()}),
        logo_px=table.whole("mark_px"),
        footer_fill=_read_colour(table, "strip", colours),
        photo=_read_photo_style(table.table("photo", {})),
        overrides=_read_overrides(formats, roles, scale),
        photo_overrides=_read_photo_overrides(formats),
        digest=hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest(),
    )
    _check_contrasts(theme, table)
    return theme


def load_theme_tables(folder: Path) -> dict[str, dict[str, object]]:
    """Returns the tables of all themes of a folder by name, each merged with the theme it extends.

    Raises AssetInvalid for a theme that extends itself, directly or not, or one that does not exist.
    """
    own = {path.stem: parse_toml(path.read_bytes(), path.name) for path in sorted(folder.glob("*.toml"))}
    return {name: _extend(name, own, ()) for name in own}


def load_theme_table(path: Path, themes: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """Returns the table of one theme file, merged with the one of `themes` that it extends. Raises AssetInvalid."""
    own = parse_toml(path.read_bytes(), path.name)
    if "extends" not in own:
        return own
    others = [name for name in themes if name != path.stem]
    return merge(themes[Table(path.name, own).choice("extends", others)], own)


def _extend(name: str, own: Mapping[str, dict[str, object]], path: tuple[str, ...]) -> dict[str, object]:
    """Merges a theme with its bases; `path` has the themes that extend it, none of which it may extend in turn."""
    if "extends" not in own[name]:
        return own[name]
    others = [other for other in own if other not in (*path, name)]
    base = Table(f"{name}.toml", own[name]).choice("extends", others)
    return merge(_extend(base, own, (*path, name)), own[name])


def _check_contrasts(theme: Theme, table: Table) -> None:
    """Raises AssetInvalid for a role that cannot be read on its background (WCAG 2.2, 1.4.3)."""
    for name, role in theme.roles.items():
        required = contrast.required_ratio(role.min_px, 1080)
        got = contrast.ratio(role.colour, theme.background_of(name))
        if got < required:
            expected = f"a contrast of {required:g}:1 with {theme.background_of(name)} behind it"
            raise table.table("roles").wrong(f"{name}.colour", expected, f"{got:.2f}:1")


def _read_gaps(table: Table) -> tuple[int, ...]:
    gaps = table.ascending("gaps")
    if len(gaps) != 3:
        raise table.wrong("gaps", "three whole numbers in ascending order", f"{len(gaps)}")
    return gaps


def _read_roles(table: Table, colours: Table, scale: tuple[int, ...]) -> dict[str, Role]:
    families, role_tables = table.table("families").texts(), table.table("roles")
    role_tables.only(*ROLES, *OPTIONAL_ROLES)
    roles = {name: _read_role(role_tables.table(name), colours, families, scale) for name in ROLES}
    for name, default in OPTIONAL_ROLES.items():
        given = name in role_tables
        roles[name] = _read_role(role_tables.table(name), colours, families, scale) if given else roles[default]
    return roles


def _read_role(table: Table, colours: Table, families: Mapping[str, str], scale: tuple[int, ...]) -> Role:
    table.only(*_ROLE_KEYS)
    family = families[table.choice("family", families)]
    role = Role(
        style=TextStyle(
            FontStyle(family, table.whole("weight", 400, low=1, high=1000), table.flag("italic")),
            tracking=table.number("tracking", -0.1, 0.5, 0.0),
            word_space=table.number("word_space", -0.1, 0.5, 0.0),
            leading=table.number("leading", 0.8, 2.5, 1.2),
        ),
        min_px=_read_min_px(table),
        max_px=table.whole("max_px"),
        max_lines=table.whole("max_lines", 1),
        colour=_read_colour(table, "colour", colours, "ink"),
        capitals=table.flag("capitals"),
        fill=_read_colour(table, "fill", colours),
    )
    _check_scale(role, scale, table)
    return role


def _read_min_px(table: Table, default: int | None = None) -> int:
    size = table.whole("min_px", default)
    if size < MIN_FONT_PX:
        raise table.wrong("min_px", f"{MIN_FONT_PX} or more, which a feed 400 px wide shows at 9 px", f"{size}")
    return size


def _check_scale(role: Role, scale: tuple[int, ...], table: Table) -> None:
    if not any(role.min_px <= step <= role.max_px for step in scale):
        raise table.wrong("max_px", "a step of scale from min_px to max_px", f"{role.min_px} to {role.max_px}")


def _read_colour(table: Table, key: str, colours: Table, default: str = "") -> str:
    """Returns the value of the colour that `table` names, "" if it names none and there is no default."""
    name = table.text(key, default)
    return colours.colour(name) if name else ""


def _read_ornament(table: Table, colours: Table) -> Ornament:
    table.only("px", "length", "colour", "bleed")
    colour = _read_colour(table, "colour", colours, "ink")
    return Ornament(table.whole("px"), table.whole("length", 0), colour, table.flag("bleed"))


def _read_photo_style(table: Table) -> PhotoStyle:
    table.only("kinds", "share", *SHAPES)
    placements = {shape: table.choice(shape, PLACEMENTS, "none") for shape in SHAPES}
    kinds = table.choices("kinds", KINDS, ["headline"])
    return PhotoStyle(kinds, MappingProxyType(placements), table.number("share", 0.2, 0.7, 0.42))


def _read_overrides(formats: Table, roles: Mapping[str, Role], scale: tuple[int, ...]) -> Mapping[str, Mapping[str, Role]]:
    overrides = {}
    for name, table in formats.tables().items():
        table.only(*roles, "photo")
        changed = {key: _override(table.table(key), roles[key], scale) for key in table.values if key != "photo"}
        overrides[name] = MappingProxyType(changed)
    return MappingProxyType(overrides)


def _override(table: Table, role: Role, scale: tuple[int, ...]) -> Role:
    table.only("min_px", "max_px", "max_lines")
    changed = replace(
        role,
        min_px=_read_min_px(table, role.min_px),
        max_px=table.whole("max_px", role.max_px),
        max_lines=table.whole("max_lines", role.max_lines),
    )
    _check_scale(changed, scale, table)
    return changed


def _read_photo_overrides(formats: Table) -> Mapping[str, Placement]:
    tables = formats.tables().items()
    return MappingProxyType({name: table.choice("photo", PLACEMENTS) for name, table in tables if "photo" in table})
