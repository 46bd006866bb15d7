"""Tests the contrast on the pixels of a photograph, and that scrims are as weak as the texts allow."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from storycard.design.contrast import luminance, luminance_ratio, rgb
from storycard.layout.scene import Rect, Scrim, Text
from storycard.painting.scrim import apply_scrim, lowest_contrast
from support.photographs import PICTURES

SIZE = (1080, 400)
INKS = ("#ffffff", "#000000", "#ffd60a", "#15120e")
PIXELS = st.binary(min_size=3 * 100, max_size=3 * 100)  # more colours than are checked one by one


def text_on(box: Rect, colour: str = "#ffffff", font_px: int = 72) -> Text:
    return Text("headline", "", (), box, font_px, colour, box, False, 0)


def exact(picture: Image.Image, box: Rect, colour: str) -> float:
    """Returns the lowest contrast, computed for each colour without rounding."""
    crop = picture.crop(box.pixels)
    ink = luminance(rgb(colour))
    return min(luminance_ratio(ink, luminance(pixel)) for _, pixel in crop.getcolors(crop.width * crop.height))


@settings(max_examples=150)
@given(data=PIXELS, low=st.integers(0, 255), span=st.integers(0, 255), colour=st.sampled_from(INKS))
def test_contrast_on_a_photograph_is_never_overstated(data: bytes, low: int, span: int, colour: str) -> None:
    picture = Image.frombytes("RGB", (10, 10), data).point(lambda value: low + value * min(span, 255 - low) // 255)
    box = Rect(0, 0, 10, 10)
    true, got = exact(picture, box, colour), lowest_contrast(picture, box, colour)
    ink = luminance(rgb(colour))
    inside = [luminance(pixel) for _, pixel in picture.getcolors(100)]
    nearest = min(ratio_with_slack(ink, value) for value in (min(inside), max(inside)))
    between = min(inside) - 3 / 255 <= ink <= max(inside) + 3 / 255
    assert got <= true + 1e-9
    assert got >= nearest - 1e-9 or between


def ratio_with_slack(ink: float, behind: float) -> float:
    """Returns the ratio with a luminance up to three steps nearer, because each channel is rounded by less than one."""
    step = 3 / 255
    nearer = max(ink, behind - step) if behind > ink else min(ink, behind + step)
    return luminance_ratio(ink, nearer)


def test_uniform_colours_are_measured_exactly_and_only_inside_the_box() -> None:
    picture = Image.new("RGB", (20, 10), "#000000")
    picture.paste("#ffffff", (10, 0, 20, 10))
    assert lowest_contrast(picture, Rect(0, 0, 10, 10), "#ffffff") == pytest.approx(21)
    assert lowest_contrast(picture, Rect(0, 0, 11, 10), "#ffffff") == 1
    assert lowest_contrast(picture, Rect(5, 5, 0, 0), "#ffffff") == 21


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize(("colour", "background"), [("#ffffff", "#0e1013"), ("#15120e", "#fbf7ef")])
@pytest.mark.parametrize(("font_px", "needed"), [(72, 3.0), (40, 4.5)])
def test_scrim_is_as_opaque_as_the_text_needs_and_no_more(
    name: str, colour: str, background: str, font_px: int, needed: float
) -> None:
    photograph = PICTURES[name]().resize(SIZE)
    box = Rect(100, 220, 880, 120)
    scrim = Scrim(Rect(0, 100, 1080, 300), 200, background)
    covered = photograph.copy()
    opacity = apply_scrim(covered, scrim, [text_on(box, colour, font_px)])
    assert exact(covered, box, colour) >= needed
    if opacity:  # one step less would not be enough
        weaker = Image.blend(photograph, Image.new("RGB", SIZE, background), opacity - 1 / 16)
        assert lowest_contrast(weaker, box, colour) < needed * 1.04


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


def test_scrim_hides_a_single_bright_pixel() -> None:
    night = Image.new("RGB", SIZE)
    night.putdata([(x * y % 40, x % 40, y % 40) for y in range(SIZE[1]) for x in range(SIZE[0])])
    scrim, text = Scrim(Rect(0, 0, 1080, 400), 100, "#000000"), text_on(Rect(0, 150, 1000, 240))
    assert apply_scrim(night.copy(), scrim, [text]) == 0
    for place in ((0, 150), (501, 277), (999, 389)):
        starred = night.copy()
        starred.putpixel(place, (255, 255, 255))
        assert apply_scrim(starred, scrim, [text]) > 0


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
