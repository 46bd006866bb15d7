"""shaping: the glyphs a stretch of text becomes, and what they cover."""

from dataclasses import replace

from storycard.text.fonts import FontLibrary
from storycard.text.shaping import ink, shape
from storycard.text.style import FontStyle

BLOCKS = FontStyle("Blocks")


def test_glyphs_come_in_em_from_left_to_right(blocks: FontLibrary) -> None:
    font = blocks.match(BLOCKS)
    glyphs = shape("xab-c", 1, 5, font=font, script="Latn", rtl=False, language="en")
    assert [(glyph.cluster, glyph.x, glyph.advance) for glyph in glyphs] == [(1, 0, 1), (2, 1, 1), (3, 2, 0.5), (4, 2.5, 1)]


def test_a_leftwards_stretch_comes_out_reversed(blocks: FontLibrary) -> None:
    glyphs = shape("abc", 0, 3, font=blocks.match(BLOCKS), script="Latn", rtl=True, language="en")
    assert [glyph.cluster for glyph in glyphs] == [2, 1, 0]


def test_a_glyph_s_ink_is_what_it_covers(blocks: FontLibrary) -> None:
    font = blocks.match(BLOCKS)
    _, hanging, space, absent = shape("ag ж", 0, 4, font=font, script="Latn", rtl=False, language="en")
    covered = ink(hanging, font)
    assert (covered.left, covered.right, covered.above, covered.below) == (1, 2, 1, 1)
    assert ink(space, font) is None
    assert ink(absent, font) is None


def test_a_font_whose_letters_look_small_is_enlarged(blocks: FontLibrary) -> None:
    font = replace(blocks.match(BLOCKS), size_adjust=1.5)
    _, hanging = shape("ag", 0, 2, font=font, script="Latn", rtl=False, language="en")
    covered = ink(hanging, font)
    assert (covered.left, covered.right, covered.above, covered.below) == (1.5, 3, 1.5, 1.5)
