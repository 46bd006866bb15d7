"""Tests HarfBuzz shaping and ink bounds."""

from dataclasses import replace

import pytest

from storycard.design.assets import Assets
from storycard.text.fonts.font import NO_INK
from storycard.text.fonts.library import FontLibrary
from storycard.text.shaping.harfbuzz import shape
from storycard.text.style import FontStyle

BLOCKS = FontStyle("Blocks")


def test_positions_are_in_em_from_left_to_right(blocks: FontLibrary) -> None:
    font = blocks.match(BLOCKS)
    shaped = shape("xab-c", 1, 5, font=font, script="Latn", rtl=False, language="en")
    assert (shaped.clusters, shaped.xs, shaped.advances) == ((1, 2, 3, 4), (0, 1, 2, 2.5), (1, 1, 0.5, 1))


def test_rtl_glyphs_are_in_visual_order(blocks: FontLibrary) -> None:
    shaped = shape("abc", 0, 3, font=blocks.match(BLOCKS), script="Latn", rtl=True, language="en")
    assert shaped.clusters == (2, 1, 0)


def test_empty_text_has_no_glyphs(blocks: FontLibrary) -> None:
    shaped = shape("abc", 1, 1, font=blocks.match(BLOCKS), script="Latn", rtl=False, language="en")
    assert (shaped.ids, shaped.xs, shaped.infos) == ((), (), [])


def test_ink_bounds_start_at_glyph_origin(blocks: FontLibrary) -> None:
    font = blocks.match(BLOCKS)
    assert font.ink_bounds([font.glyph_id(character) for character in "g жg"]) == [(0, 1, 1, 1), NO_INK, NO_INK, (0, 1, 1, 1)]


def test_size_adjust_scales_metrics(blocks: FontLibrary) -> None:
    font = replace(blocks.match(BLOCKS), size_adjust=1.5)
    shaped = shape("ag", 0, 2, font=font, script="Latn", rtl=False, language="en")
    assert shaped.xs == (0, 1.5)
    assert font.ink_bounds(shaped.ids)[1] == (0, 1.5, 1.5, 1.5)


@pytest.mark.parametrize("family", ["Frank Ruhl Libre", "Noto Sans Hebrew"])
def test_hebrew_figures_are_as_tall_as_latin_ones(family: str, assets: Assets) -> None:
    font = assets.fonts.match(FontStyle(family, 700, False))
    hebrew, latin = (shape("1987", 0, 4, font=font, script=script, rtl=False, language="he") for script in ("Hebr", "Latn"))
    assert font.ink_bounds(hebrew.ids) == font.ink_bounds(latin.ids)
