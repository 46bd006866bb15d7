"""Computes the number of cards in a set from assets/formats.toml, so that a new format breaks no test."""

from storycard.design.formats import load_formats
from support.paths import ASSETS

FORMATS = len(load_formats(ASSETS / "formats.toml"))
FULL_SET = 3 * FORMATS  # headline, bullet and quote
WITHOUT_QUOTE = 2 * FORMATS
