"""Tests the minimum leading at which the outlines of two lines keep apart."""

import pytest
from PIL import Image, ImageChops

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.ingest import read_native, split_articles
from storycard.language.tags import is_rtl
from storycard.layout.scene import PlacedLine
from storycard.painting.glyph_raster import rasterize
from storycard.text.fonts.library import FontLibrary
from storycard.text.line_spacing import min_leading
from storycard.text.paragraph import Line, measure, set_line
from storycard.text.style import FontStyle, TextStyle

CLEAR = 0.04  # em
PX = 96
STYLE = TextStyle(FontStyle("Noto Serif Display", 700))


@pytest.fixture(scope="session")
def scripts(assets: Assets) -> dict[str, Article]:
    lines = split_articles((assets.folder.parent / "samples" / "scripts.jsonl").read_bytes())
    return {article.language: article for _, line in lines for article in [read_native(line)]}


def line_of(text: str, language: str, fonts: FontLibrary) -> Line:
    return set_line(measure(text, language, is_rtl(language), STYLE, fonts), 0, len(text))


def boxes_apart(upper: Line, lower: Line) -> float:
    """Returns the leading at which not even the bounding boxes of the lines touch."""
    return upper.ink.below + lower.ink.above + CLEAR


def overlap(upper: Line, lower: Line, leading: float) -> bool:
    """Returns whether the two lines share a pixel if their baselines are `leading` em apart."""
    pictures = []
    for line, baseline in ((upper, 2.5 * PX), (lower, (2.5 + leading) * PX)):
        letters = rasterize((PlacedLine(line, PX, baseline),), PX)
        pictures.append(picture := Image.new("L", (round(PX * (max(upper.width, lower.width) + 2)), 6 * PX)))
        picture.paste(letters.mask, letters.box)
    one, other = pictures
    solid = [picture.point(lambda value: 255 if value > 127 else 0) for picture in (one, other)]
    return ImageChops.multiply(*solid).getbbox() is not None


def test_keeps_leading_without_descenders(assets: Assets) -> None:
    upper, lower = (line_of(text, "en", assets.fonts) for text in ("one car", "Held"))
    assert min_leading(upper, lower, offset=0.0, clearance=CLEAR, leading=1.08) == 1.08


def test_ignores_descender_beside_capital(assets: Assets) -> None:
    upper, lower = line_of("oooooog", "en", assets.fonts), line_of("Ấa", "en", assets.fonts)
    assert min_leading(upper, lower, offset=0.0, clearance=CLEAR, leading=1.0) == 1.0
    assert min_leading(upper, lower, offset=upper.width - lower.width / 2, clearance=CLEAR, leading=1.0) > 1.0


@pytest.mark.parametrize("language", ["ur", "ar", "th", "bo", "km", "my", "vi", "hi"])
def test_keeps_outlines_apart(language: str, scripts: dict[str, Article], assets: Assets) -> None:
    words = scripts[language].headline.split()
    middle = max(1, len(words) // 2)
    upper, lower = (line_of(" ".join(part) or words[0], language, assets.fonts) for part in (words[:middle], words[middle:]))
    leading = min_leading(upper, lower, offset=0.0, clearance=CLEAR, leading=1.0)
    assert 1.0 <= leading <= max(1.0, boxes_apart(upper, lower) + 2 / 96)
    assert not overlap(upper, lower, leading)


@pytest.mark.parametrize("words", ["Reuters", "ZHE 14"])
def test_kaf_stays_below_letters_without_descenders(words: str, assets: Assets) -> None:
    upper, lower = line_of(words, "ur", assets.fonts), line_of("مکمل", "ur", assets.fonts)
    assert overlap(upper, lower, 0.7)
    assert not overlap(upper, lower, min_leading(upper, lower, offset=0.0, clearance=CLEAR, leading=0.7))


def test_nastaliq_lines_are_closer_than_their_bounding_boxes(scripts: dict[str, Article], assets: Assets) -> None:
    words = scripts["ur"].headline.split()
    upper, lower = (line_of(" ".join(part), "ur", assets.fonts) for part in (words[:6], words[6:12]))
    assert min_leading(upper, lower, offset=0.0, clearance=CLEAR, leading=1.0) < boxes_apart(upper, lower) - 0.05


def test_overlap_detects_colliding_lines(assets: Assets) -> None:
    line = line_of("gjpq", "en", assets.fonts)
    assert overlap(line, line, 0.2)
