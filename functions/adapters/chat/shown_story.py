"""Defines a story as chat messages show it: its headline, its addresses and its square cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

FORMAT = "square"
TITLES: Mapping[str, str] = MappingProxyType({"headline": "Headline", "bullet": "Key fact", "quote": "Quote"})  # as in the Studio


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card's name for people, its pinned URL and its alternative text."""

    title: str
    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class ShownStory:
    """A public story and its cards. `address` is its canonical URL, "" if it has none; `missing` says why it lacks one.

    Of a post of the social team, `text` is its text, and `page` the end of its share page's address.
    """

    article_id: str
    headline: str
    address: str
    base_url: str
    cards: tuple[ShownCard, ...] = ()
    missing: tuple[str, ...] = ()
    text: str = ""
    page: str = ""

    @property
    def studio_url(self) -> str:
        return f"{self.base_url}/studio#/article/{quote(self.article_id)}"

    @property
    def share_url(self) -> str:
        return f"{self.base_url}/share/{self.article_id}{self.page}"


def show_story(article_id: str, headline: str, address: str, base_url: str, manifest: Mapping[str, Any] | None) -> ShownStory:
    """Builds the story with the square cards that its manifest lists; with none if there is no manifest."""
    cards, skipped = (manifest["cards"], manifest["skipped"]) if manifest else ((), ())
    shown = {card["kind"]: card for card in cards if card["format"] == FORMAT}
    lacking = {skip["kind"]: skip["reason"] for skip in skipped if skip["format"] == FORMAT}
    return ShownStory(
        article_id,
        headline,
        address,
        base_url,
        tuple(ShownCard(title, shown[kind]["url"], shown[kind]["alt"]) for kind, title in TITLES.items() if kind in shown),
        tuple(f"No {title.lower()} card: {lacking[kind]}." for kind, title in TITLES.items() if kind in lacking),
    )
