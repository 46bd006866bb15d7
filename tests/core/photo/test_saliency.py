"""Tests finding what draws the eye in a picture."""

import pytest
from PIL import Image, ImageDraw, ImageOps

from storycard.photo.saliency import find_salience
from storycard_photo import normalise
from support.photo_files import landscape, written


@pytest.mark.parametrize("at", [(0.2, 0.5), (0.8, 0.6), (0.5, 0.25), (0.3, 0.75), (0.7, 0.3)])
def test_finds_a_salient_object(at: tuple[float, float]) -> None:
    assert find_salience(landscape(at)).point == pytest.approx(at, abs=0.08)


@pytest.mark.parametrize("at", [(0.2, 0.5), (0.8, 0.6), (0.5, 0.25)])
def test_window_surrounds_a_salient_object(at: tuple[float, float]) -> None:
    window = find_salience(landscape(at)).windows[0]  # the disc has a radius of 0.05 x 0.075
    assert window.left < at[0] < window.right
    assert window.top < at[1] < window.bottom
    assert window.area < 0.15


def test_finds_a_window_for_each_of_two_objects() -> None:
    picture = landscape((0.15, 0.5))
    ImageDraw.Draw(picture).ellipse((960, 340, 1080, 460), (190, 40, 30))
    left, right = sorted(find_salience(picture).windows, key=lambda window: window.left)
    assert left.left < 0.15 < left.right < right.left < 0.85 < right.right


@pytest.mark.parametrize("skin", [(224, 172, 140), (165, 110, 80), (110, 70, 50)])
def test_finds_a_person_by_skin_colour(skin: tuple[int, int, int]) -> None:
    picture = Image.new("RGB", (600, 400), (150, 180, 220))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 240, 600, 400), (80, 120, 60))
    draw.rectangle((110, 230, 170, 400), (40, 40, 90))
    draw.ellipse((115, 150, 165, 220), skin)
    draw.ellipse((112, 142, 168, 180), (40, 30, 20))
    x, y = find_salience(picture).point
    assert 105 < x * 600 < 175
    assert 140 < y * 400 < 230


def test_does_not_choose_a_glowing_sky() -> None:
    sky = Image.linear_gradient("L").resize((900, 600))
    picture = ImageOps.colorize(sky, (245, 180, 130), (170, 150, 170))
    hills = [(0, 600), (0, 330), (150, 250), (300, 340), (520, 230), (700, 330), (900, 290), (900, 600)]
    ImageDraw.Draw(picture).polygon(hills, (35, 60, 50))
    _, y = find_salience(picture).point
    assert y > 0.35


def test_falls_back_to_the_middle_of_a_plain_picture() -> None:
    assert find_salience(Image.new("RGB", (900, 600), (120, 140, 160))) is None
    assert normalise(written(Image.new("RGB", (900, 600), (120, 140, 160)), "JPEG")).focal_point == (0.5, 0.5)
