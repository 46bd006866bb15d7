"""Tests the coverage masks of lines: overlaps leave no holes, and equal letters have equal pixels."""

import pytest
from PIL import Image, ImageChops

from storycard.design.assets import Assets
from storycard.layout.scene import PlacedLine
from storycard.painting.glyph_raster import Coverage, rasterize
from storycard.text.fonts.font import NO_INK, Font
from storycard.text.fonts.outlines import is_counterclockwise
from storycard.text.paragraph import Line
from storycard.text.shaping.shaped_run import Glyphs, PlacedRun
from storycard.text.style import FontStyle

TRUETYPE, POSTSCRIPT = "Inter", "Noto Sans CJK JP"


def font(family: str, assets: Assets) -> Font:
    return assets.fonts.match(FontStyle(family, 700))


def line(*letters: tuple[Font, str, float]) -> Line:
    """Returns a line of separate letters, each with its font and its position in em."""
    return Line("".join(letter for _, letter, _ in letters), tuple(run(*letter) for letter in letters), 3.0, NO_INK)


def run(face: Font, letter: str, x: float) -> PlacedRun:
    glyph_id = face.glyph_id(letter)
    [ink] = face.ink_bounds([glyph_id])
    return PlacedRun(face, Glyphs((glyph_id,), (0.0,), (0.0,), (0.3,), (0,), *((value,) for value in ink)), x, 0.3, 0)


def stripe(x: int, width: int, mask: Image.Image) -> bytes:
    """Returns the pixels of `width` columns of a mask from `x` on."""
    return mask.crop((x, 0, x + width, mask.height)).tobytes()


def covers(coverage: Coverage, part: Coverage) -> bool:
    """Returns whether every pixel of `part` is at least as covered in `coverage`."""
    left, top, right, bottom = (edge - coverage.box[index % 2] for index, edge in enumerate(part.box))
    return ImageChops.subtract(part.mask, coverage.mask.crop((left, top, right, bottom))).getbbox() is None


def test_postscript_outlines_are_counterclockwise_and_truetype_ones_are_not(assets: Assets) -> None:
    assert not is_counterclockwise(font(TRUETYPE, assets).hb_font, font(TRUETYPE, assets).glyph_id("O"))
    assert is_counterclockwise(font(POSTSCRIPT, assets).hb_font, font(POSTSCRIPT, assets).glyph_id("O"))


@pytest.mark.parametrize(
    "families", [(TRUETYPE, TRUETYPE), (POSTSCRIPT, POSTSCRIPT), (TRUETYPE, POSTSCRIPT), (POSTSCRIPT, TRUETYPE)]
)
def test_overlapping_letters_leave_no_hole(families: tuple[str, str], assets: Assets) -> None:
    first, second = (font(family, assets) for family in families)
    both = rasterize((PlacedLine(line((first, "H", 0.0), (second, "H", 0.05)), 0, 100),), 100)
    bar = both.mask.crop(
        (both.mask.width // 2 - 10, both.mask.height // 2 - 2, both.mask.width // 2 + 10, both.mask.height // 2 + 2)
    )
    assert bar.getextrema() == (255, 255)
    assert covers(both, rasterize((PlacedLine(line((first, "H", 0.0)), 0, 100),), 100))


def test_distant_letters_share_one_mask(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    letters = rasterize((PlacedLine(line((face, "I", 0.0), (face, "I", 2.0)), 10, 50),), 20)
    left, top, right, bottom = letters.box
    assert letters.mask.size == (right - left, bottom - top)
    assert 10 <= left < right <= 10 + 20 * 2.3
    assert bottom == 50


def test_equal_letters_have_equal_pixels_if_they_move_less_than_an_eighth_of_a_pixel(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    set_line = line(*((face, "n", x) for x in (0.0, 0.801, 1.6009, 2.3991, 3.201)))
    letters = rasterize((PlacedLine(set_line, 0.0, 100),), 100)
    first, second, third, fourth, fifth = (stripe(x, 80, letters.mask) for x in (0, 80, 160, 240, 320))
    assert second == third == fourth
    assert fifth not in (first, second)  # the last letter is not moved
    wider = rasterize((PlacedLine(line(*((face, "n", x) for x in (0.0, 0.801, 1.605, 3.0))), 0.0, 100),), 100)
    assert stripe(80, 80, wider.mask) != stripe(160, 80, wider.mask)  # half a px away from the others, it keeps another position


def test_letters_that_touch_move_together(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    pair = rasterize((PlacedLine(line((face, "H", 0.0), (face, "H", 0.5066)), 0, 100),), 100)
    between = rasterize(
        (PlacedLine(line((face, "I", 0.0), (face, "H", 1.301), (face, "H", 1.8076), (face, "I", 3.0)), 0, 100),), 100
    )
    assert stripe(130 + pair.box[0] - between.box[0], pair.mask.width, between.mask) == pair.mask.tobytes()


def test_letters_that_share_a_pixel_add_up_in_it(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    left, right, _, _ = face.ink_bounds([face.glyph_id("I")])[0]
    start = 0.5 - 100 * right % 1  # the first letter ends in the middle of a pixel, where the second starts
    one = rasterize((PlacedLine(line((face, "I", 0.0)), start, 100),), 100)
    both = rasterize((PlacedLine(line((face, "I", 0.0), (face, "I", right - left + 0.001)), start, 100),), 100)
    place = (one.mask.width - 1, one.mask.height // 2)
    assert one.mask.getpixel(place) == pytest.approx(128, abs=2)
    assert both.mask.getpixel(place) == pytest.approx(0.9 * 255, abs=3)  # 0.1 px between them stays empty


def test_a_line_that_reaches_into_the_line_above_covers_none_of_its_ink(assets: Assets) -> None:
    face = font(TRUETYPE, assets)
    above = PlacedLine(line((face, "g", 0.0), (face, "g", 1.0), (face, "g", 2.0)), 0, 100)
    below = PlacedLine(line((face, "H", 0.1), (face, "/", 1.1), (face, "H", 2.2)), 0, 160)
    both = rasterize((above, below), 100)
    assert covers(both, rasterize((above,), 100))
    assert covers(both, rasterize((below,), 100))


def test_no_ink_gives_no_mask(assets: Assets) -> None:
    assert rasterize((PlacedLine(line((font(TRUETYPE, assets), " ", 0.0)), 0, 50),), 20) is None


def test_letters_that_touch_are_drawn_once_where_they_occur_again(assets: Assets, monkeypatch: pytest.MonkeyPatch) -> None:
    face = font(TRUETYPE, assets)
    ligature = line((face, "H", 0.0), (face, "H", 0.5066))
    first = rasterize((PlacedLine(ligature, 10.1, 100),), 97)
    monkeypatch.setattr("storycard.painting.glyph_raster.hb.RasterDraw", None)
    again = rasterize((PlacedLine(ligature, 10.1 + 313, 700),), 97)  # elsewhere, as a float is a little different
    assert again.mask.tobytes() == first.mask.tobytes()
    assert again.box == tuple(side + moved for side, moved in zip(first.box, (313, 600, 313, 600), strict=True))
