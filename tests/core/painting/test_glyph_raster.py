"""coverage: letters over each other are as black as letters by themselves."""

import pytest
from PIL import Image

from storycard.design.assets import Assets
from storycard.layout.scene import PlacedLine
from storycard.painting.glyph_raster import coverage
from storycard.text.fonts.font import NO_INK, Font
from storycard.text.fonts.outlines import is_counterclockwise
from storycard.text.paragraph import Line
from storycard.text.shaping.shaped_run import Glyphs, PlacedRun
from storycard.text.style import FontStyle

TRUETYPE, POSTSCRIPT = "Inter", "Noto Sans CJK JP"


def font(family: str, assets: Assets) -> Font:
    return assets.fonts.match(FontStyle(family, 700))


def line(*letters: tuple[Font, str, float]) -> Line:
    """Letters by themselves, each at its place in em."""
    return Line("".join(letter for _, letter, _ in letters), tuple(run(*letter) for letter in letters), 3.0, NO_INK)


def run(face: Font, letter: str, x: float) -> PlacedRun:
    glyph_id = face.glyph_id(letter)
    [ink] = face.ink_bounds([glyph_id])
    return PlacedRun(face, Glyphs((glyph_id,), (0.0,), (0.0,), (0.3,), (0,), *((value,) for value in ink)), x, 0.3, 0)


def stripe(x: int, width: int, mask: Image.Image) -> bytes:
    """The columns of a picture from `x` on."""
    return mask.crop((x, 0, x + width, mask.height)).tobytes()


def test_outlines_wind_as_their_kind_of_font_has_it(assets: Assets) -> None:
    assert not is_counterclockwise(font(TRUETYPE, assets).hb_font, font(TRUETYPE, assets).glyph_id("O"))
    assert is_counterclockwise(font(POSTSCRIPT, assets).hb_font, font(POSTSCRIPT, assets).glyph_id("O"))


@pytest.mark.parametrize(
    "families", [(TRUETYPE, TRUETYPE), (POSTSCRIPT, POSTSCRIPT), (TRUETYPE, POSTSCRIPT), (POSTSCRIPT, TRUETYPE)]
)
def test_no_hole_where_letters_overlap(families: tuple[str, str], assets: Assets) -> None:
    first, second = (font(family, assets) for family in families)
    both = coverage((PlacedLine(line((first, "H", 0.0), (second, "H", 0.05)), 0, 100),), 100)
    bar = both.mask.crop(
        (both.mask.width // 2 - 10, both.mask.height // 2 - 2, both.mask.width // 2 + 10, both.mask.height // 2 + 2)
    )
    assert bar.getextrema() == (255, 255)


def test_what_lies_apart_is_in_one_picture(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    letters = coverage((PlacedLine(line((face, "I", 0.0), (face, "I", 2.0)), 10, 50),), 20)
    left, top, right, bottom = letters.box
    assert letters.mask.size == (right - left, bottom - top)
    assert 10 <= left < right <= 10 + 20 * 2.3
    assert bottom == 50


def test_the_same_letter_has_the_same_pixels_where_that_moves_it_too_little_to_be_seen(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    set_line = line(*((face, "n", x) for x in (0.0, 0.801, 1.6009, 2.3991, 3.201)))
    letters = coverage((PlacedLine(set_line, 0.0, 100),), 100)
    first, second, third, fourth, fifth = (stripe(x, 80, letters.mask) for x in (0, 80, 160, 240, 320))
    assert second == third == fourth
    assert fifth not in (first, second)  # it ends the line where it ended
    wider = coverage((PlacedLine(line(*((face, "n", x) for x in (0.0, 0.801, 1.605, 3.0))), 0.0, 100),), 100)
    assert stripe(80, 80, wider.mask) != stripe(160, 80, wider.mask)  # half a px is not moved away


def test_letters_that_touch_move_together(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    pair = coverage((PlacedLine(line((face, "H", 0.0), (face, "H", 0.5066)), 0, 100),), 100)
    between = coverage(
        (PlacedLine(line((face, "I", 0.0), (face, "H", 1.301), (face, "H", 1.8076), (face, "I", 3.0)), 0, 100),), 100
    )
    assert stripe(130 + pair.box[0] - between.box[0], pair.mask.width, between.mask) == pair.mask.tobytes()


def test_letters_that_share_a_pixel_both_darken_it(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    left, right, _, _ = face.ink_bounds([face.glyph_id("I")])[0]
    start = 0.5 - 100 * right % 1  # the first ends in the middle of a pixel, and the second begins there
    one = coverage((PlacedLine(line((face, "I", 0.0)), start, 100),), 100)
    both = coverage((PlacedLine(line((face, "I", 0.0), (face, "I", right - left + 0.001)), start, 100),), 100)
    place = (one.mask.width - 1, one.mask.height // 2)
    assert one.mask.getpixel(place) == pytest.approx(128, abs=2)
    assert both.mask.getpixel(place) == pytest.approx(0.9 * 255, abs=3)  # 0.1 px is free between them


def test_nothing_to_see_is_nothing(assets: Assets) -> None:
    assert coverage((PlacedLine(line((font(TRUETYPE, assets), " ", 0.0)), 0, 50),), 20) is None
