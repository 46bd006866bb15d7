"""Tests which pictures count as too dark or too noisy."""

import io

import pytest
from PIL import Image, ImageChops

from storycard.photo import open_photo
from storycard_photo import normalise
from storycard_photo.cells import find_flaw, measure_noise
from support.people import people
from support.photo_files import written
from support.photographs import coast, dark, dusk

HOPPER = next(person.data for person in people() if person.name == "hopper")


def hopper() -> Image.Image:
    return Image.open(io.BytesIO(HOPPER)).convert("RGB")


def grainy(deviation: float) -> Image.Image:
    grain = Image.merge("RGB", [Image.effect_noise(hopper().size, deviation)] * 3)
    return ImageChops.add(hopper(), grain, 1, -128)


@pytest.mark.parametrize("person", people(), ids=lambda person: person.name)
def test_no_picture_of_people_is_flawed(person) -> None:
    assert find_flaw(Image.open(io.BytesIO(person.data)).convert("RGB")) == ""


@pytest.mark.parametrize(
    ("picture", "flaw"),
    [
        (coast, ""),
        (dusk, ""),
        (dark, "dark"),
        (lambda: hopper().point(lambda value: value // 5), "dark"),
        (lambda: hopper().point(lambda value: value // 3), ""),
        (lambda: grainy(8), ""),
        (lambda: grainy(25), "noisy"),
    ],
)
def test_finds_dark_and_noisy_pictures(picture, flaw: str) -> None:
    assert find_flaw(picture()) == flaw
    assert open_photo(normalise(written(picture(), "JPEG", quality=92)).data).flaw == flaw


def test_measures_the_standard_deviation_of_grain() -> None:
    grey = Image.new("L", (600, 400), 128)
    grain = ImageChops.add(grey, Image.effect_noise(grey.size, 20), 1, -128)
    assert measure_noise(grain.convert("RGB")) == pytest.approx(20, abs=3)
