"""Tests which blocks the layout offers to photographs, by their size, their heads and the theme's placement."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.design.formats import Format, load_formats
from storycard.layout.photo_blocks import Block, blocks
from storycard.photo import Photo
from storycard.photo.crop import Box, Subject
from support.paths import ASSETS

FORMATS = load_formats(ASSETS / "formats.toml")
SQUARE, WIDE, STORY = FORMATS["square"], FORMATS["og"], FORMATS["story"]


def picture(width: int, height: int, *heads: Box) -> Photo:
    return Photo(b"", width, height, "", Subject((0.5, 0.5), heads, "faces" if heads else "content"))


def first(photo: Photo, preferred: str, card: Format, share: float = 0.4) -> Block:
    return next(blocks(photo, preferred, card, share))


def test_theme_s_own_place_comes_first_if_the_picture_suits_it() -> None:
    large = picture(2400, 1600)
    assert first(large, "behind", SQUARE) == Block("behind", 1080, 1080, 1080)
    assert first(large, "beside", WIDE) == Block("beside", 480, 630, 630)
    assert first(large, "above", SQUARE)[:3] == ("above", 1080, 0.4 * 1080)
    assert {block.why for block in (first(large, "behind", SQUARE), first(large, "above", SQUARE))} == {""}


def test_photograph_not_behind_the_text_is_beside_it_on_wide_cards_and_above_it_on_others() -> None:
    large = picture(2400, 1600)
    assert [block.placement for block in blocks(large, "behind", WIDE, 0.4)][1:] == ["beside", "beside", "beside"]
    assert {block.placement for block in [*blocks(large, "behind", STORY, 0.4)][1:]} == {"above"}


def test_close_head_makes_the_photograph_above_the_text_higher() -> None:
    close = picture(910, 1137, Box(0.37, 0.02, 0.71, 0.4))
    block = first(close, "above", SQUARE)
    shown = 910 * block.low / 1080  # px of the picture's height
    assert shown >= (0.4 - 0.02) * 1137
    assert block.low > 0.4 * 1080
    assert block.why


def test_wide_group_makes_the_photograph_above_the_text_lower() -> None:
    row = picture(1200, 480, *(Box(x / 10, 0.2, x / 10 + 0.06, 0.4) for x in (1, 3, 5, 7, 8)))
    block = first(row, "above", STORY)
    assert block.low == block.high < 0.4 * 1920
    assert 480 * block.width / block.high >= 0.76 * 1200


@pytest.mark.parametrize("preferred", ["behind", "above", "beside"])
def test_small_picture_is_a_small_block(preferred: str) -> None:
    small = picture(300, 380)
    for block in blocks(small, preferred, SQUARE, 0.4):
        assert max(block.width / 300, block.low / 380) <= 2.21
        assert block.why


def test_block_is_as_long_as_the_card_or_clearly_shorter() -> None:
    for width in range(300, 1500, 50):
        head = picture(width, 900, Box(0.3, 0.1, 0.3 + 200 / width, 0.4))
        for block in blocks(head, "above", SQUARE, 0.4):
            assert block.width == 1080 or block.width <= 0.87 * 1080


def test_head_in_the_background_does_not_matter() -> None:
    main, far = Box(0.4, 0.2, 0.6, 0.6), Box(0.0, 0.9, 0.03, 0.98)
    alone, both = picture(1200, 800, main), picture(1200, 800, main, far)
    assert [*blocks(alone, "above", SQUARE, 0.4)] == [*blocks(both, "above", SQUARE, 0.4)]
    near = replace(far, top=0.6, right=0.2)
    assert [*blocks(alone, "above", SQUARE, 0.4)] != [*blocks(picture(1200, 800, main, near), "above", SQUARE, 0.4)]


@st.composite
def heads(draw: st.DrawFn) -> Box:
    left, top = draw(st.floats(0, 0.9)), draw(st.floats(0, 0.9))
    return Box(left, top, min(1.0, left + draw(st.floats(0.02, 0.5))), min(1.0, top + draw(st.floats(0.02, 0.5))))


@given(
    st.integers(200, 2400),
    st.integers(200, 2400),
    st.lists(heads(), max_size=4),
    st.sampled_from(["beside", "behind", "above"]),
    st.sampled_from([*FORMATS.values()]),
    st.floats(0.2, 0.7),
)
def test_blocks_lie_on_the_card_and_the_last_shows_all_heads(width, height, marked, preferred, card, share) -> None:
    photo = picture(width, height, *marked)
    if main := photo.subject.main_heads:
        middle = [(min(head[0] for head in ends) + max(head[1] for head in ends)) / 2 for ends in _extents(main)]
        photo = replace(photo, subject=replace(photo.subject, point=tuple(middle)))
    offered = [*blocks(photo, preferred, card, share)]
    for block in offered:
        assert 0 < block.width <= card.width
        assert 0 < block.low <= block.high + 1
        assert block.top + block.low <= card.height + 1
    last = offered[-1]
    part = photo.crop(round(last.width), round(last.low), (0.5, 0.42))
    slack = 0.02 * max(width, height)  # blocks have whole px
    for head in main:
        assert part.left - slack <= head.left * width
        assert head.right * width <= part.right + slack
        assert part.top - slack <= head.top * height
        assert head.bottom * height <= part.bottom + slack


def _extents(marked: tuple[Box, ...]) -> list[list[tuple[float, float]]]:
    return [[(head.left, head.right) for head in marked], [(head.top, head.bottom) for head in marked]]


def test_head_without_size_offers_blocks_like_any() -> None:
    for placement in ("beside", "behind", "above"):
        assert [*blocks(picture(800, 600, Box(0.5, 0.5, 0.5, 0.5)), placement, WIDE, 0.4)]


def test_noisy_picture_is_hardly_enlarged() -> None:
    noisy = replace(picture(800, 600), flaw="noisy")
    block = first(noisy, "above", SQUARE)
    assert (block.width, block.why) == (929, "the picture is too noisy for the theme's place")
    assert first(picture(800, 600), "above", SQUARE).width == 1080
    assert first(replace(picture(2400, 1600), flaw="noisy"), "behind", SQUARE) == first(picture(2400, 1600), "behind", SQUARE)
