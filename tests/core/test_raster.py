"""coverage: letters over each other are as black as letters by themselves."""

import pytest

from storycard.assets import Assets
from storycard.raster import coverage
from storycard.scene import PlacedLine
from storycard.text.fonts import Font
from storycard.text.outlines import winds_left
from storycard.text.paragraph import Line, PlacedRun
from storycard.text.shaping import Glyph
from storycard.text.style import FontStyle

TRUETYPE, POSTSCRIPT = "Inter", "Noto Sans CJK JP"


def font(family: str, assets: Assets) -> Font:
    return assets.fonts.match(FontStyle(family, 700))


def one_over_the_other(first: Font, second: Font) -> Line:
    """The same letter of two fonts, the second a little further right."""
    runs = (PlacedRun(each, (Glyph(each.glyph("H"), x, 0, 0.7, 0),)) for x, each in ((0.0, first), (0.05, second)))
    return Line("HH", tuple(runs), 0.8, ())


def test_outlines_wind_as_their_kind_of_font_has_it(assets: Assets) -> None:
    assert not winds_left(font(TRUETYPE, assets).hb, font(TRUETYPE, assets).glyph("O"))
    assert winds_left(font(POSTSCRIPT, assets).hb, font(POSTSCRIPT, assets).glyph("O"))


@pytest.mark.parametrize(
    "families", [(TRUETYPE, TRUETYPE), (POSTSCRIPT, POSTSCRIPT), (TRUETYPE, POSTSCRIPT), (POSTSCRIPT, TRUETYPE)]
)
def test_no_hole_where_letters_overlap(families: tuple[str, str], assets: Assets) -> None:
    first, second = (font(family, assets) for family in families)
    both = coverage((PlacedLine(one_over_the_other(first, second), 0, 100),), 100)
    bar = both.mask.crop(
        (both.mask.width // 2 - 10, both.mask.height // 2 - 2, both.mask.width // 2 + 10, both.mask.height // 2 + 2)
    )
    assert bar.getextrema() == (255, 255)


def test_what_lies_apart_is_in_one_picture(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    run = PlacedRun(face, (Glyph(face.glyph("I"), 0, 0, 0.3, 0), Glyph(face.glyph("I"), 2, 0, 0.3, 1)))
    letters = coverage((PlacedLine(Line("II", (run,), 2.3, ()), 10, 50),), 20)
    left, top, right, bottom = letters.box
    assert letters.mask.size == (right - left, bottom - top)
    assert 10 <= left < right <= 10 + 20 * 2.3
    assert bottom == 50


def test_nothing_to_see_is_nothing(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    run = PlacedRun(face, (Glyph(face.glyph(" "), 0, 0, 0.3, 0),))
    assert coverage((PlacedLine(Line(" ", (run,), 0.3, ()), 0, 50),), 20) is None
