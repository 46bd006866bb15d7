"""Tests paragraph metrics and set lines. Each letter of the block font is one em wide."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from storycard.design.assets import Assets
from storycard.text.fonts.library import FontLibrary
from storycard.text.paragraph import Line, Paragraph, measure, set_line
from support.block_font import block_paragraph

Measure = Callable[..., Paragraph]


def starts(line: Line) -> list[float]:
    """Returns the position of each glyph in em from the start of the line."""
    return [run.x + x for run in line.runs for x in run.glyphs.xs]


def test_width_is_sum_of_advances(paragraph: Measure) -> None:
    text = paragraph("abc αβ de")
    assert text.width(0, 3) == 3
    assert text.width(4, 6) == 1
    assert text.width(0, 9) == 8
    assert text.width(5, 5) == 0


def test_width_excludes_tracking_after_last_letter(paragraph: Measure) -> None:
    text = paragraph("abc", tracking=0.5)
    assert text.width(0, 3) == 4
    assert set_line(text, 0, 3).width == 4
    assert starts(set_line(text, 0, 3)) == [0, 1.5, 3]


def test_adds_word_space_between_words_only(paragraph: Measure) -> None:
    text = paragraph("ab c\u00a0d", word_space=0.25)
    assert text.width(0, 6) == 6.5
    assert starts(set_line(text, 0, 6)) == [0, 1, 2, 3.25, 4.25, 5.5]
    assert set_line(text, 0, 6).width == 6.5


def test_adjusts_word_space_of_font_in_every_script(blocks: FontLibrary) -> None:
    narrow = tuple(replace(font, word_space=-0.25) for font in blocks.fonts)
    text = block_paragraph("α β a b", replace(blocks, fonts=narrow))
    assert text.width(0, 7) == 2 * 0.5 + 2 + 3 * 0.75
    assert set_line(text, 0, 7).width == text.width(0, 7)


def test_does_not_track_joined_scripts(assets: Assets) -> None:
    style = assets.themes["broadsheet"].roles["kicker"].style
    assert style.tracking
    for text in ("كتاب", "किताब"):
        tracked = measure(text, "xx", False, style, assets.fonts)
        bare = measure(text, "xx", False, style._replace(tracking=0.0), assets.fonts)
        assert tracked.advances == bare.advances


def test_ascent_and_descent_include_all_glyphs(paragraph: Measure) -> None:
    assert (paragraph("abc").ascent, paragraph("abc").descent) == (1, 0)
    assert paragraph("abg").descent == 1
    assert paragraph("abẤ").ascent == 1.75  # 2, minus the allowed overshoot of accents


def test_descent_is_of_the_letters_that_are_there(assets: Assets) -> None:
    style = assets.themes["broadsheet"].roles["headline"].style
    flat, deep = (measure(text, "en", False, style, assets.fonts).descent for text in ("Rates rise", "Rates jump"))
    assert flat < 0.05 < 0.2 < deep


def test_counts_missing_glyphs(paragraph: Measure) -> None:
    assert paragraph("abжб α").missing_glyphs == 2


def test_draws_hyphen_after_line(paragraph: Measure) -> None:
    line = set_line(paragraph("abcdef"), 0, 3, "-")
    assert (line.text, line.width, len(starts(line))) == ("abc-", 3.5, 4)


def test_positions_start_at_line_start(paragraph: Measure) -> None:
    line = set_line(paragraph("abc αβ de"), 4, 9)
    assert (line.text, line.width) == ("αβ de", 4)
    assert starts(line) == [0, 0.5, 1, 2, 3]


@pytest.mark.parametrize(("rtl", "expected"), [(False, "ab בא"), (True, "בא ab")])
def test_sets_runs_in_visual_order(paragraph: Measure, rtl: bool, expected: str) -> None:
    text = "ab אב"
    line = set_line(paragraph(text, rtl=rtl), 0, 5)
    assert "".join(text[cluster] for run in line.runs for cluster in run.glyphs.clusters) == expected


def test_isolates_that_the_author_wrote_have_no_width(paragraph: Measure) -> None:
    lines = [set_line(paragraph(text, rtl=True, tracking=0.5), 0, len(text)) for text in ("ab אב", "\u2066ab\u2069 אב")]
    assert lines[0].width == lines[1].width


def test_empty_text_has_no_width(paragraph: Measure) -> None:
    empty = paragraph("")
    assert empty.width(0, 0) == 0
    assert set_line(empty, 0, 0).runs == ()
