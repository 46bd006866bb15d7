"""Builds a theme in the block font for layout tests: all type 30 px, on square cards with a header, a body and a footer."""

from collections.abc import Mapping
from typing import Any

from storycard.design.formats import Format, SafeZone
from storycard.design.theme import ROLES, Theme
from storycard.design.theme_reader import read_theme
from storycard.toml_reader import merge

EM = 30

_BODY = {"box": [100, 200, 880, 600], "px": [EM, EM], "lines": 9}
_TABLE = {
    "title": "Blocks",
    "families": {"blocks": "Blocks"},
    "colours": {"ground": "#ffffff", "ink": "#000000", "blue": "#99ccff"},
    "roles": {name: {"family": "blocks", "leading": 1.0, "px": EM} for name in ROLES},
    "cards": {
        "all": {
            "square": {
                "rows": [
                    {"box": [100, 100, 880, EM], "kicker": EM},
                    {"box": [100, 930, 880, 50], "brand": EM, "date": EM},
                ]
            }
        },
        "headline": {"square": {"headline": _BODY}},
        "bullet": {"square": {"bullet": _BODY}},
        "quote": {"square": {"quote": _BODY}},
    },
}
# The reference format of square compositions: a px of the theme is a px of the card.
CARD = Format("card", "Card", "Anywhere", 1080, 1080, SafeZone(0, 0, 0, 0), 300_000, ("png",), 1000, "plain")


def block_theme(changes: Mapping[str, Any] | None = None) -> Theme:
    """Returns the theme with `changes` merged into its table."""
    return read_theme("blocks", merge(_TABLE, changes or {}), "blocks.toml")
