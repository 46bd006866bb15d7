"""Reads the compositions of a theme, its tables `cards.KIND.SHAPE`. Refuses unknown keys, and texts that cannot be read.

The compositions of a list are tried in order. Each inherits what it does not replace from the one
before. A composition's table `short` is for short texts: it is tried first, and inherits the rest.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from storycard.design import contrast
from storycard.design.composition import (
    ALIGNS,
    ANCHORS,
    FADES,
    ITEMS,
    REFERENCES,
    SHAPES,
    Area,
    Composition,
    Frame,
    Panel,
    Part,
    Row,
    Shape,
    Tally,
    behind,
    drawn,
)
from storycard.design.role import LEADINGS, MIN_FONT_PX, Role
from storycard.toml_reader import Table, merge

ALL = "all"  # the table whose values hold for every kind that does not replace them
PAID = "paid"  # every kind of card, if the article is paid content; the values of ALL do not hold for it
SHORT = "short"
# The kinds that a theme may compose, and the texts of each.
PARTS = MappingProxyType(
    {
        "headline": ("headline",),
        "photo": ("headline",),  # a headline with the photograph
        "bullet": ("bullet",),
        "figure": ("figure", "rest"),  # a key fact that has a leading figure
        "quote": ("mark", "quote", "source"),
        "question": ("question", "answer"),
        "end": ("invitation", "link"),
        PAID: ("headline", "bullet", "quote", "question", "answer", "invitation", "link"),
    }
)
_COVERS = ("headline", "photo", PAID)  # kinds that the first slide of a carousel may have
_PAID_ROLES = {"label": "paid_label"}  # of paid content; all others are set like "paid"
_ROLE_OF = {"source": "speaker"}  # of parts that are not named after their role
_OWN_KEYS = {"photo": ("photo",), "figure": ("tally",)}
_PART_KEYS = ("box", "anchor", "align", "px", "lines", "least_lines", "leading", "ink", "bar")
_INITIAL = "bullet"  # the part that may have an initial
_MOST_LINES = 6  # that an initial is high
_FURTHER_KEYS = ("ground", "panels", "rows", "inks", "fills", "grow", "swipe")
_MAX_PX = 4096


def read_compositions(
    cards: Table, roles: Mapping[str, Role], colours: Table
) -> Mapping[tuple[str, Shape], tuple[Composition, ...]]:
    """Returns the compositions of the table `cards` by kind and shape. Raises AssetInvalid naming the key."""
    cards.only(ALL, *PARTS)
    shared = cards.table(ALL, {})
    shared.only(*SHAPES)
    found = {}
    for kind in PARTS:
        table = cards.table(kind, {})
        table.only(*SHAPES)
        for shape in SHAPES:
            if shape in table:
                reader = _Reader(kind, shape, roles, colours)
                values, compositions = {} if kind == PAID else shared.table(shape, {}).values, []
                for variant in table.table_list(shape) if isinstance(table.values[shape], list) else [table.table(shape)]:
                    base = values if "photo" not in variant else {key: value for key, value in values.items() if key != "photo"}
                    short = variant.table(SHORT, {})
                    values = merge(base, {key: value for key, value in variant.values.items() if key != SHORT})
                    compositions.append(reader.read(replace(variant, values=values)))
                    if short.values:
                        compositions.insert(-1, reader.read(replace(short, values=merge(values, short.values))))
                last = compositions[-1].parts.values() if compositions else ()
                if any(part.initial for part in last):
                    raise table.wrong(shape, "`initial = 0` in the last composition, for facts that have none", "an initial")
                if any(part.least_lines > 1 for part in last):
                    raise table.wrong(shape, "`least_lines = 1` in the last composition, for a single word", "more lines")
                found[kind, shape] = tuple(compositions)
    return MappingProxyType(found)


class _Reader:
    """Reads the compositions of one kind and shape."""

    def __init__(self, kind: str, shape: Shape, roles: Mapping[str, Role], colours: Table) -> None:
        self._kind = kind
        self._width = REFERENCES[shape].width
        self._min_px = math.ceil(MIN_FONT_PX * self._width / 1080)
        self._roles = roles
        self._colours = colours

    def read(self, table: Table) -> Composition:
        """Reads one composition. Raises AssetInvalid if its parts are unknown, unreadable or off the card."""
        names = PARTS[self._kind]
        table.only(*_FURTHER_KEYS, *names, *_OWN_KEYS.get(self._kind, ()))
        ground = self._colour(table, "ground", "ground")
        panels = tuple(self._read_panel(panel) for panel in table.table_list("panels"))
        roles = self._coloured(table)
        rows = tuple(self._read_row(row, roles, ground, panels) for row in table.table_list("rows"))
        return Composition(
            ground=ground,
            panels=panels,
            rows=rows,
            parts=MappingProxyType(
                {name: self._read_part(name, table.table(name), roles, ground, panels) for name in names if name in table}
            ),
            roles=MappingProxyType(roles),
            grow=self._read_grow(table, names),
            tally=self._read_tally(table.table("tally")) if "tally" in table else None,
            swipe=self._read_swipe(table, rows),
            frame=self._read_frame(table.table("photo")) if self._kind == "photo" else None,
        )

    def _coloured(self, table: Table) -> dict[str, Role]:
        """Returns the theme's roles with the colours of `inks` and the boxes of `fills`."""
        roles, inks, fills = dict(self._all_roles()), table.table("inks", {}), table.table("fills", {})
        inks.only(*roles)
        fills.only(*roles)
        for name, colour in inks.texts().items():
            roles[name] = replace(roles[name], colour=self._colours.colour(colour))
        for name, colour in fills.texts().items():
            roles[name] = replace(roles[name], fill=self._colours.colour(colour))
        return roles

    def _all_roles(self) -> Mapping[str, Role]:
        """Returns the theme's roles, or those of paid content, which looks alike in all its texts."""
        if self._kind != PAID:
            return self._roles
        return {name: self._roles[_PAID_ROLES.get(name, PAID)] for name in self._roles}

    def _read_frame(self, table: Table) -> Frame:
        table.only("box", "disc", "radius", "at", "whole")
        x, y = _numbers(table, "at", 2, "[x, y], 0 to 1") if "at" in table else (0.5, 0.45)
        if "disc" in table:
            disc = _disc(table, "disc")
            return Frame(disc, (x, y), disc.width / 2)
        return Frame(_area(table, "box"), (x, y), table.number("radius", 0, _MAX_PX, 0.0), table.flag("whole"))

    def _read_panel(self, table: Table) -> Panel:
        table.only("box", "disc", "fill", "radius", "outline", "minus", "corner", "fade", "kicker")
        colour = self._colour(table, "fill")
        minus = _disc(table, "minus") if "minus" in table else None
        kicker = table.flag("kicker") if "kicker" in table else None
        if "disc" in table:
            disc = _disc(table, "disc")
            return Panel(disc, colour, disc.width / 2, minus=minus, kicker=kicker)
        radius, outline = (table.number(key, 0, _MAX_PX, 0.0) for key in ("radius", "outline"))
        fade = table.choice("fade", FADES) if "fade" in table else None
        return Panel(_area(table, "box"), colour, radius, outline, minus, table.flag("corner"), fade, kicker)

    def _read_tally(self, table: Table) -> Tally:
        table.only("box", "on", "off", "radius", "outline")
        radius, outline = (table.number(key, 0, _MAX_PX, 0.0) for key in ("radius", "outline"))
        return Tally(_area(table, "box"), self._colour(table, "on"), self._colour(table, "off"), radius, outline)

    def _read_part(self, name: str, table: Table, roles: Mapping[str, Role], ground: str, panels: tuple[Panel, ...]) -> Part:
        role = roles[_ROLE_OF.get(name, name)]
        table.only(*_PART_KEYS, *(("initial",) if name == _INITIAL else ()))
        low, high = table.ascending("px")[0], table.ascending("px")[-1]
        if low < self._min_px:
            raise table.wrong("px", f"sizes from {self._min_px} px, which a feed 400 px wide shows at 9 px", f"{low}")
        lines = table.whole("lines", role.max_lines, low=1)
        role = replace(role, min_px=low, max_px=high, max_lines=lines, colour=self._colour(table, "ink", "") or role.colour)
        if "leading" in table:
            leading = table.number("leading", *LEADINGS)
            large = role.large and role.large._replace(leading=leading)
            role = replace(role, style=role.style._replace(leading=leading), large=large)
        area = _area(table, "box")
        bar, initial = self._colour(table, "bar", ""), table.whole("initial", 0, high=_MOST_LINES)
        for has_kicker in (True, False):
            seen = behind(area, ground, drawn(panels, has_kicker))
            self._check_contrast(table, "ink", role, bar or seen)
            if initial:
                self._check_contrast(table, "initial", replace(roles["initial"], min_px=initial * low), seen)
        least = table.whole("least_lines", 1, low=1, high=lines)
        align = table.choice("align", ALIGNS, "start")
        return Part(role, area, table.choice("anchor", ANCHORS, "top"), align, bar, least, initial)

    def _read_row(self, table: Table, roles: Mapping[str, Role], ground: str, panels: tuple[Panel, ...]) -> Row:
        table.only("box", *ITEMS)
        area, items = _area(table, "box"), {}
        seen = behind(area, ground, drawn(panels, has_kicker=True))
        for name in ITEMS:
            if name in table:
                px = table.whole(name, low=self._min_px)
                low = self._min_px if name == "name" else px
                items[name] = replace(roles[name], min_px=low, max_px=px, max_lines=1)
                self._check_contrast(table, name, items[name], items[name].fill or seen)
        return Row(area, seen, MappingProxyType(items))

    def _read_grow(self, table: Table, names: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
        shares = table.table("grow", {})
        shares.only(*names)
        return tuple((name, shares.number(name, 0, 100)) for name in names if name in shares)

    def _read_swipe(self, table: Table, rows: tuple[Row, ...]) -> str:
        colour = self._colour(table, "swipe", "") if self._kind in _COVERS else ""
        for row in rows if colour else ():
            if "date" in row.items and contrast.ratio(colour, row.ground) < contrast.LARGE_RATIO:  # WCAG 2.2, 1.4.11
                expected = f"a contrast of {contrast.LARGE_RATIO:g}:1 with {row.ground} behind it"
                raise table.wrong("swipe", expected, f"{contrast.ratio(colour, row.ground):.2f}:1")
        return colour

    def _colour(self, table: Table, key: str, default: str | None = None) -> str:
        """Returns the value of the colour that `table` names; "" if it names none and `default` is ""."""
        name = table.text(key, default)
        return self._colours.colour(name) if name else ""

    def _check_contrast(self, table: Table, key: str, role: Role, ground: str) -> None:
        """Raises AssetInvalid for a text that cannot be read on the colour behind it (WCAG 2.2, 1.4.3)."""
        required, got = contrast.required_ratio(role.min_px, self._width), contrast.ratio(role.colour, ground)
        if got < required:
            raise table.wrong(key, f"a contrast of {required:g}:1 with {ground} behind it", f"{got:.2f}:1")


def _area(table: Table, key: str) -> Area:
    """Returns [x, y, width, height]."""
    return Area(*_numbers(table, key, 4, "[x, y, width, height] in px"))


def _disc(table: Table, key: str) -> Area:
    """Returns the area of a disc, whose centre and diameter the table has: [x, y, diameter]."""
    x, y, diameter = _numbers(table, key, 3, "[x, y, diameter] in px")
    return Area(x - diameter / 2, y - diameter / 2, diameter, diameter)


def _numbers(table: Table, key: str, count: int, expected: str) -> tuple[float, ...]:
    def read(value: object) -> tuple[float, ...] | None:
        if not isinstance(value, list) or len(value) != count:
            return None
        fits = all(isinstance(item, int | float) and not isinstance(item, bool) and abs(item) <= _MAX_PX for item in value)
        return tuple(map(float, value)) if fits else None

    return table.get(key, read, expected)
