"""scrim: contrast on a photograph's pixels, and the weakest veil that lets texts on it be read."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from storycard.design.contrast import luminance, luminance_ratio, rgb
from storycard.layout.scene import Rect, Scrim, Text
from storycard.painting.scrim import contrast_behind, lay_scrim
from support.photographs import PICTURES

SIZE = (1080, 400)
INKS = ("#ffffff", "#000000", "#ffd60a", "#15120e")
PIXELS = st.binary(min_size=3 * 100, max_size=3 * 100)  # more colours than are read one by one


def text_on(box: Rect, colour: str = "#ffffff", font_px: int = 72) -> Text:
    return Text("headline", "", (), box, font_px, colour, box, False, 0)


def exact(picture: Image.Image, box: Rect, colour: str) -> float:
    """The lowest contrast, pixel by pixel."""
    crop = picture.crop(box.pixels)
    ink = luminance(rgb(colour))
    return min(luminance_ratio(ink, luminance(pixel)) for _, pixel in crop.getcolors(crop.width * crop.height))


@settings(max_examples=150)
@given(data=PIXELS, low=st.integers(0, 255), span=st.integers(0, 255), colour=st.sampled_from(INKS))
def test_contrast_on_a_photograph_is_never_overstated(data: bytes, low: int, span: int, colour: str) -> None:
    picture = Image.frombytes("RGB", (10, 10), data).point(lambda value: low + value * min(span, 255 - low) // 255)
    box = Rect(0, 0, 10, 10)
    true, got = exact(picture, box, colour), contrast_behind(picture, box, colour)
    ink = luminance(rgb(colour))
    inside = [luminance(pixel) for _, pixel in picture.getcolors(100)]
    nearest = min(ratio_with_slack(ink, value) for value in (min(inside), max(inside)))
    between = min(inside) - 3 / 255 <= ink <= max(inside) + 3 / 255
    assert got <= true + 1e-9
    assert got >= nearest - 1e-9 or between


def ratio_with_slack(ink: float, behind: float) -> float:
    """The ratio with a luminance up to three steps nearer: each channel is rounded by less than one."""
    step = 3 / 255
    nearer = max(ink, behind - step) if behind > ink else min(ink, behind + step)
    return luminance_ratio(ink, nearer)


def test_flat_colours_are_read_exactly_and_only_inside_the_box() -> None:
    picture = Image.new("RGB", (20, 10), "#000000")
    picture.paste("#ffffff", (10, 0, 20, 10))
    assert contrast_behind(picture, Rect(0, 0, 10, 10), "#ffffff") == pytest.approx(21)
    assert contrast_behind(picture, Rect(0, 0, 11, 10), "#ffffff") == 1
    assert contrast_behind(picture, Rect(5, 5, 0, 0), "#ffffff") == 21


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize(("colour", "ground"), [("#ffffff", "#0e1013"), ("#15120e", "#fbf7ef")])
@pytest.mark.parametrize(("font_px", "needed"), [(72, 3.0), (40, 4.5)])
def test_a_scrim_is_as_strong_as_the_text_needs_and_no_stronger(
    name: str, colour: str, ground: str, font_px: int, needed: float
) -> None:
    photograph = PICTURES[name]().resize(SIZE)
    box = Rect(100, 220, 880, 120)
    scrim = Scrim(Rect(0, 100, 1080, 300), 200, ground)
    veiled = photograph.copy()
    strength = lay_scrim(veiled, scrim, [text_on(box, colour, font_px)])
    assert exact(veiled, box, colour) >= needed
    if strength:  # a step less would not do
        weaker = Image.blend(photograph, Image.new("RGB", SIZE, ground), strength - 1 / 16)
        assert contrast_behind(weaker, box, colour) < needed * 1.04


def test_where_text_reads_anyway_there_is_no_veil() -> None:
    night = Image.new("RGB", SIZE, "#0a0a0a")
    assert lay_scrim(night, Scrim(Rect(0, 0, 1080, 400), 100, "#000000"), [text_on(Rect(10, 200, 500, 90))]) == 0
    assert night.getcolors() == [(SIZE[0] * SIZE[1], (10, 10, 10))]


def test_the_worst_of_several_texts_decides() -> None:
    halves = PICTURES["halves"]().resize(SIZE)
    scrim = Scrim(Rect(0, 0, 1080, 400), 100, "#000000")
    left, right = text_on(Rect(20, 200, 400, 90)), text_on(Rect(620, 200, 400, 90))
    assert lay_scrim(halves.copy(), scrim, [right]) == 0
    assert lay_scrim(halves.copy(), scrim, [right, left]) == lay_scrim(halves.copy(), scrim, [left]) > 0


def test_a_scrim_fades_in_without_an_edge_and_leaves_what_is_above_alone() -> None:
    white = Image.new("RGB", SIZE, "#ffffff")
    lay_scrim(white, Scrim(Rect(0, 100, 1080, 300), 250, "#000000"), [text_on(Rect(0, 260, 1080, 90))])
    column = [white.getpixel((500, y))[0] for y in range(400)]
    assert set(column[:100]) == {255}
    assert column[100:251] == sorted(column[100:251], reverse=True)
    assert set(column[250:]) == {column[399]}
    assert max(one - other for one, other in itertools.pairwise(column)) <= 3


@pytest.mark.parametrize("ground", ["#000000", "#0e1013", "#fbf7ef"])
def test_under_a_scrim_every_value_is_what_a_composite_makes_of_it(ground: str) -> None:
    ramp = Image.linear_gradient("L").rotate(90).resize(SIZE)
    picture = Image.merge("RGB", (ramp, ramp, ramp))
    colour = "#ffffff" if ground != "#fbf7ef" else "#15120e"
    veiled = picture.copy()
    strength = lay_scrim(veiled, Scrim(Rect(0, 100, 1080, 300), 200, ground), [text_on(Rect(0, 220, 1080, 120), colour)])
    mask = Image.new("L", SIZE, round(255 * strength))
    below = (0, 200, 1080, 400)
    expected = Image.composite(Image.new("RGB", SIZE, ground), picture, mask).crop(below)
    assert strength > 0
    assert veiled.crop(below).tobytes() == expected.tobytes()
