"""Tests that a part of a shaped run has the glyphs of the same text shaped by itself, or cannot be split off."""

from collections.abc import Iterator

import pytest

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.ingest import read_native, split_articles
from storycard.language.tags import is_rtl
from storycard.text.fonts.library import FontLibrary
from storycard.text.paragraph import measure
from storycard.text.shaping.itemising import font_runs
from storycard.text.shaping.shaped_run import PlacedRun, ShapedRun, shape_run
from storycard.text.style import FontStyle, TextStyle

STYLE = TextStyle(FontStyle("Inter", 700), tracking=0.02, word_space=0.1)
HORIZONTAL = ("xs", "lefts", "rights")  # columns relative to the start of the run


@pytest.fixture(scope="session")
def articles(assets: Assets) -> list[Article]:
    lines = split_articles((assets.folder.parent / "samples" / "scripts.jsonl").read_bytes())
    return [read_native(line) for _, line in lines]


def drawn(run: PlacedRun) -> dict[str, list[float]]:
    """Returns each column of the glyphs, horizontal positions relative to the start of the line."""
    return {name: [run.x * (name in HORIZONTAL) + value for value in column] for name, column in run.glyphs._asdict().items()}


def words(text: str, whole: ShapedRun) -> Iterator[tuple[int, int]]:
    """Yields the start and end of each word, and of each two consecutive words."""
    starts = [place for place in range(whole.start, whole.end) if place == whole.start or text[place - 1] == " "]
    for index, start in enumerate(starts):
        for end in (*starts, whole.end)[index + 1 : index + 3]:
            yield start, max(start + 1, len(text[:end].rstrip()))


def test_part_equals_text_shaped_by_itself(articles: list[Article], assets: Assets) -> None:
    cut = tried = 0
    for article in articles:
        text = article.headline
        for whole in measure(text, article.language, is_rtl(article.language), STYLE, assets.fonts).shaped_runs:
            for first, last in words(text, whole):
                tried += 1
                if part := whole.place_part(first, last, 0.5):
                    cut += 1
                    alone = shape_run(text, whole.run, first, last, rtl=whole.rtl, language=article.language, style=STYLE)
                    expected = alone.place_part(first, last, 0.5)
                    columns = {name: pytest.approx(column) for name, column in drawn(expected).items()}
                    assert drawn(part) == columns, (article.language, text[first:last])
                    assert part.trailing_space == expected.trailing_space
                    assert part.width == pytest.approx(expected.width)
    assert cut > 0.9 * tried > 900


def test_does_not_split_joined_letters(assets: Assets) -> None:
    [whole] = measure("كتاب", "ar", True, STYLE, assets.fonts).shaped_runs
    assert whole.place_part(0, 2, 0.0) is None
    assert whole.place_part(0, 4, 0.0) is not None


def test_does_not_split_kerned_pair(assets: Assets) -> None:
    [whole] = measure("To", "en", False, STYLE, assets.fonts).shaped_runs
    assert whole.place_part(0, 1, 0.0) is None


def test_does_not_split_cluster(assets: Assets) -> None:
    [whole] = measure("ae\u0323b", "en", False, STYLE, assets.fonts).shaped_runs
    assert whole.place_part(0, 2, 0.0) is None


def test_places_part_at_given_position(blocks: FontLibrary) -> None:
    text = "abc def"
    style = TextStyle(FontStyle("Blocks"), tracking=0.25, word_space=0.5)
    [run] = font_runs(text, "en", style.font, blocks)
    whole = shape_run(text, run, 0, 7, rtl=False, language="en", style=style)
    part = whole.place_part(4, 6, 2.0)
    assert [part.x + x for x in part.glyphs.xs] == [2.0, 3.25]
    assert [part.x + right for right in part.glyphs.rights] == [3.0, 4.25]
    assert (part.width, part.trailing_space) == (2.5, 0.25)
    rtl_run = shape_run(text, run, 0, 7, rtl=True, language="en", style=style._replace(tracking=0.0, word_space=0.0))
    assert [text[cluster] for cluster in rtl_run.place_part(1, 3, 0.0).glyphs.clusters] == ["c", "b"]
