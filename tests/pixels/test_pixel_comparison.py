"""Tests the tolerance of golden images and the location of differences."""

import pytest
from PIL import Image, ImageChops

from support.pixel_comparison import Difference, Rectangle, amplified, compare

PAPER = Image.new("RGB", (400, 300), "#fbf7ef")


def with_patch(colour: str, x: int, y: int, width: int, height: int) -> Image.Image:
    picture = PAPER.copy()
    picture.paste(colour, (x, y, x + width, y + height))
    return picture


def test_image_equals_itself() -> None:
    assert compare(PAPER, PAPER.copy()) == Difference(0, 0, Rectangle(0, 0, 32, 32))


def test_tolerates_faint_change_but_not_stronger_one() -> None:
    assert not compare(ImageChops.offset(PAPER.point(lambda value: value - 1), 0), PAPER).small
    assert compare(with_patch("#faf6ee", 0, 0, 400, 100), PAPER).small


def test_does_not_tolerate_moved_letter() -> None:
    moved = compare(with_patch("#000000", 100, 100, 8, 20), with_patch("#000000", 102, 100, 8, 20))
    assert moved.mean < 0.5
    assert not moved.small


def test_locates_worst_tile() -> None:
    picture = with_patch("#000000", 390, 290, 8, 8)
    assert compare(picture, PAPER).worst == Rectangle(384, 288, 16, 12)
    assert compare(with_patch("#000000", 70, 40, 20, 20), PAPER).worst == Rectangle(64, 32, 32, 32)


def test_counts_difference_in_one_channel() -> None:
    assert compare(with_patch("#fbf700", 0, 0, 20, 20), PAPER).share == 400 / (400 * 300)


def test_rejects_other_size_or_mode() -> None:
    with pytest.raises(AssertionError):
        compare(PAPER.resize((401, 300)), PAPER)
    with pytest.raises(AssertionError):
        compare(PAPER.convert("L"), PAPER)


def test_amplifies_difference_on_black() -> None:
    shown = amplified(with_patch("#fbf7e9", 10, 10, 5, 5), PAPER.resize((500, 200)))
    assert shown.size == (500, 300)
    assert shown.getpixel((12, 12)) == (0, 0, 48)
    assert shown.getpixel((100, 100)) == (0, 0, 0)
