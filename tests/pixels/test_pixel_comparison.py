"""comparison: what a golden lets pass, and where it points when it does not."""

import pytest
from PIL import Image, ImageChops

from support.pixel_comparison import Difference, Rectangle, amplified, compare

PAPER = Image.new("RGB", (400, 300), "#fbf7ef")


def with_patch(colour: str, x: int, y: int, width: int, height: int) -> Image.Image:
    picture = PAPER.copy()
    picture.paste(colour, (x, y, x + width, y + height))
    return picture


def test_a_picture_is_itself() -> None:
    assert compare(PAPER, PAPER.copy()) == Difference(0, 0, Rectangle(0, 0, 32, 32))


def test_a_faint_change_everywhere_is_small_and_a_stronger_one_is_not() -> None:
    assert not compare(ImageChops.offset(PAPER.point(lambda value: value - 1), 0), PAPER).small
    assert compare(with_patch("#faf6ee", 0, 0, 400, 100), PAPER).small


def test_a_letter_that_moved_is_not_small() -> None:
    moved = compare(with_patch("#000000", 100, 100, 8, 20), with_patch("#000000", 102, 100, 8, 20))
    assert moved.mean < 0.5
    assert not moved.small


def test_it_points_to_where_most_differs() -> None:
    picture = with_patch("#000000", 390, 290, 8, 8)
    assert compare(picture, PAPER).worst == Rectangle(384, 288, 16, 12)
    assert compare(with_patch("#000000", 70, 40, 20, 20), PAPER).worst == Rectangle(64, 32, 32, 32)


def test_one_channel_is_enough() -> None:
    assert compare(with_patch("#fbf700", 0, 0, 20, 20), PAPER).share == 400 / (400 * 300)


def test_another_size_or_mode_is_never_small() -> None:
    with pytest.raises(AssertionError):
        compare(PAPER.resize((401, 300)), PAPER)
    with pytest.raises(AssertionError):
        compare(PAPER.convert("L"), PAPER)


def test_what_differs_is_shown_bright_on_black() -> None:
    shown = amplified(with_patch("#fbf7e9", 10, 10, 5, 5), PAPER.resize((500, 200)))
    assert shown.size == (500, 300)
    assert shown.getpixel((12, 12)) == (0, 0, 48)
    assert shown.getpixel((100, 100)) == (0, 0, 0)
