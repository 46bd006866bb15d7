"""Tests the optical margins of text: how far its first letters are from the edge of the room."""

from dataclasses import replace
from statistics import mean

import pytest

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.language.tags import is_rtl
from storycard.layout.card import lay_out
from storycard.layout.optical_margins import bounding_box
from storycard.layout.scene import Rect, Text

HEADLINES = {  # several lines each, none with a quotation mark at its start
    "zh-Hans": "港口城市修复了百年防波堤，居民们在风暴之后第一次安心入睡",
    "ko": "항구 도시가 백 년 된 방파제를 고치고 주민들이 폭풍 뒤에 처음으로 편히 잠들었다",
    "th": "เมืองท่าซ่อมกำแพงกันคลื่นอายุร้อยปีเสร็จแล้ว ชาวเมืองนอนหลับสบายเป็นครั้งแรก",
    "he": "עיר הנמל תיקנה את שובר הגלים בן המאה והתושבים ישנו לראשונה בשקט אחרי הסערה",
}
CHINESE = "高原天文台启用新望远镜，首夜拍到两千万光年外的旋涡星系，科研人员等了十一年"


def headline(article: Article, language: str, text: str, assets: Assets) -> Text:
    article = replace(article, language=language, headline=text)
    scene = lay_out(article, "headline", assets.formats["square"], assets.render_context(article, "nightdesk"), assets.fonts)
    return next(text for text in scene.texts if text.role == "headline")


def insets(text: Text, rtl: bool) -> list[float]:
    """Returns for each line the px between the edge of the room and the line's first ink."""
    if rtl:
        return [text.room.right - placed.x - placed.line.ink.right * text.font_px for placed in text.lines]
    return [placed.x + placed.line.ink.left * text.font_px - text.room.x for placed in text.lines]


@pytest.mark.parametrize("language", HEADLINES)
def test_fallback_font_is_flush_on_average(language: str, samples: dict[str, Article], assets: Assets) -> None:
    text = headline(samples["harbour-barriers"], language, HEADLINES[language], assets)
    measured = insets(text, is_rtl(language))
    assert len(measured) > 1
    assert mean(measured) == pytest.approx(0, abs=0.01)
    assert max(measured) - min(measured) < 0.1 * text.font_px  # lines stay aligned by their advances, not by their ink


def test_theme_font_is_flush_at_its_stems(samples: dict[str, Article], assets: Assets) -> None:
    text = headline(samples["harbour-barriers"], "en", "Harbours hold through the hardest winter the coast has had", assets)
    font = text.lines[0].line.runs[0].font
    assert font.stem_bearing > 0
    assert {placed.x for placed in text.lines} == {text.room.x - font.stem_bearing * text.font_px}


def test_bounding_box_ignores_rounding_errors() -> None:
    assert bounding_box([Rect(0.1 + 0.2 - 0.3 + 4, 1, 3 + 1e-12, 2 - 1e-12)]) == Rect(4, 1, 3, 2)
    assert bounding_box([Rect(4.01, 1, 3, 2)]) == Rect(4, 1, 4, 2)


def test_centred_line_does_not_count_the_empty_half_of_a_mark_at_its_end(samples: dict[str, Article], assets: Assets) -> None:
    article = replace(samples["harbour-barriers"], language="zh-Hans", headline=CHINESE)
    scene = lay_out(article, "headline", assets.formats["x"], assets.render_context(article, "broadsheet"), assets.fonts)
    text = next(text for text in scene.texts if text.role == "headline")
    first = next(line for line in text.lines if line.line.text.endswith("，"))
    left, right = (first.x + side * text.font_px for side in (first.line.ink.left, first.line.ink.right))
    assert (left - text.room.x) == pytest.approx(text.room.right - right, abs=0.3 * text.font_px)
