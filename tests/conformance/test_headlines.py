"""Checks real headlines and a sample in every script on cards of every format."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.design.formats import Format, load_formats
from storycard.errors import CardSkipped
from storycard.ingest import read_native, split_articles
from storycard.layout.card import lay_out
from storycard.layout.scene import Scene
from support.card_faults import faults, stray_ink
from support.paths import ASSETS, ROOT, SAMPLES, THEMES

CORPUS = ROOT.parent / "shared" / "data" / "headlines.jsonl"
FORMATS = tuple(load_formats(ASSETS / "formats.toml"))
QUICK = ("og", "square", "story")  # a wide, a square and a tall one
KINDS = ("headline", "bullet")
ARTICLES = {
    article.language: article
    for _, line in split_articles((SAMPLES / "scripts.jsonl").read_bytes())
    for article in [read_native(line)]
}


@dataclass(frozen=True, slots=True)
class Card:
    """A laid out card, its article and its format."""

    article: Article
    format: Format
    scene: Scene


def corpus() -> Iterator[Article]:
    for line in CORPUS.read_text("utf-8").splitlines():
        source = json.loads(line)
        bullets = (source["summary"],) if "summary" in source else ()
        day = datetime(2026, 11, 20, tzinfo=UTC)
        yield Article(id=source["id"], headline=source["headline"], language=source["lang"], bullets=bullets, published_at=day)


def cards(articles: Iterator[Article], kind: str, format_name: str, assets: Assets, theme: str = "broadsheet") -> Iterator[Card]:
    card_format = assets.formats[format_name]
    for article in articles:
        context = assets.render_context(article, theme)
        try:
            yield Card(article, card_format, lay_out(article, kind, card_format, context, assets.fonts))
        except CardSkipped as skipped:
            check_reason(skipped, article)


def check_reason(skipped: CardSkipped, article: Article) -> None:
    """Asserts that a card is left out only for want of a fact, or of one that fits whole."""
    assert skipped.kind == "bullet"
    assert skipped.reason == (
        "no key fact fits whole, and a key fact is never cut" if article.bullets else "the article has no bullets"
    )


def wrong(card: Card, assets: Assets) -> Iterator[str]:
    """Yields the faults of a card, each preceded by the article's ID."""
    found = faults(card.scene, card.format, assets.themes["broadsheet"], card.article.language, assets)
    yield from (f"{card.article.id}: {fault}" for fault in (*found, *stray_ink(card.scene)))


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_file(), reason=f"the headlines are not in {CORPUS}")
@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_corpus_headlines(kind: str, format_name: str, assets: Assets) -> None:
    drawn = cards(corpus(), kind, format_name, assets)
    assert [fault for card in drawn for fault in wrong(card, assets)] == []


@pytest.mark.parametrize(
    "format_name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in FORMATS]
)
@pytest.mark.parametrize("kind", [*KINDS, "quote"])
def test_sample_in_every_script(kind: str, format_name: str, assets: Assets) -> None:
    drawn = list(cards(iter(ARTICLES.values()), kind, format_name, assets))
    assert len(drawn) == len(ARTICLES)
    assert [fault for card in drawn for fault in wrong(card, assets)] == []
    assert [text.text for card in drawn for text in card.scene.texts if text.truncated] == []


# Scripts with the highest and the deepest letters: Tibetan, Burmese, Sinhala, Telugu, Urdu, and Yoruba with its marks.
TALL = ("bo", "my", "si", "te", "ur", "yo")


@pytest.mark.parametrize("theme", THEMES)
def test_tall_scripts_in_every_theme(theme: str, assets: Assets) -> None:
    tall = [ARTICLES[language] for language in TALL]
    drawn = [card for kind in KINDS for name in ("og", "story") for card in cards(dated(tall), kind, name, assets, theme)]
    assert [
        fault for card in drawn for fault in faults(card.scene, card.format, assets.themes[theme], card.article.language, assets)
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_every_script_in_every_theme(theme: str, assets: Assets) -> None:
    kinds = (*KINDS, "quote")
    drawn = [card for kind in kinds for name in FORMATS for card in cards(dated(ARTICLES.values()), kind, name, assets, theme)]
    assert [
        fault for card in drawn for fault in faults(card.scene, card.format, assets.themes[theme], card.article.language, assets)
    ] == []


def dated(articles: Iterable[Article]) -> Iterator[Article]:
    return (replace(article, published_at=datetime(2026, 11, 20, tzinfo=UTC)) for article in articles)
