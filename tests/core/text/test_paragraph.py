"""paragraph: text measured once, and lines set from it. One letter of the block font is one em."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from storycard.design.assets import Assets
from storycard.text.fonts.library import FontLibrary
from storycard.text.paragraph import Line, Paragraph, measure, set_line
from support.block_font import block_paragraph

Measure = Callable[..., Paragraph]


def starts(line: Line) -> list[float]:
    """Where each glyph stands, in em from the line's start."""
    return [run.x + x for run in line.runs for x in run.glyphs.xs]


def test_any_stretch_is_as_wide_as_its_letters(paragraph: Measure) -> None:
    text = paragraph("abc αβ de")
    assert text.width(0, 3) == 3
    assert text.width(4, 6) == 1
    assert text.width(0, 9) == 8
    assert text.width(5, 5) == 0


def test_tracking_stands_between_letters_and_not_after_them(paragraph: Measure) -> None:
    text = paragraph("abc", tracking=0.5)
    assert text.width(0, 3) == 4
    assert set_line(text, 0, 3).width == 4
    assert starts(set_line(text, 0, 3)) == [0, 1.5, 3]


def test_word_space_is_added_between_words_only(paragraph: Measure) -> None:
    text = paragraph("ab c\u00a0d", word_space=0.25)
    assert text.width(0, 6) == 6.5
    assert starts(set_line(text, 0, 6)) == [0, 1, 2, 3.25, 4.25, 5.5]
    assert set_line(text, 0, 6).width == 6.5


def test_a_font_s_own_word_space_is_put_right_in_every_script(blocks: FontLibrary) -> None:
    narrow = tuple(replace(font, word_space=-0.25) for font in blocks.fonts)
    text = block_paragraph("α β a b", replace(blocks, fonts=narrow))
    assert text.width(0, 7) == 2 * 0.5 + 2 + 3 * 0.75
    assert set_line(text, 0, 7).width == text.width(0, 7)


def test_joined_letters_are_never_tracked(assets: Assets) -> None:
    style = assets.themes["broadsheet"].roles["kicker"].style
    assert style.tracking
    for text in ("كتاب", "किताब"):
        tracked = measure(text, "xx", False, style, assets.fonts)
        bare = measure(text, "xx", False, style._replace(tracking=0.0), assets.fonts)
        assert tracked.advances == bare.advances


def test_a_line_is_as_high_as_its_tallest_and_as_deep_as_its_lowest(paragraph: Measure) -> None:
    assert (paragraph("abc").ascent, paragraph("abc").descent) == (1, 0)
    assert paragraph("abg").descent == 1
    assert paragraph("abẤ").ascent == 1.75  # two, less what may stand in the space above


def test_missing_glyphs_are_counted(paragraph: Measure) -> None:
    assert paragraph("abжб α").missing_glyphs == 2


def test_a_hyphen_is_drawn_after_the_line(paragraph: Measure) -> None:
    line = set_line(paragraph("abcdef"), 0, 3, "-")
    assert (line.text, line.width, len(starts(line))) == ("abc-", 3.5, 4)


def test_a_line_starts_where_it_is_cut_from(paragraph: Measure) -> None:
    line = set_line(paragraph("abc αβ de"), 4, 9)
    assert (line.text, line.width) == ("αβ de", 4)
    assert starts(line) == [0, 0.5, 1, 2, 3]


@pytest.mark.parametrize(("rtl", "expected"), [(False, "ab בא"), (True, "בא ab")])
def test_runs_stand_in_the_order_they_are_drawn(paragraph: Measure, rtl: bool, expected: str) -> None:
    text = "ab אב"
    line = set_line(paragraph(text, rtl=rtl), 0, 5)
    assert "".join(text[cluster] for run in line.runs for cluster in run.glyphs.clusters) == expected


def test_an_empty_text_has_no_width(paragraph: Measure) -> None:
    empty = paragraph("")
    assert empty.width(0, 0) == 0
    assert set_line(empty, 0, 0).runs == ()
