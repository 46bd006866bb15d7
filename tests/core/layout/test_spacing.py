"""Tests the distances that an eye sees first: between lines, around a speaker, and from the left edge."""

import itertools
import statistics
from collections.abc import Iterator

import pytest

from storycard.article import Article, PullQuote
from storycard.design.assets import Assets
from storycard.ingest import read_native, split_articles
from storycard.layout.card import lay_out
from storycard.layout.scene import Rect, Scene, Text
from support.paths import SAMPLES

IDEOGRAPHS = ("zh-Hans", "zh-Hant", "ja", "ko")  # their lines are opened by the room that there is
LEAST_WHITE = 0.34  # em between the mean depth of a line's letters and the mean height of those below
SAME, APART = 1, 30  # px of the reference format: left edges are the same, or seen to differ
WORDS = ("Resigned", "Guilty", "Evacuated", "Inflation")
SAID = (
    "Enough.",
    "I would rather be late than be wrong, and I was neither.",
    "They told us the machine was broken on Monday, and on Tuesday, and by Friday we understood that there was no machine "
    "at all, only a room with a chair in it and a bill.",
)


def scene_of(article: Article, kind: str, format_name: str, theme: str, assets: Assets) -> Scene:
    return lay_out(article, kind, assets.formats[format_name], assets.render_context(article, theme), assets.fonts)


def text_of(scene: Scene, role: str) -> Text:
    return next(text for text in scene.texts if text.role == role)


@pytest.mark.slow
def test_lines_of_every_script_are_as_far_apart_as_latin_ones(assets: Assets) -> None:
    close = {}
    for _, line in split_articles((SAMPLES / "scripts.jsonl").read_bytes()):
        article = read_native(line)
        if article.language not in IDEOGRAPHS:
            text = text_of(scene_of(article, "headline", "square", "broadsheet", assets), "headline")
            pitch = (text.lines[1].baseline - text.lines[0].baseline) / text.font_px
            close[article.language] = round(pitch - mean_height(text), 2)
    assert {language: white for language, white in close.items() if white < LEAST_WHITE} == {}


def mean_height(text: Text) -> float:
    """Returns the em from the mean depth to the mean height of a text's letters, without its marks of no width."""
    runs = [run.glyphs for placed in text.lines for run in placed.line.runs]
    glyphs = [glyph for run in runs for glyph in zip(run.above, run.below, run.advances, strict=True)]
    letters = [(above, below) for above, below, advance in glyphs if advance > 0.2 and above > 0]
    return statistics.mean(above for above, _ in letters) + max(0.0, statistics.mean(below for _, below in letters))


def test_one_word_is_large_in_every_theme_and_format(assets: Assets) -> None:
    small = []
    for theme, name, word in itertools.product(assets.themes, assets.formats, WORDS):
        scene = scene_of(Article(id="a", language="en", headline=word), "headline", name, theme, assets)
        if text_of(scene, "headline").box.width < 0.55 * scene.width:
            small.append((theme, name, word))
    assert small == []


@pytest.mark.parametrize("theme", ["broadsheet", "nightdesk", "bulletin", "frontline", "civic", "clarity", "weekend"])
def test_speaker_is_nearer_to_the_quote_than_to_what_is_below(theme: str, assets: Assets) -> None:
    for name, words in itertools.product(("og", "square", "portrait", "story"), SAID):
        said = PullQuote(words, "Leila Haddad", "economics editor, Tidewater Institute")
        article = Article(id="a", language="en", headline="H", kicker="Health", quotes=(said,))
        scene = scene_of(article, "quote", name, theme, assets)
        source = [text for text in scene.texts if text.role in ("speaker", "speaker_role")]
        top = min(text.box.y for text in source)
        panels = [rule.rect.bottom for rule in scene.rules if text_of(scene, "quote").box.bottom < rule.rect.bottom < top]
        above = top - max([text_of(scene, "quote").box.bottom, *panels])  # a bubble ends between them
        bottom = max(text.last_baseline for text in source)
        assert min(tops_below(scene, bottom, max(text.box.right for text in source))) - bottom >= above, (name, words[:9])


def tops_below(scene: Scene, y: float, right: float) -> Iterator[float]:
    """Yields the tops of the texts, the logos and the panels that start below `y` and before `right`."""
    rules, logos = ([part.rect for part in parts] for parts in (scene.rules, scene.logos))
    boxes: list[Rect] = [*rules, *logos, *(text.box for text in scene.texts)]
    yield from (box.y for box in boxes if box.y > y and box.x < right)


def test_texts_start_at_the_same_edge_or_at_one_that_is_seen_to_differ(assets: Assets) -> None:
    near = []
    for theme in assets.themes:
        compositions = assets.render_context(Article(id="a", language="en", headline="H"), theme).theme.compositions
        for (kind, shape), found in compositions.items():
            for composition in found if kind != "paid" else ():  # whose label stands in a tab
                parts = [part.area.x for name, part in composition.parts.items() if part.align == "start" and name != "mark"]
                rows = [row.area.x for row in composition.rows if not any(item.fill for item in row.items.values())]
                edges = sorted({*parts, *rows})
                near += [(theme, kind, shape, pair) for pair in itertools.pairwise(edges) if SAME < pair[1] - pair[0] < APART]
    assert near == []
