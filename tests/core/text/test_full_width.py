"""Tests the width of Chinese, Japanese and Korean punctuation: half an em less where two marks meet, and at a line's edges."""

from collections.abc import Callable

import pytest

from storycard.design.assets import Assets
from storycard.text.paragraph import Paragraph, set_line
from storycard.text.style import FontStyle, TextStyle
from support.measuring import measure_in

Measure = Callable[[str, str], Paragraph]
# The width in em as Chromium 156 sets it on one line with `text-spacing-trim: trim-start`; U+3000 takes half an em less here.
WIDTHS = [
    ("zh-Hans", "说：“好”，“行”", 7.5),
    ("zh-Hans", "他说：“好。”", 6),
    ("zh-Hans", "《一》《二》《三》", 7.5),
    ("zh-Hans", "《一》、《二》和《三》", 9.5),
    ("zh-Hans", "（一）、（二）", 5.5),
    ("zh-Hans", "问（“一”）", 5),
    ("zh-Hans", "好，（不）好。", 6.5),
    ("zh-Hans", "好！”他说", 5),
    ("zh-Hans", "好？》", 3),
    ("zh-Hans", "“‘一’二”", 5),
    ("zh-Hans", "一；《二》", 4.5),
    ("zh-Hans", "一、二，三。", 6),
    ("zh-Hans", "一　《二》", 4),
    ("zh-Hans", "《一》　二", 3.5),
    ("zh-Hans", "一……《二》", 6),
    ("zh-Hans", "一——《二》", 6),
    ("zh-Hans", "【一】二", 3.5),
    ("zh", "他说：“好。”", 6),
    ("zh-Hant", "「一」，「二」", 5.5),
    ("zh-Hant", "他說：「好。」", 6.5),
    ("zh-Hant", "《一》、《二》", 5.5),
    ("zh-Hant", "（一）。（二）", 5.5),
    ("zh-Hant", "好！」他說", 5),
    ("zh-Hant", "「『一』」", 3.5),
    ("zh-Hant", "一、二，三。", 6),
    ("zh-HK", "他說：「好。」", 6.5),
    ("ja", "「一」「二」", 5),
    ("ja", "「一」、「二」", 5.5),
    ("ja", "「一。」", 3),
    ("ja", "（一）・「二」", 5.5),
    ("ja", "「『一』」と", 4.5),
    ("ja", "一、二。", 4),
    ("ja", "一！「二」", 5),
    ("ja", "一？　「二」", 5),
    ("ja", "【一】「二」", 5),
    ("ja", "一：「二」", 4.5),
    ("ja", "〈一〉（二）", 5),
    ("ko", "「일」「이」", 4.84),
    ("ko", "『일』, 『이』", 5.95),
]


@pytest.fixture(params=["Inter", "Noto Serif Display"])
def measured(assets: Assets, request: pytest.FixtureRequest) -> Measure:
    style = TextStyle(FontStyle(request.param, 700))
    return lambda text, language: measure_in(language, text, style, assets.fonts)


@pytest.mark.parametrize(("language", "text", "width"), WIDTHS)
def test_marks_are_as_wide_as_in_chromium(language: str, text: str, width: float, measured: Measure) -> None:
    paragraph = measured(text, language)
    assert set_line(paragraph, 0, len(text)).width == pytest.approx(width, abs=0.12 if language == "ko" else 0.001)


@pytest.mark.parametrize(
    ("text", "start", "end", "width"), [("一《二》三", 1, 4, 2), ("一，二。三", 2, 4, 1.5), ("一！二", 0, 2, 2)]
)
def test_marks_at_the_edges_of_a_line_take_half_an_em(text: str, start: int, end: int, width: float, measured: Measure) -> None:
    assert measured(text, "zh-Hans").width(start, end) == pytest.approx(width)
    assert measured(text, "zh-Hans").width(0, len(text)) == pytest.approx(len(text))


@pytest.mark.parametrize("text", ["一《二》", "二「三」", "一（二）"])
def test_mark_that_begins_a_line_starts_at_its_ink(text: str, measured: Measure) -> None:
    paragraph = measured(text, "ja")
    line = set_line(paragraph, 1, len(text))
    assert 0 <= line.ink.left < 0.2
    assert line.width == pytest.approx(2.5)


def test_marks_of_text_from_left_to_right_keep_their_width(measured: Measure) -> None:
    paragraph = measured("He said: “Good”, (“yes”)", "en")
    assert paragraph.width(0, 24) == pytest.approx(sum(paragraph.width(index, index + 1) for index in range(24)))


def test_marks_beside_latin_letters_are_trimmed(measured: Measure) -> None:
    paragraph = measured("（A）、（B）", "ja")
    letters = paragraph.width(1, 2) + paragraph.width(5, 6)
    assert set_line(paragraph, 0, 7).width == pytest.approx(3.5 + letters)


@pytest.mark.parametrize("text", ["说“OK”了", "iPhone“降价”了", "“OK”他说", "好‘A’"])
def test_chinese_quotation_marks_are_full_width_beside_latin_letters(text: str, measured: Measure) -> None:
    paragraph = measured(text, "zh-Hans")
    marks = [index for index, character in enumerate(text) if character in "“”‘’"]
    assert [paragraph.advances[index + 1] - paragraph.advances[index] for index in marks] == pytest.approx([1, 1])


@pytest.mark.parametrize(("text", "mark"), [("看It’s OK", 3), ("“OK”", 0), ("A “B” C", 2)])
def test_latin_marks_in_chinese_text_are_narrow(text: str, mark: int, measured: Measure) -> None:
    assert measured(text, "zh-Hans").width(mark, mark + 1) < 0.6
