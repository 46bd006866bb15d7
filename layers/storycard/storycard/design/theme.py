"""Defines Theme: the colours, type and compositions that make cards a family, as data without logic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from storycard.design.composition import Composition, Shape, Strip, shape_of
from storycard.design.formats import Format
from storycard.design.role import Role

ROLES = ("kicker", "headline", "bullet", "quote", "speaker", "speaker_role", "brand", "date")
# Roles that a theme may leave out, and the role whose style they then take.
OPTIONAL_ROLES = MappingProxyType(
    {
        "label": "kicker",
        "breaking": "label",  # the labels of an article, where they look different from others
        "live": "label",
        "correction": "label",
        "paid": "bullet",  # all type on paid content, and its label
        "paid_label": "label",
        "name": "brand",
        "credit": "date",
        "number": "date",
        "mark": "quote",
        "initial": "headline",  # the first letter of a key fact, if it is larger than the others
        "question": "headline",
        "answer": "bullet",
        "invitation": "headline",
        "link": "bullet",
        "figure": "headline",  # the leading figure of a key fact
        "unit": "figure",  # the words that go with the figure
        "rest": "bullet",  # the key fact without its figure
    }
)


@dataclass(frozen=True, slots=True)
class Theme:
    """A design as data. Colours are #rrggbb."""

    name: str
    title: str
    ground: str  # the background of cards whose composition has no other
    roles: Mapping[str, Role] = field(hash=False)
    # By kind and shape, in the order in which they are tried.
    compositions: Mapping[tuple[str, Shape], tuple[Composition, ...]] = field(hash=False)
    strips: Mapping[tuple[str, Shape], Strip] = field(hash=False)  # by label; other labels stand before the kicker
    digest: str

    def compositions_for(self, kind: str, card_format: Format) -> tuple[Composition, ...]:
        """Returns the compositions of this kind of card in the format's shape, in the order in which they are tried."""
        return self.compositions.get((kind, shape_of(card_format.width, card_format.height)), ())

    def strip_for(self, label: str, card_format: Format) -> Strip | None:
        """Returns the strip of a label on headlines in the format's shape; None if the label has none."""
        return self.strips.get((label, shape_of(card_format.width, card_format.height)))
