"""Reads themes from `assets/themes/*.toml`. Refuses keys that are missing or misspelt, and colours that cannot be read."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from storycard.article import LABELS
from storycard.design import contrast
from storycard.design.composition import SHAPES, Shape, Strip
from storycard.design.composition_reader import read_compositions
from storycard.design.role import LEADINGS, MIN_FONT_PX, Role
from storycard.design.theme import OPTIONAL_ROLES, ROLES, Theme
from storycard.text.style import FontStyle, TextStyle
from storycard.toml_reader import Table, merge, parse_toml

_THEME_KEYS = ("title", "extends", "families", "colours", "roles", "strips", "cards", "strands")
_STRAND_KEYS = ("colours", "roles", "cards")
_STYLE_KEYS = ("tracking", "word_space", "leading")
_ROLE_KEYS = ("family", "weight", "italic", *_STYLE_KEYS, "large", "dense", "px", "lines", "colour", "capitals", "fill", "round")
_LABELS_FILE = "labels.toml"  # beside the folder of the themes


def read_theme(name: str, values: Mapping[str, object], file: str) -> Theme:
    """Builds the theme of a parsed TOML table. Raises AssetInvalid naming `file`, the key and what it needs."""
    table = Table(file, values)
    table.only(*_THEME_KEYS)
    for strand in table.table("strands", {}).tables().values():
        strand.only(*_STRAND_KEYS)
    colours = table.table("colours")
    roles = _read_roles(table, colours)
    return Theme(
        name=name,
        title=table.text("title"),
        ground=colours.colour("ground"),
        roles=MappingProxyType(roles),
        compositions=read_compositions(table.table("cards"), roles, colours),
        strips=MappingProxyType(_read_strips(table.table("strips", {}), roles)),
        digest=hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest(),
    )


def strands_of(values: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    """Returns the strands of a theme's table by name: the values that replace the theme's own."""
    strands = values.get("strands")
    return strands if isinstance(strands, dict) else {}


def load_labels_table(assets: Path) -> dict[str, object]:
    """Returns the table of an assets folder that holds for every theme: what the labels of articles look like."""
    return parse_toml((assets / _LABELS_FILE).read_bytes(), _LABELS_FILE)


class ThemeTables(Mapping[str, dict[str, object]]):
    """The tables of all themes of a folder by name, each merged with the theme it extends, or with the table of labels.

    A file is read when its theme is first needed: parsing all of them would be a fifth of the time to a first card. That raises
    AssetInvalid for a file that is not TOML, and for a theme that extends itself, directly or not, or one that does not exist.
    """

    def __init__(self, folder: Path, labels: Mapping[str, object]) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        self._labels = labels
        self._tables: dict[str, dict[str, object]] = {}

    def __getitem__(self, name: str) -> dict[str, object]:
        if name not in self._tables:
            self._tables[name] = merge(self._labels, self._read(name, ()))
        return self._tables[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def _read(self, name: str, extending: tuple[str, ...]) -> dict[str, object]:
        """Reads a theme and merges it with its bases; it may extend none of the themes in `extending`, which extend it."""
        own = parse_toml(self._paths[name].read_bytes(), f"{name}.toml")
        if "extends" not in own:
            return own
        others = [other for other in self._paths if other not in (*extending, name)]
        base = Table(f"{name}.toml", own).choice("extends", others)
        return merge(self._read(base, (*extending, name)), own)


def load_theme_table(path: Path, themes: Mapping[str, Mapping[str, object]], labels: Mapping[str, object]) -> dict[str, object]:
    """Returns the table of one theme file, merged with the one of `themes` that it extends, or with the table of labels.

    Raises AssetInvalid.
    """
    own = parse_toml(path.read_bytes(), path.name)
    if "extends" not in own:
        return merge(labels, own)
    others = [name for name in themes if name != path.stem]
    return merge(themes[Table(path.name, own).choice("extends", others)], own)


def _read_roles(table: Table, colours: Table) -> dict[str, Role]:
    families, role_tables = table.table("families").texts(), table.table("roles")
    role_tables.only(*ROLES, *OPTIONAL_ROLES)
    roles = {name: _read_role(role_tables.table(name), colours, families) for name in ROLES}
    for name, default in OPTIONAL_ROLES.items():
        roles[name] = _read_role(role_tables.table(name), colours, families) if name in role_tables else roles[default]
        if (fill := roles[name].fill) and contrast.ratio(roles[name].colour, fill) < contrast.TEXT_RATIO:
            got = f"{contrast.ratio(roles[name].colour, fill):.2f}:1"
            raise role_tables.wrong(f"{name}.colour", f"a contrast of {contrast.TEXT_RATIO:g}:1 with its box of {fill}", got)
    return roles


def _read_role(table: Table, colours: Table, families: Mapping[str, str]) -> Role:
    table.only(*_ROLE_KEYS)
    family = families[table.choice("family", families)]
    style = _read_style(table, TextStyle(FontStyle(family, table.whole("weight", 400, low=1, high=1000), table.flag("italic"))))
    large = table.table("large", {})
    large.only(*_STYLE_KEYS)
    px = table.whole("px", MIN_FONT_PX, low=MIN_FONT_PX)
    return Role(
        style=style,
        large=_read_style(large, style) if "large" in table else None,
        min_px=px,
        max_px=px,
        max_lines=table.whole("lines", 1, low=1),
        colour=colours.colour(table.text("colour", "ink")),
        capitals=table.flag("capitals"),
        fill=colours.colour(table.text("fill")) if "fill" in table else "",
        round=table.flag("round"),
        dense=table.number("dense", 1, 2, 1.0),
    )


def _read_strips(table: Table, roles: Mapping[str, Role]) -> dict[tuple[str, Shape], Strip]:
    """Returns the strips by label and shape. Raises AssetInvalid for a label whose role has no colour for its strip."""
    labels = [label for label in LABELS if label]
    table.only(*labels)
    strips = {}
    for label, shapes in table.tables().items():
        shapes.only(*SHAPES)
        if not roles[label].fill:
            raise table.wrong(label, "a role of this name with a fill, which is the colour of the strip", "none")
        for shape in SHAPES:
            if shape in shapes:
                strip = shapes.table(shape)
                strip.only("height", "px")
                px = strip.whole("px", low=MIN_FONT_PX)
                role = replace(roles[label], min_px=px, max_px=px, max_lines=1)
                strips[label, shape] = Strip(strip.number("height", px, 200), role)
    return strips


def _read_style(table: Table, default: TextStyle) -> TextStyle:
    return TextStyle(
        default.font,
        tracking=table.number("tracking", -0.1, 0.5, default.tracking),
        word_space=table.number("word_space", -0.1, 0.5, default.word_space),
        leading=table.number("leading", *LEADINGS, default.leading),
    )
