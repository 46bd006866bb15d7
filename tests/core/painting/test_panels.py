"""Tests storycard.painting.panels: the coverage of round corners, discs, outlines, crescents, corners and fades."""

import math

import pytest
from PIL import Image

from storycard.layout.scene import Rect, Rule
from storycard.painting.panels import panel_mask, panel_pieces


def covered(rule: Rule) -> float:
    """Returns the area of a rule in px."""
    mask = panel_mask(rule)
    return sum(value * count for value, count in enumerate(mask.histogram())) / 255


@pytest.mark.parametrize("side", [21, 140, 501])
def test_disc_has_the_area_of_a_circle(side: int) -> None:
    disc = Rule(Rect(0, 0, side, side), "#000000", radius=side / 2)
    assert covered(disc) == pytest.approx(math.pi * side**2 / 4, rel=0.02)
    assert panel_mask(disc).size == (side, side)


def test_round_corners_leave_the_rest_of_the_panel_full() -> None:
    mask = panel_mask(Rule(Rect(0, 0, 200, 100), "#000000", radius=30))
    assert covered(Rule(Rect(0, 0, 200, 100), "#000000", radius=30)) == pytest.approx(20_000 - (4 - math.pi) * 900, rel=0.005)
    assert mask.getpixel((0, 0)) == mask.getpixel((199, 99)) == 0
    assert {mask.getpixel(point) for point in ((30, 0), (0, 30), (100, 50), (199, 60))} == {255}


def test_mask_is_symmetric() -> None:
    mask = panel_mask(Rule(Rect(0, 0, 75, 75), "#000000", radius=20))
    turned = mask.transpose(2)  # by 90 degrees
    assert mask.tobytes() == turned.tobytes()


@pytest.mark.parametrize(("radius", "outline"), [(30, 0), (30, 4), (0, 4), (2, 5)])
def test_pieces_make_up_the_panel(radius: int, outline: int) -> None:
    panel = Rule(Rect(0, 0, 200, 100), "#000000", radius=radius, outline=outline)
    whole = Image.new("L", (200, 100))
    boxes, masks = panel_pieces(panel)
    for box in boxes:
        whole.paste(255, box)
    for mask, box in masks:
        whole.paste(mask, box)
    assert whole.tobytes() == panel_mask(panel).tobytes()


def test_outline_is_hollow() -> None:
    mask = panel_mask(Rule(Rect(0, 0, 100, 60), "#000000", radius=20, outline=4))
    assert mask.getpixel((50, 30)) == 0
    assert {mask.getpixel(point) for point in ((50, 1), (1, 30), (98, 30), (50, 58))} == {255}
    assert mask.getpixel((50, 4)) == 0


def test_arrow_points_to_its_side() -> None:
    right, left = (panel_mask(Rule(Rect(0, 0, 51, 30), "#000000", arrow=side)) for side in ("right", "left"))
    assert left.tobytes() == right.transpose(0).tobytes()  # mirrored
    assert {right.getpixel(point) for point in ((1, 15), (25, 15), (46, 15))} == {255}
    assert {right.getpixel(point) for point in ((1, 1), (1, 28), (49, 1), (49, 28), (25, 8))} == {0}


def test_crescent_lacks_the_second_disc() -> None:
    moon = Rule(Rect(10, 10, 100, 100), "#000000", radius=50, minus=Rect(-20, 5, 95, 95))
    mask = panel_mask(moon)
    assert mask.getpixel((10, 50)) == 0
    assert mask.getpixel((90, 50)) == 255


@pytest.mark.parametrize(("corner", "full", "empty"), [("left", (2, 2), (55, 35)), ("right", (57, 2), (4, 35))])
def test_corner_is_the_half_above_the_diagonal(corner: str, full: tuple[int, int], empty: tuple[int, int]) -> None:
    mask = panel_mask(Rule(Rect(0, 0, 60, 40), "#000000", corner=corner))
    assert (mask.getpixel(full), mask.getpixel(empty)) == (255, 0)
    assert covered(Rule(Rect(0, 0, 60, 40), "#000000", corner=corner)) == pytest.approx(1200, rel=0.02)


@pytest.mark.parametrize(
    ("fade", "opaque", "clear"), [("bottom", (5, 99), (5, 0)), ("left", (0, 5), (99, 5)), ("right", (99, 5), (0, 5))]
)
def test_scrim_fades_from_its_opaque_side(fade: str, opaque: tuple[int, int], clear: tuple[int, int]) -> None:
    size = (10, 100) if fade == "bottom" else (100, 10)
    mask = panel_mask(Rule(Rect(0, 0, *size), "#000000", fade=fade))
    assert mask.getpixel(opaque) >= 254
    assert mask.getpixel(clear) <= 12
    line = [mask.getpixel((5, place) if fade == "bottom" else (place, 5)) for place in range(100)]
    assert line == sorted(line, reverse=fade == "left")
