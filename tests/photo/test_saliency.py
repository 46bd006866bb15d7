"""Tests finding what draws the eye in a picture."""

import functools
import io
import statistics

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from storycard.photo.crop import Box, CropTarget, Subject, crop
from storycard_photo import normalise
from storycard_photo.saliency import find_salience
from support.objects import MainObject, objects
from support.photo_files import landscape, written

FRAMES = ((1200, 630), (1080, 1080), (1080, 1350), (1080, 1920), (480, 630), (1080, 432))


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


def test_finds_a_small_object_in_a_wide_sky_between_clouds() -> None:
    picture = Image.new("RGB", (1200, 750), (20, 70, 150))
    draw = ImageDraw.Draw(picture)
    for x, y in ((-60, 60), (-90, 300), (1000, -40), (1130, 160), (1120, 620)):
        draw.ellipse((x, y, x + 180, y + 160), (235, 240, 245))
    draw.polygon([(770, 230), (840, 250), (780, 300)], (240, 190, 40))
    assert find_salience(picture).point == pytest.approx((0.66, 0.35), abs=0.08)


def test_finds_what_is_in_focus_before_a_bright_blurred_ground() -> None:
    picture = Image.new("RGB", (900, 600), (120, 90, 50))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((120, 60, 400, 340), (240, 60, 30))
    draw.ellipse((380, 20, 560, 200), (250, 220, 120))
    picture = picture.filter(ImageFilter.GaussianBlur(30))
    draw = ImageDraw.Draw(picture)
    for angle in range(0, 360, 12):
        draw.pieslice((560, 240, 780, 460), angle, angle + 6, (190, 130, 60))
    x, y = find_salience(picture).point
    assert 560 < x * 900 < 780
    assert 240 < y * 600 < 460


def test_does_not_choose_a_glowing_sky() -> None:
    sky = Image.linear_gradient("L").resize((900, 600))
    picture = ImageOps.colorize(sky, (245, 180, 130), (170, 150, 170))
    hills = [(0, 600), (0, 330), (150, 250), (300, 340), (520, 230), (700, 330), (900, 290), (900, 600)]
    ImageDraw.Draw(picture).polygon(hills, (35, 60, 50))
    _, y = find_salience(picture).point
    assert y > 0.35


def test_window_holds_a_whole_object_of_which_one_part_is_sharper() -> None:
    picture = Image.new("RGB", (900, 600), (90, 120, 150))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((300, 150, 600, 450), (200, 120, 60))
    for x in range(310, 380, 8):
        draw.rectangle((x, 160, x + 3, 240), (255, 240, 220))
    [window] = find_salience(picture).windows
    for found, side in ((window.left, 1 / 3), (window.top, 1 / 4), (window.right, 2 / 3), (window.bottom, 3 / 4)):
        assert found == pytest.approx(side, abs=0.04)


def test_falls_back_to_the_middle_of_a_plain_picture() -> None:
    assert find_salience(Image.new("RGB", (900, 600), (120, 140, 160))) is None
    assert normalise(written(Image.new("RGB", (900, 600), (120, 140, 160)), "JPEG")).focal_point == (0.5, 0.5)


def test_crops_show_more_of_the_main_object_than_those_of_the_middle_and_than_before() -> None:
    pictures = objects()
    found = statistics.mean(share for picture in pictures for share in _shown(picture, _salient(picture)))
    middle = statistics.mean(share for picture in pictures for share in _shown(picture, Subject((0.5, 0.5))))
    before = statistics.mean(share for picture in pictures for share in _shown(picture, picture.before))
    assert found > 0.81
    assert found > max(middle, before) + 0.01


def test_no_crop_shows_less_of_the_main_object_than_before() -> None:
    """Compares the formats of cards with the crops of renderer 1.5. Objects are marked by eye: a twentieth is no difference."""
    less = []
    for picture in objects():
        now, before = (_shown(picture, subject)[:4] for subject in (_salient(picture), picture.before))
        less += [(picture.name, *each) for each in zip(FRAMES, before, now, strict=False) if each[2] < each[1] - 0.05]
    assert less == []


@functools.cache
def _salient(picture: MainObject) -> Subject:
    salience = find_salience(Image.open(io.BytesIO(picture.data)).convert("RGB"))
    return Subject(salience.point, windows=salience.windows)


def _shown(picture: MainObject, subject: Subject) -> list[float]:
    """Returns the share of the main object that the crop for each frame shows."""
    parts = [crop(*picture.size, CropTarget(*frame, (0.5, 0.42)), subject) for frame in FRAMES]
    return [_share(picture.box, part, *picture.size) for part in parts]


def _share(box: Box, part: Box, width: int, height: int) -> float:
    """Returns how much of a box, in shares of the picture, is in a part of the picture, in px."""
    left, right = max(box.left * width, part.left), min(box.right * width, part.right)
    top, bottom = max(box.top * height, part.top), min(box.bottom * height, part.bottom)
    return Box(left, top, right, bottom).area / (box.area * width * height) if right > left and bottom > top else 0.0
