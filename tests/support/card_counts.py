"""Computes the number of cards in a set from the kinds and formats, so that a new one breaks no test."""

from storycard.design.formats import load_formats
from storycard.design.kinds import KINDS
from support.paths import ASSETS

FORMATS = len(load_formats(ASSETS / "formats.toml"))
FULL_SET = len(KINDS) * FORMATS
WITHOUT_QUOTE = FULL_SET - FORMATS
ONE_FORMAT = len(KINDS)  # the set of an article in the fixture one_format
ONE_FORMAT_WITHOUT_QUOTE = ONE_FORMAT - 1
