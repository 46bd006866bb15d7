"""shaping: the glyphs a stretch of text becomes, and what they cover."""

from dataclasses import replace

from storycard.text.fonts import FontLibrary
from storycard.text.shaping import shape
from storycard.text.style import FontStyle

BLOCKS = FontStyle("Blocks")


def test_glyphs_come_in_em_from_left_to_right(blocks: FontLibrary) -> None:
    font = blocks.match(BLOCKS)
    glyphs, _ = shape("xab-c", 1, 5, font=font, script="Latn", rtl=False, language="en")
    assert [(glyph.cluster, glyph.x, glyph.advance) for glyph in glyphs] == [(1, 0, 1), (2, 1, 1), (3, 2, 0.5), (4, 2.5, 1)]


def test_a_leftwards_stretch_comes_out_reversed(blocks: FontLibrary) -> None:
    glyphs, _ = shape("abc", 0, 3, font=blocks.match(BLOCKS), script="Latn", rtl=True, language="en")
    assert [glyph.cluster for glyph in glyphs] == [2, 1, 0]


def test_a_glyph_s_ink_is_what_it_covers_from_its_origin(blocks: FontLibrary) -> None:
    font = blocks.match(BLOCKS)
    hanging, space, absent = (font.ink(font.glyph(character)) for character in "g ж")
    assert hanging == (0, 1, 1, 1)
    assert space is None
    assert absent is None


def test_a_font_whose_letters_look_small_is_enlarged(blocks: FontLibrary) -> None:
    font = replace(blocks.match(BLOCKS), size_adjust=1.5)
    glyphs, _ = shape("ag", 0, 2, font=font, script="Latn", rtl=False, language="en")
    assert [glyph.x for glyph in glyphs] == [0, 1.5]
    assert font.ink(glyphs[1].id) == (0, 1.5, 1.5, 1.5)
