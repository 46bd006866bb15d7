"""Tests the part of a photograph that an editor chose: what cards show of it, and its subject."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storycard.errors import ArticleInvalid
from storycard.ingest import read_native
from storycard.ingest.formats.native import to_native
from storycard.photo import Box, open_photo
from storycard.photo.chosen import chosen_part, leaves_out, subject_in
from storycard.photo.crop import Subject
from storycard_photo import normalise
from support.lambda_events import as_body, native
from support.photo_files import BLUE, GREEN, RED, YELLOW, assert_shows, quarters, written

STORED = normalise(written(quarters((1800, 1200)), "JPEG")).data
SHARE = st.floats(0, 0.9)


def test_cards_show_only_the_chosen_part():
    left = open_photo(STORED, chosen=(0, 0, 0.5, 1))
    assert (left.width, left.height, left.place) == (900, 1200, (0, 0))
    assert_shows(left.fill(200, 200), RED, RED, BLUE, BLUE)
    corner = open_photo(STORED, focal_point=(0.1, 0.1), chosen=(0.5, 0.5, 0.5, 0.5))
    assert (corner.width, corner.height, corner.place) == (900, 600, (900, 600))
    assert_shows(corner.fill(400, 50), YELLOW, YELLOW, YELLOW, YELLOW)
    assert list(corner.sample((0, 0, 900, 600), 1, 1)) == pytest.approx(YELLOW, abs=12)
    middle = open_photo(STORED, chosen=(0.25, 0.25, 0.5, 0.5))
    assert_shows(middle.fill(900, 600), RED, GREEN, BLUE, YELLOW)


def test_the_whole_photograph_as_a_part_is_drawn_like_the_whole():
    whole, part = open_photo(STORED), open_photo(STORED, chosen=(0, 0, 1, 1))
    for size in ((1200, 630), (1080, 1920), (90, 90)):
        assert whole.fill(*size).tobytes() == part.fill(*size).tobytes()


@given(SHARE, SHARE, st.floats(0.05, 1), st.floats(0.05, 1), st.integers(1, 4000), st.integers(1, 4000))
def test_a_part_is_inside_its_picture(x, y, width, height, px_wide, px_high):
    part = chosen_part(px_wide, px_high, (x, y, width, height))
    assert 0 <= part.left < part.right <= px_wide
    assert 0 <= part.top < part.bottom <= px_high
    moved = subject_in(Subject((x, y), faces=(Box(x, y, x + 0.1, y + 0.1),)), part, px_wide, px_high)
    assert all(0 <= share <= 1 for share in moved.point)
    assert all(0 <= face.left <= face.right <= 1 and 0 <= face.top <= face.bottom <= 1 for face in moved.faces)


def test_heads_outside_of_the_part_are_left_out():
    inside, cut, outside = Box(0.5, 0.5, 0.6, 0.7), Box(0.38, 0.5, 0.5, 0.7), Box(0.1, 0.5, 0.2, 0.7)
    subject, part = Subject((0.2, 0.6), (inside, cut, outside), "faces"), Box(400, 0, 1000, 800)
    moved = subject_in(subject, part, 1000, 800)
    assert moved.point == (0, pytest.approx(0.6))
    assert [pytest.approx((box.left, box.right)) for box in moved.faces] == [(1 / 6, 1 / 3), (0, 1 / 6)]
    assert leaves_out(subject, part, 1000, 800)
    assert not leaves_out(Subject((0.5, 0.5), (inside, cut)), part, 1000, 800)


def test_an_article_keeps_its_crop():
    image = {"url": "https://photos.example/a.jpg", "crop": [0.25, 0, 0.75, 1]}
    article = read_native(as_body(native("ferry", image=image)))
    assert article.image.crop == (0.25, 0, 0.75, 1)
    assert to_native(article)["image"] == image


@pytest.mark.parametrize(
    ("crop", "field"),
    [
        ([0, 0, 1], "image.crop"),
        ("whole", "image.crop"),
        ([0, 0, 1, 2], "image.crop[3]"),
        ([0, True, 1, 1], "image.crop[1]"),
        ([0.5, 0, 0.6, 1], "image.crop"),
        ([0, 0.5, 1, 0.6], "image.crop"),
        ([0, 0, 0.04, 1], "image.crop"),
    ],
)
def test_refuses_a_part_that_no_card_could_show(crop, field):
    with pytest.raises(ArticleInvalid) as raised:
        read_native(as_body(native("ferry", image={"url": "https://photos.example/a.jpg", "crop": crop})))
    assert raised.value.field == field


def test_hidden_pixels_of_the_photograph_are_on_no_card():
    secret = Image.new("RGB", (1200, 800), "white")
    secret.paste("red", (0, 0, 300, 800))
    photo = open_photo(normalise(written(secret, "JPEG")).data, chosen=(0.3, 0, 0.7, 1))
    filled = photo.fill(1200, 630).convert("HSV").getchannel("S")
    assert filled.getextrema()[1] < 40
