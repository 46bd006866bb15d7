"""Defines what rendering returns: the cards of an article, and the facts about each."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from storycard.design.formats import EXTENSIONS
from storycard.errors import CardSkipped
from storycard.layout.scene import Rect


class TextFact(NamedTuple):
    """The text of one part of a card, and how it is set."""

    role: str
    lines: tuple[str, ...]
    font_px: int
    box: Rect  # contains its ink, in px
    truncated: bool
    missing_glyphs: int
    contrast: float  # the lowest WCAG contrast ratio with patches of a letter's size behind it, without the lowest twentieth


class PhotoFact(NamedTuple):
    """What a card shows of the article's photograph."""

    placement: str  # "beside", "behind" or "above" the text, "none" if the card is without it
    why: str  # why it is not where, or not as large as, the theme has it; "" if it is
    part: tuple[int, int, int, int]  # left, top, width and height in px of the stored photograph; all 0 without it
    heads_whole: int
    heads_cut: int
    heads_left_out: int


@dataclass(frozen=True)
class Card:
    """One finished image: its bytes and the facts about them."""

    kind: str
    format: str
    width: int  # px
    height: int  # px
    type: str
    data: bytes
    alt: str
    text: tuple[TextFact, ...]
    photo: PhotoFact | None = None  # None if the article has no photograph, or the theme no place for it on this card

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def file_name(self) -> str:
        """The card's name on disk and in S3, such as `headline-og.png`."""
        return f"{self.kind}-{self.format}.{EXTENSIONS[self.type]}"


class CardSet(NamedTuple):
    """All cards of one version of an article, and the cards that could not be made."""

    article_id: str
    version: str
    language: str
    direction: str  # "ltr" or "rtl"
    theme: str
    renderer: str
    cards: tuple[Card, ...]
    skipped: tuple[CardSkipped, ...]
    choices: Mapping[str, str]  # why this bullet and this quote were chosen
    notices: tuple[str, ...]  # what is missing or guessed, in sentences
