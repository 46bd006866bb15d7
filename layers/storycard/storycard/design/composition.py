"""Defines Composition: where the parts of one kind of card stand in the formats of one shape, as data without logic.

Lengths are px on the reference format of the shape, and x counts from the leading edge. `layout.vertical_map` derives the other
formats of the shape.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from storycard.design.role import Role

Shape = Literal["wide", "square", "tall"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
Anchor = Literal["top", "middle", "bottom"]
ANCHORS: tuple[Anchor, ...] = get_args(Anchor)
Align = Literal["start", "centre", "end"]
ALIGNS: tuple[Align, ...] = get_args(Align)
Fade = Literal["bottom", "start"]
FADES: tuple[Fade, ...] = get_args(Fade)
Item = Literal["label", "kicker", "brand", "name", "date", "credit"]
ITEMS: tuple[Item, ...] = get_args(Item)

_WIDE, _TALL = 1.3, 0.7  # width / height: wide from the first on, tall below the second


class Reference(NamedTuple):
    """The format of a shape in which compositions are written: its size, and what a platform covers above and below, in px."""

    width: int
    height: int
    safe_top: int = 0
    safe_bottom: int = 0


REFERENCES: Mapping[Shape, Reference] = MappingProxyType(
    {"wide": Reference(1200, 630), "square": Reference(1080, 1080), "tall": Reference(1080, 1920, 270, 380)}
)


class Area(NamedTuple):
    """A rectangle in px of the reference format; `x` and `y` are its leading and upper edges."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


NOWHERE = Area(0, 0, 0, 0)  # of a text that is placed in a row or below another


class Panel(NamedTuple):
    """A filled area with round corners, which make a disc if their radius is half its height."""

    area: Area
    colour: str
    radius: float = 0
    outline: float = 0  # thickness in px of its edge, if only that is drawn; 0 if it is filled
    minus: Area | None = None  # a disc that is cut out of it, as from a crescent
    corner: bool = False  # only the half above the diagonal, on the leading side: the tail of a speech bubble
    fade: Fade | None = None  # the end from which it fades out, if it is a scrim over a photograph
    kicker: bool | None = None  # True: drawn only with a kicker or a label; False: only without; None: always


class Frame(NamedTuple):
    """The place of the photograph, whose corners may be round up to a disc."""

    area: Area
    at: tuple[float, float]  # where the subject should be in it, 0 to 1 from the leading upper corner
    radius: float = 0
    whole: bool = False  # as large as fits in the area without a crop; `at` is then its place there


class Part(NamedTuple):
    """A text of the card's message: its type, its area, and how it stands in there."""

    role: Role  # its sizes are px on the reference format
    area: Area
    anchor: Anchor
    align: Align
    bar: str = ""  # the colour of a bar behind each line, from the card's leading edge; "" for none
    least_lines: int = 1  # if more than 1: the text fits only if it is largest on this many lines, up to its role's
    initial: int = 0  # the height in lines of a large first letter; 0 for none


class Tally(NamedTuple):
    """A row of equal marks for a share: for 3 in 10, ten marks, three of them filled."""

    area: Area
    on: str  # the colour of the filled marks
    off: str  # the colour of the others
    radius: float = 0  # of a mark's corners; a disc if it is half of the area's height
    outline: float = 0  # thickness in px of the others, if only their edges are drawn; 0 if they are filled


class Row(NamedTuple):
    """A line of small texts: label, kicker, logo, name at its start; the name alone in its middle; date or credit at its end."""

    area: Area
    ground: str  # the colour behind it, by which the logo is chosen
    items: Mapping[Item, Role]


class Strip(NamedTuple):
    """A label across the top of a card, in px of the reference format."""

    height: float
    role: Role


@dataclass(frozen=True, slots=True)
class Composition:
    """The layout of one kind of card in one shape. Parts are painted in this order: ground, panels, texts."""

    ground: str
    panels: tuple[Panel, ...]
    rows: tuple[Row, ...]
    parts: Mapping[str, Part]  # by role
    roles: Mapping[str, Role]  # the theme's, in the colours of this composition
    grow: tuple[tuple[str, float], ...]  # parts whose areas take the height that a format adds, and their shares of it
    tally: Tally | None = None  # of a figure that is a share
    swipe: str = ""  # the colour of the arrow beside the number of a carousel's cover; "" for no arrow
    frame: Frame | None = None  # of the photograph, if the composition is for a card with one


def shape_of(width: float, height: float) -> Shape:
    """Returns the shape of a format by its size in px."""
    ratio = width / height
    return "wide" if ratio >= _WIDE else "tall" if ratio < _TALL else "square"


def drawn(panels: tuple[Panel, ...], has_kicker: bool) -> tuple[Panel, ...]:
    """Returns the panels of a card with a kicker or a label, or of one without."""
    return tuple(panel for panel in panels if panel.kicker in (None, has_kicker))


def behind(area: Area, ground: str, panels: tuple[Panel, ...]) -> str:
    """Returns the colour of the last filled panel that contains `area`, the ground's if none does."""
    for panel in reversed(panels):
        box = panel.area
        inside = box.x <= area.x and area.right <= box.right and box.y <= area.y and area.bottom <= box.bottom
        if inside and not (panel.outline or panel.corner):
            return panel.colour
    return ground
