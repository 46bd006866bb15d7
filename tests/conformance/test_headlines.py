"""Real headlines and a sample in every script, on cards of every format: nothing missing, nothing cut, nothing touching."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from storycard.article import Article
from storycard.assets import Assets
from storycard.errors import CardSkipped
from storycard.formats import Format
from storycard.ingest import read_article, split_articles
from storycard.language import is_rtl
from storycard.layout import lay_out
from storycard.paint import paint
from storycard.scene import Rect, Scene, Text
from storycard.text.balancing import filled, line_width
from storycard.text.paragraph import measure

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "data" / "headlines.jsonl"
FORMATS = ("og", "x", "linkedin", "square", "portrait", "tall", "story", "pin")
KINDS = ("headline", "bullet")
SAMPLES = {
    article.language: article
    for _, line in split_articles((ROOT / "samples" / "scripts.jsonl").read_bytes())
    for article in [read_article(line, "native")]
}

# Headlines that cannot be drawn as they came, and why.
DAMAGED: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Card:
    """A laid out card and what it was laid out from."""

    article: Article
    format: Format
    scene: Scene


def corpus() -> Iterator[Article]:
    for line in CORPUS.read_text("utf-8").splitlines():
        source = json.loads(line)
        bullets = (source["summary"],) if "summary" in source else ()
        day = datetime(2026, 11, 20, tzinfo=UTC)
        yield Article(id=source["id"], headline=source["headline"], language=source["lang"], bullets=bullets, published_at=day)


def cards(articles: Iterator[Article], kind: str, format_name: str, assets: Assets) -> Iterator[Card]:
    card_format = assets.formats[format_name]
    for article in articles:
        try:
            yield Card(article, card_format, lay_out(article, kind, card_format, assets.edition(article), assets.fonts))
        except CardSkipped:
            assert kind == "bullet"
            assert not article.bullets


def faults(card: Card, assets: Assets) -> Iterator[str]:
    zone = card.format.safe
    width, height = card.format.width - zone.left - zone.right, card.format.height - zone.top - zone.bottom
    for text in card.scene.texts:
        if text.missing_glyphs and card.article.id not in DAMAGED:
            yield f"{text.role}: {text.missing_glyphs} missing glyphs in {text.text!r}"
        if not inside(text.box, Rect(zone.left, zone.top, width, height)):
            yield f"{text.role}: {text.box} outside the safe zone"
        if text.truncated and fits_at_the_smallest_size(text, card, assets):
            yield f"{text.role}: cut, though all of {text.text!r} has room"
    for one, other in itertools.combinations(card.scene.texts, 2):
        if not apart(one.box, other.box):
            yield f"{one.role} {one.box} lies over {other.role} {other.box}"


def fits_at_the_smallest_size(text: Text, card: Card, assets: Assets) -> bool:
    """Whether lines of the smallest type, simply filled, hold all of a text with the leading it was set with."""
    theme = assets.themes["broadsheet"]
    role = theme.role(text.role, card.format.name)
    size = min(theme.sizes(role, card.format.width / 1080))
    language = card.article.language
    paragraph = measure(text.text, language, is_rtl(language), role.style, assets.fonts)
    width = text.room.width / size
    spans = filled(paragraph, width)
    ends = {place.end: place for place in paragraph.breaks}
    baselines = [placed.baseline for placed in text.lines]
    leading = max([role.style.leading * size, *(low - high for high, low in itertools.pairwise(baselines))])
    return (
        all(line_width(paragraph, span.start, ends[span.end]) <= width for span in spans)
        and len(spans) <= role.max_lines
        and (paragraph.ascent + paragraph.descent) * size + (len(spans) - 1) * leading <= text.room.height
    )


def inside(inner: Rect, outer: Rect) -> bool:
    return inner.x >= outer.x and inner.y >= outer.y and inner.right <= outer.right and inner.bottom <= outer.bottom


def apart(one: Rect, other: Rect) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_file(), reason=f"the headlines are not in {CORPUS}")
@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_headline_of_the_corpus(kind: str, format_name: str, assets: Assets) -> None:
    drawn = cards(corpus(), kind, format_name, assets)
    assert [f"{card.article.id}: {fault}" for card in drawn for fault in faults(card, assets)] == []


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("kind", [*KINDS, "quote"])
def test_every_sample_in_a_script_of_its_own(kind: str, format_name: str, assets: Assets) -> None:
    drawn = list(cards(iter(SAMPLES.values()), kind, format_name, assets))
    assert len(drawn) == len(SAMPLES)
    assert [f"{card.article.language}: {fault}" for card in drawn for fault in faults(card, assets)] == []
    assert [text.text for card in drawn for text in card.scene.texts if text.truncated] == []


@pytest.mark.parametrize("language", SAMPLES)
def test_all_ink_is_inside_its_box(language: str, assets: Assets) -> None:
    outside: list[str] = []
    for kind in (*KINDS, "quote"):
        for card in cards(iter([SAMPLES[language]]), kind, "square", assets):
            ground = Image.new("RGB", (card.scene.width, card.scene.height), card.scene.ground)
            for text in card.scene.texts:
                alone = paint(replace(card.scene, rules=(), marks=(), texts=(text,)), assets.mark).image
                left, top, right, bottom = ImageChops.difference(alone, ground).getbbox()
                if not inside(Rect(left, top, right - left, bottom - top), text.box):
                    outside.append(f"{kind} {text.role}: ink {left, top, right, bottom}, {text.box}")
    assert outside == []
