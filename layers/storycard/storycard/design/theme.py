"""Defines Theme: the colours, type and grid that make cards a family, as data without logic."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from storycard.design.formats import Format
from storycard.text.style import TextStyle

ROLES = ("kicker", "headline", "deck", "bullet", "quote", "speaker", "speaker_role", "brand", "date")
# Roles that a theme may leave out, and the role whose style they then take.
OPTIONAL_ROLES = MappingProxyType(
    {"label": "kicker", "credit": "date", "number": "date", "link": "headline", "invitation": "deck"}
)
MAIN_ROLES = frozenset({"headline", "bullet", "quote", "speaker", "speaker_role", "link"})  # the message of a card
FOOTER_ROLES = frozenset({"brand", "date", "number"})
ORNAMENTS = ("top", "foot", "bullet", "speaker", "panel")
MIN_FONT_PX = 25  # on a card 1080 px wide: a feed 400 px wide shows it at 9 px

Anchor = Literal["top", "bottom"]
ANCHORS: tuple[Anchor, ...] = get_args(Anchor)
Placement = Literal["none", "beside", "behind", "above"]
PLACEMENTS: tuple[Placement, ...] = get_args(Placement)
Shape = Literal["wide", "square", "tall"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
_WIDE, _TALL = 1.3, 0.7  # width / height: wide from the first on, tall below the second


@dataclass(frozen=True, slots=True)
class Role:
    """How one part of a card is set. Sizes are px on a card 1080 px wide."""

    style: TextStyle
    min_px: int
    max_px: int
    max_lines: int
    colour: str
    capitals: bool = False  # set in capitals, in scripts that have them
    fill: str = ""  # the colour of a box drawn under the text, "" for none


class Ornament(NamedTuple):
    """A rule. Lengths are px on a card 1080 px wide."""

    px: int  # its thickness
    length: int  # 0 for the whole width of the text area
    colour: str
    bleed: bool = False  # drawn along the card's own edge, from side to side


class PhotoStyle(NamedTuple):
    """Which kinds of card show the photograph, and where."""

    kinds: tuple[str, ...]
    placements: Mapping[Shape, Placement]  # by the format's shape
    share: float  # the smallest share of the card that the photograph takes, beside or above the text


@dataclass(frozen=True, slots=True)
class Theme:
    """A design as data. Lengths are px on a card 1080 px wide; colours are #rrggbb."""

    name: str
    title: str
    background: str
    margin: float  # share of the card's short side
    gaps: tuple[int, ...]  # three steps, small to large: all space between parts
    scale: tuple[int, ...]  # the font sizes that may be used
    anchor: Anchor  # the end of the card that its text is set against
    roles: Mapping[str, Role]
    ornaments: Mapping[str, Ornament]
    logo_px: int  # the logo's height
    footer_fill: str  # the colour of a band under the footer, from edge to edge; "" for none
    photo: PhotoStyle
    overrides: Mapping[str, Mapping[str, Role]]  # by format, the roles that are set differently there
    photo_overrides: Mapping[str, Placement]  # by format
    digest: str

    def role(self, name: str, format_name: str) -> Role:
        """Returns the role as set in one format."""
        return self.overrides.get(format_name, {}).get(name) or self.roles[name]

    def sizes(self, role: Role, scale: float) -> tuple[int, ...]:
        """Returns the steps of the type scale that `role` may take, in px on a card `scale` times 1080 px wide."""
        return _sizes(self.scale, role.min_px, role.max_px, scale)

    def placement(self, kind: str, card_format: Format) -> Placement:
        """Returns the photograph's place on a card of this kind and format."""
        if kind not in self.photo.kinds:
            return "none"
        ratio = card_format.width / card_format.height
        shape: Shape = "wide" if ratio >= _WIDE else "tall" if ratio < _TALL else "square"
        return self.photo_overrides.get(card_format.name, self.photo.placements[shape])

    def background_of(self, role_name: str) -> str:
        """Returns the colour behind a role's text where there is no photograph."""
        return self.roles[role_name].fill or (self.footer_fill if role_name in FOOTER_ROLES else "") or self.background


@lru_cache(maxsize=1024)
def _sizes(steps: tuple[int, ...], min_px: int, max_px: int, scale: float) -> tuple[int, ...]:
    return tuple(round(step * scale) for step in steps if min_px <= step <= max_px)
