"""A theme's table, checked key by key, into a Theme: what is missing, misspelt or hard to read is refused by name."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from storycard.design import contrast
from storycard.design.formats import KINDS
from storycard.design.theme import (
    LIKE,
    ORNAMENTS,
    ROLES,
    SMALLEST_PX,
    Anchor,
    Ornament,
    PhotoStyle,
    Placement,
    Role,
    Shape,
    Theme,
)
from storycard.text.style import FontStyle, TextStyle
from storycard.toml_reader import Table, merged, toml_table


def read_theme(name: str, values: Mapping[str, Any], file: str) -> Theme:
    """The theme of a table. Raises AssetInvalid saying which key of `file` needs what."""
    table = Table(file, values)
    table.only(
        *("title", "extends", "anchor", "mark_px", "margin", "gaps", "scale"),
        *("families", "colours", "roles", "ornaments", "strip", "photo", "formats", "sections"),
    )
    colours, families = table.table("colours"), table.table("families").texts()
    role_tables = table.table("roles")
    role_tables.only(*ROLES, *LIKE)
    scale = table.rising("scale")
    roles: dict[str, Role] = {}
    for role_name in (*ROLES, *LIKE):
        like = LIKE.get(role_name)
        if like and role_name not in role_tables.values:
            roles[role_name] = roles[like]
        else:
            roles[role_name] = _role(role_tables.table(role_name), colours, families, scale)
    ornaments = table.table("ornaments", {})
    ornaments.only(*ORNAMENTS)
    theme = Theme(
        name=name,
        title=table.text("title"),
        ground=colours.colour("ground"),
        margin=table.number("margin", 0.02, 0.2),
        gaps=_three_gaps(table),
        scale=scale,
        anchor=table.choice("anchor", get_args(Anchor), "top"),
        roles=MappingProxyType(roles),
        ornaments=MappingProxyType({key: _ornament(value, colours) for key, value in ornaments.tables().items()}),
        mark_px=table.whole("mark_px"),
        strip=_colour_named(table, "strip", colours),
        photo=_photo(table.table("photo", {})),
        overrides=_overrides(table.table("formats", {}), roles, scale),
        photo_overrides=_photo_overrides(table.table("formats", {})),
        digest=hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest(),
    )
    _check_contrasts(theme, table)
    return theme


def _check_contrasts(theme: Theme, table: Table) -> None:
    """Raises AssetInvalid for a role that cannot be read on what it lies on (WCAG 2.2, 1.4.3)."""
    for name, role in theme.roles.items():
        required = contrast.needed(role.min_px, 1080)
        got = contrast.ratio(role.colour, theme.ground_of(name))
        if got < required:
            expected = f"a contrast of {required:g}:1 with {theme.ground_of(name)} behind it"
            raise table.table("roles").wrong(f"{name}.colour", expected, f"{got:.2f}:1")


def _three_gaps(table: Table) -> tuple[int, ...]:
    gaps = table.rising("gaps")
    if len(gaps) != 3:
        raise table.wrong("gaps", "three whole numbers, rising", f"{len(gaps)}")
    return gaps


def _role(table: Table, colours: Table, families: Mapping[str, str], scale: tuple[int, ...]) -> Role:
    table.only(
        *("family", "weight", "italic", "tracking", "word_space", "leading"),
        *("min_px", "max_px", "max_lines", "colour", "capitals", "fill"),
    )
    family = table.choice("family", families)
    weight = table.get("weight", lambda got: type(got) is int and 1 <= got <= 1000, "a weight from 1 to 1000", 400)
    role = Role(
        style=TextStyle(
            FontStyle(families[family], weight, table.flag("italic")),
            tracking=table.number("tracking", -0.1, 0.5, 0.0),
            word_space=table.number("word_space", -0.1, 0.5, 0.0),
            leading=table.number("leading", 0.8, 2.5, 1.2),
        ),
        min_px=_readable(table, "min_px"),
        max_px=table.whole("max_px"),
        max_lines=table.whole("max_lines", 1),
        colour=_colour_named(table, "colour", colours, "ink"),
        capitals=table.flag("capitals"),
        fill=_colour_named(table, "fill", colours),
    )
    _check_scale(role, scale, table)
    return role


def _readable(table: Table, key: str) -> int:
    size = table.whole(key)
    if size < SMALLEST_PX:
        raise table.wrong(key, f"{SMALLEST_PX} or more, which a feed 400 px wide shows at 9 px", f"{size}")
    return size


def _check_scale(role: Role, scale: tuple[int, ...], table: Table) -> None:
    if not any(role.min_px <= step <= role.max_px for step in scale):
        raise table.wrong("max_px", "a step of scale from min_px to max_px", f"{role.min_px} to {role.max_px}")


def _colour_named(table: Table, key: str, colours: Table, default: str = "") -> str:
    """The value of a colour that `table` names, "" where it names none and there is no default."""
    name = table.text(key, default)
    return colours.colour(name) if name else ""


def _ornament(table: Table, colours: Table) -> Ornament:
    table.only("px", "length", "colour", "bleed")
    colour = _colour_named(table, "colour", colours, "ink")
    return Ornament(table.whole("px"), table.whole("length", 0), colour, table.flag("bleed"))


def _photo(table: Table) -> PhotoStyle:
    table.only("kinds", "share", *get_args(Shape))
    placements = {shape: table.choice(shape, get_args(Placement), "none") for shape in get_args(Shape)}
    kinds = table.choices("kinds", KINDS, ["headline"])
    return PhotoStyle(kinds, MappingProxyType(placements), table.number("share", 0.2, 0.7, 0.42))


def _overrides(formats: Table, roles: Mapping[str, Role], scale: tuple[int, ...]) -> Mapping[str, Mapping[str, Role]]:
    def changed(table: Table, role: Role) -> Role:
        table.only("min_px", "max_px", "max_lines")
        changes = {key: _readable(table, key) if key == "min_px" else table.whole(key) for key in table.values}
        _check_scale(changed_role := replace(role, **changes), scale, table)
        return changed_role

    overrides = {}
    for name, table in formats.tables().items():
        table.only(*roles, "photo")
        overrides[name] = MappingProxyType(
            {role: changed(table.table(role), roles[role]) for role in table.values if role != "photo"}
        )
    return MappingProxyType(overrides)


def _photo_overrides(formats: Table) -> Mapping[str, Placement]:
    tables = formats.tables().items()
    return MappingProxyType(
        {name: table.choice("photo", get_args(Placement)) for name, table in tables if "photo" in table.values}
    )


def load_theme_tables(folder: Path) -> dict[str, dict[str, Any]]:
    """The tables of all themes of a folder, by name, those they extend merged in.

    Raises AssetInvalid for a theme that extends one that is not there, or itself.
    """
    own = {path.stem: toml_table(path.read_bytes(), path.name) for path in sorted(folder.glob("*.toml"))}
    return {name: _extended(name, own, ()) for name in own}


def load_theme_table(path: Path, themes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The table of one theme file, whichever of `themes` it extends merged in. Raises AssetInvalid."""
    own = toml_table(path.read_bytes(), path.name)
    if "extends" not in own:
        return own
    others = [name for name in themes if name != path.stem]
    return merged(themes[Table(path.name, own).choice("extends", others)], own)


def _extended(name: str, own: Mapping[str, dict[str, Any]], path: tuple[str, ...]) -> dict[str, Any]:
    base = own[name].get("extends")
    if base is None:
        return own[name]
    others = [other for other in own if other not in (*path, name)]
    table = Table(f"{name}.toml", own[name])
    return merged(_extended(table.choice("extends", others), own, (*path, name)), own[name])
