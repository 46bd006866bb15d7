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
    for name in assets.formats:
        assert parted(tag, headline, together, name, "broadsheet", assets) == []


@pytest.mark.slow
def test_few_cards_of_any_theme_part_what_belongs_together(assets: Assets) -> None:
    for theme in assets.themes:
        for name in assets.formats:
            found = [parted(*case, name, theme, assets) for case in CASES]
            assert len(list(filter(None, found))) <= 0.05 * len(CASES), (theme, name)


def parted(tag: str, headline: str, together: list[str], format_name: str, theme: str, assets: Assets) -> list[str]:
    article = Article(id="a", headline=headline, language=tag)
    scene = lay_out(article, "headline", assets.formats[format_name], assets.render_context(article, theme), assets.fonts)
    lines = next([plain(placed.line.text) for placed in text.lines] for text in scene.texts if text.role == "headline")
    return [part for part in together if not any(part in line for line in lines)]
