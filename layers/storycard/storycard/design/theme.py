"""Theme: the colours, type and grid that make cards a family, as data without logic."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from storycard.design.formats import Format
from storycard.text.style import TextStyle

ROLES = ("kicker", "headline", "deck", "bullet", "quote", "speaker", "speaker_role", "brand", "date")
# Roles that look like another one unless a theme says otherwise.
LIKE = MappingProxyType({"label": "kicker", "credit": "date", "number": "date", "link": "headline", "invitation": "deck"})
MAIN_ROLES = frozenset({"headline", "bullet", "quote", "speaker", "speaker_role", "link"})  # what a card is for
IN_FOOT = frozenset({"brand", "date", "number"})
ORNAMENTS = ("top", "foot", "bullet", "speaker", "panel")
SMALLEST_PX = 25  # on a card 1080 px wide: a feed 400 px wide shows it at 9 px

Anchor = Literal["top", "bottom"]
Placement = Literal["none", "beside", "behind", "above"]
Shape = Literal["wide", "square", "tall"]
_WIDE, _TALL = 1.3, 0.7  # the ratio of width to height from which a format is wide, below which it is tall


@dataclass(frozen=True, slots=True)
class Role:
    """How one part of a card is set. Sizes are px on a card 1080 px wide; `capitals` sets scripts that have them in capitals.

    `fill` is the colour of a box drawn under the text, "" for none.
    """

    style: TextStyle
    min_px: int
    max_px: int
    max_lines: int
    colour: str
    capitals: bool = False
    fill: str = ""


class Ornament(NamedTuple):
    """A rule: its thickness and length in px on a card 1080 px wide; length 0 runs across the text's whole width.

    With `bleed` the rule lies on the card's own edge, from side to side.
    """

    px: int
    length: int
    colour: str
    bleed: bool = False


class PhotoStyle(NamedTuple):
    """On which kinds of card a photograph stands, where by the format's shape, and the least share of the card it takes."""

    kinds: tuple[str, ...]
    placements: Mapping[Shape, Placement]
    share: float


@dataclass(frozen=True, slots=True)
class Theme:
    """A design as data. Lengths are px on a card 1080 px wide; `margin` is a share of the short side; colours are #rrggbb."""

    name: str
    title: str
    ground: str
    margin: float
    gaps: tuple[int, ...]  # three steps, small to large: all space between parts
    scale: tuple[int, ...]  # the sizes of type there are
    anchor: Anchor  # where the text of a card gathers
    roles: Mapping[str, Role]
    ornaments: Mapping[str, Ornament]
    mark_px: int
    strip: str  # the colour of a strip under the foot, from edge to edge; "" for none
    photo: PhotoStyle
    overrides: Mapping[str, Mapping[str, Role]]  # by format, by role: those that are set otherwise there
    photo_overrides: Mapping[str, Placement]  # by format
    digest: str

    def role(self, name: str, format_name: str) -> Role:
        """The role as set in one format."""
        return self.overrides.get(format_name, {}).get(name) or self.roles[name]

    def sizes(self, role: Role, scale: float) -> tuple[int, ...]:
        """The steps of the type scale that `role` may take, in px on a card `scale` times 1080 px wide."""
        return _sizes(self.scale, role.min_px, role.max_px, scale)

    def placement(self, kind: str, card_format: Format) -> Placement:
        """Where a photograph stands on a card of this kind and format."""
        if kind not in self.photo.kinds:
            return "none"
        ratio = card_format.width / card_format.height
        shape: Shape = "wide" if ratio >= _WIDE else "tall" if ratio < _TALL else "square"
        return self.photo_overrides.get(card_format.name, self.photo.placements[shape])

    def ground_of(self, role_name: str) -> str:
        """The colour that a role's text lies on, photographs apart."""
        return self.roles[role_name].fill or (self.strip if role_name in IN_FOOT else "") or self.ground


@lru_cache(maxsize=1024)
def _sizes(steps: tuple[int, ...], least: int, most: int, scale: float) -> tuple[int, ...]:
    return tuple(round(step * scale) for step in steps if least <= step <= most)
