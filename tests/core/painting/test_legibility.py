"""Tests the contrast of texts with the pixels behind them."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageStat

from storycard.design.contrast import luminance, luminance_ratio, rgb
from storycard.layout.scene import PlacedLine, Rect, Text
from storycard.painting.legibility import contrast_behind
from storycard.text.fonts.font import NO_INK
from storycard.text.paragraph import Line

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


def test_every_line_is_measured_not_only_most_of_the_text() -> None:
    picture = Image.new("RGB", SIZE, "#0a0a0a")
    picture.paste("#ffffff", (0, 0, 200, 100))  # behind one of many letters
    lines = tuple(PlacedLine(Line("", (), 10.0, NO_INK), 20, 80 + 100 * row) for row in range(3))
    text = text_on(Rect(20, 20, 720, 300))._replace(lines=lines)
    assert contrast_behind(picture, text) == pytest.approx(1)
