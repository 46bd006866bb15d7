"""Tests that lines keep figures, abbreviations and names whole on cards of every format."""

import tomllib
from pathlib import Path

import pytest

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.layout.card import lay_out

TABLE = tomllib.loads(Path(__file__).with_name("kept_together.toml").read_text("utf-8"))
CASES = [(tag, case["headline"], case["together"]) for tag, cases in TABLE.items() for case in cases]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize(("tag", "headline", "together"), CASES, ids=[f"{tag}-{text[:20]}" for tag, text, _ in CASES])
def test_no_card_parts_what_belongs_together(tag: str, headline: str, together: list[str], assets: Assets) -> None:
    article = Article(id="a", headline=headline, language=tag)
    for card_format in assets.formats.values():
        scene = lay_out(article, "headline", card_format, assets.render_context(article), assets.fonts)
        lines = next([plain(placed.line.text) for placed in text.lines] for text in scene.texts if text.role == "headline")
        assert [part for part in together if not any(part in line for line in lines)] == [], lines
