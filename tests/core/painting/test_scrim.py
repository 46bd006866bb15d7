"""Tests the contrast on the pixels of a photograph, and that scrims are as weak as the texts allow."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageStat

from storycard.design.contrast import luminance, luminance_ratio, rgb
from storycard.layout.scene import PlacedLine, Rect, Scrim, Text
from storycard.painting.scrim import apply_scrim, contrast_behind
from storycard.text.fonts.font import NO_INK
from storycard.text.paragraph import Line
from support.photographs import PICTURES

SIZE = (1080, 400)
INKS = ("#ffffff", "#000000", "#ffd60a", "#15120e")


def text_on(box: Rect, colour: str = "#ffffff", font_px: int = 72) -> Text:
    return Text("headline", "", (), box, font_px, colour, box, False, 0)


def share_below(picture: Image.Image, text: Text, ratio: float) -> float:
    """Returns the share of patches of half the font size on which a text has less contrast, by their mean colours."""
    left, top, right, bottom = text.box.pixels
    side, ink = text.font_px // 2, luminance(rgb(text.colour))
    corners = itertools.product(range(left, right, side), range(top, bottom, side))
    patches = [picture.crop((x, y, min(x + side, right), min(y + side, bottom))) for x, y in corners]
    ratios = [luminance_ratio(ink, luminance([round(mean) for mean in ImageStat.Stat(patch).mean])) for patch in patches]
    return sum(value < ratio for value in ratios) / len(ratios)


def test_uniform_colours_are_measured_exactly_and_only_inside_the_box() -> None:
    picture = Image.new("RGB", (200, 100), "#000000")
    picture.paste("#ffffff", (100, 0, 200, 100))
    assert contrast_behind(picture, text_on(Rect(0, 0, 100, 100))) == pytest.approx(21)
    assert contrast_behind(picture, text_on(Rect(0, 0, 136, 100))) == 1
    assert contrast_behind(picture, text_on(Rect(50, 50, 0, 0))) == 21
    assert contrast_behind(picture, text_on(Rect(150, 50, 500, 500))) == 1  # beyond the picture there is nothing


@settings(max_examples=100)
@given(data=st.binary(min_size=300, max_size=300), colour=st.sampled_from(INKS))
def test_contrast_is_reached_on_all_but_a_twentieth_of_the_patches(data: bytes, colour: str) -> None:
    picture = Image.frombytes("RGB", (10, 10), data).resize((200, 200), Image.Resampling.NEAREST)
    text = text_on(Rect(0, 0, 200, 200), colour, 40)
    assert share_below(picture, text, contrast_behind(picture, text) * 0.97) <= 0.05


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize(("colour", "background"), [("#ffffff", "#0e1013"), ("#15120e", "#fbf7ef")])
@pytest.mark.parametrize(("font_px", "needed"), [(72, 3.0), (40, 4.5)])
def test_scrim_is_as_opaque_as_the_text_needs_and_no_more(
    name: str, colour: str, background: str, font_px: int, needed: float
) -> None:
    photograph = PICTURES[name]().resize(SIZE)
    text = text_on(Rect(100, 220, 880, 120), colour, font_px)
    scrim = Scrim(Rect(0, 100, 1080, 300), 200, background)
    covered = photograph.copy()
    opacity = apply_scrim(covered, scrim, [text])
    assert contrast_behind(covered, text) >= needed
    assert share_below(covered, text, needed) <= 0.05
    if opacity:  # one step less would not be enough
        weaker = Image.blend(photograph, Image.new("RGB", SIZE, background), opacity - 1 / 16)
        assert contrast_behind(weaker, text) < needed * 1.05


def test_no_scrim_if_the_text_is_legible_without() -> None:
    night = Image.new("RGB", SIZE, "#0a0a0a")
    assert apply_scrim(night, Scrim(Rect(0, 0, 1080, 400), 100, "#000000"), [text_on(Rect(10, 200, 500, 90))]) == 0
    assert night.getcolors() == [(SIZE[0] * SIZE[1], (10, 10, 10))]


def test_text_with_the_lowest_contrast_sets_the_opacity() -> None:
    photograph = PICTURES["halves"]().resize(SIZE)
    scrim = Scrim(Rect(0, 0, 1080, 400), 100, "#000000")
    left, right = text_on(Rect(20, 200, 400, 90)), text_on(Rect(620, 200, 400, 90))
    assert apply_scrim(photograph.copy(), scrim, [right]) == 0
    assert apply_scrim(photograph.copy(), scrim, [right, left]) == apply_scrim(photograph.copy(), scrim, [left]) > 0


def test_bright_spots_need_a_scrim_from_the_size_of_a_letter_on() -> None:
    night = Image.new("RGB", SIZE, "#0a0a0a")
    scrim, text = Scrim(Rect(0, 0, 1080, 400), 100, "#000000"), text_on(Rect(0, 144, 1008, 252))
    for x, y, side, needed in ((500, 277, 8, False), (504, 252, 36, False), (504, 252, 144, True)):
        lit = night.copy()
        lit.paste("#ffffff", (x, y, x + side, y + side))
        assert (apply_scrim(lit, scrim, [text]) > 0) == needed


def test_every_line_is_legible_not_only_most_of_the_text() -> None:
    picture = Image.new("RGB", SIZE, "#0a0a0a")
    picture.paste("#ffffff", (0, 0, 200, 100))  # behind one of many letters
    lines = tuple(PlacedLine(Line("", (), 10.0, NO_INK), 20, 80 + 100 * row) for row in range(3))
    text = text_on(Rect(20, 20, 720, 300))._replace(lines=lines)
    assert contrast_behind(picture, text) == pytest.approx(1)
    assert apply_scrim(picture, Scrim(Rect(0, 0, 1080, 400), 0, "#000000"), [text]) > 0


def test_text_without_ink_needs_no_scrim() -> None:
    white = Image.new("RGB", SIZE, "#ffffff")
    assert apply_scrim(white, Scrim(Rect(0, 0, 1080, 400), 100, "#000000"), [text_on(Rect(20, 200, 0, 0))]) == 0


def test_scrim_fades_in_smoothly_and_leaves_the_pixels_above_unchanged() -> None:
    white = Image.new("RGB", SIZE, "#ffffff")
    apply_scrim(white, Scrim(Rect(0, 100, 1080, 300), 250, "#000000"), [text_on(Rect(0, 260, 1080, 90))])
    column = [white.getpixel((500, y))[0] for y in range(400)]
    assert set(column[:100]) == {255}
    assert column[100:251] == sorted(column[100:251], reverse=True)
    assert set(column[250:]) == {column[399]}
    assert max(one - other for one, other in itertools.pairwise(column)) <= 3


@pytest.mark.parametrize("background", ["#000000", "#0e1013", "#fbf7ef"])
def test_scrim_blends_like_pillow_s_composite(background: str) -> None:
    ramp = Image.linear_gradient("L").rotate(90).resize(SIZE)
    picture = Image.merge("RGB", (ramp, ramp, ramp))
    colour = "#ffffff" if background != "#fbf7ef" else "#15120e"
    covered = picture.copy()
    opacity = apply_scrim(covered, Scrim(Rect(0, 100, 1080, 300), 200, background), [text_on(Rect(0, 220, 1080, 120), colour)])
    mask = Image.new("L", SIZE, round(255 * opacity))
    below = (0, 200, 1080, 400)
    expected = Image.composite(Image.new("RGB", SIZE, background), picture, mask).crop(below)
    assert opacity > 0
    assert covered.crop(below).tobytes() == expected.tobytes()
