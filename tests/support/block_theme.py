"""Builds a theme in the block font for layout tests: all type 30 px, margins of 100 px, gaps of 10, 20 and 40 px."""

from collections.abc import Mapping
from typing import Any

from storycard.design.formats import Format, SafeZone
from storycard.design.theme import ROLES, Theme
from storycard.design.theme_reader import read_theme
from storycard.layout.card_builder import CardBuilder
from storycard.text.fonts.library import FontLibrary
from storycard.toml_reader import merge
from support.reading import LANGUAGES

EM = 30

_ROLE = {"family": "blocks", "min_px": EM, "max_px": EM, "max_lines": 9, "leading": 1.0}
_TABLE = {
    "title": "Blocks",
    "mark_px": 50,
    "margin": 0.1,
    "gaps": [10, 20, 40],
    "scale": [EM],
    "families": {"blocks": "Blocks"},
    "colours": {"ground": "#ffffff", "ink": "#000000", "blue": "#99ccff"},
    "roles": dict.fromkeys(ROLES, _ROLE),
}
# A height of 1000 px makes a tenth 100 px; a width of 1080 px makes the px of a theme px of the card.
CARD = Format("card", "Card", 1080, 1000, SafeZone(0, 0, 0, 0), 300_000, ("png",), 1000, "plain")


def block_theme(changes: Mapping[str, Any] | None = None) -> Theme:
    """Returns the theme with `changes` merged into its table."""
    return read_theme("blocks", merge(_TABLE, changes or {}), "blocks.toml")


def block_builder(
    blocks: FontLibrary, theme: Theme | None = None, card_format: Format = CARD, language: str = "en"
) -> CardBuilder:
    """Returns the builder of an empty card in the block theme."""
    return CardBuilder(card_format, theme or block_theme(), blocks, LANGUAGES.of(language))
