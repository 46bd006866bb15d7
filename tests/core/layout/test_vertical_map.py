"""Tests storycard.layout.vertical_map: how a composition's heights change with the format."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storycard.design.composition import REFERENCES, Area, Composition, Frame, Panel, Part
from storycard.design.formats import Format, SafeZone
from storycard.design.role import Role
from storycard.layout.vertical_map import VerticalMap
from storycard.text.style import FontStyle, TextStyle

ROLE = Role(TextStyle(FontStyle("Blocks")), 30, 30, 1, "#000000")


def composition(grow: tuple[tuple[str, float], ...], **areas: tuple[float, float]) -> Composition:
    parts = {name: Part(ROLE, Area(0, top, 100, height), "top", "start") for name, (top, height) in areas.items()}
    return Composition("#ffffff", (), (), MappingProxyType(parts), MappingProxyType({}), grow)


def card(width: int, height: int, top: int = 0, bottom: int = 0) -> Format:
    return Format("card", "Card", "a feed", width, height, SafeZone(top, 0, bottom, 0), 300_000, ("png",), 1000, "plain")


def test_reference_format_changes_nothing() -> None:
    for shape, reference in REFERENCES.items():
        same = card(reference.width, reference.height, reference.safe_top, reference.safe_bottom)
        mapped = VerticalMap(composition((("headline", 1),), headline=(400, 100)), REFERENCES[shape], same)
        assert [mapped(y) for y in range(0, reference.height, 10)] == pytest.approx(range(0, reference.height, 10))


def test_part_that_grows_takes_the_height_that_a_format_adds() -> None:
    mapped = VerticalMap(composition((("headline", 1),), headline=(300, 400)), REFERENCES["square"], card(1080, 1350))
    assert [mapped(y) for y in (0, 76, 300, 500, 700, 950, 1080)] == [0, 76, 300, 635, 970, 1220, 1350]


def test_parts_share_the_added_height() -> None:
    two = composition((("question", 3), ("answer", 1)), question=(200, 100), answer=(400, 100))
    mapped = VerticalMap(two, REFERENCES["square"], card(1080, 1480))
    assert [mapped(y) for y in (200, 300, 400, 500)] == [200, 600, 700, 900]


def test_everything_scales_with_the_width() -> None:
    mapped = VerticalMap(composition((("headline", 1),), headline=(300, 400)), REFERENCES["square"], card(540, 540))
    assert [mapped(y) for y in (100, 700, 1080)] == [50, 350, 540]


def test_content_moves_clear_of_what_a_platform_covers_and_edges_stay() -> None:
    tall = composition((("headline", 1),), headline=(600, 600))
    mapped = VerticalMap(tall, REFERENCES["tall"], card(1080, 1700))  # nothing is covered
    assert (mapped(270), mapped(1540), mapped(1920)) == (76, 1700 - 76, 1700)
    assert mapped.span(Area(0, 38, 20, 170)) == (38, 208)
    assert mapped.span(Area(0, 1712, 20, 170)) == (1492, 1662)
    assert mapped.span(Area(0, 38, 20, 1844)) == (38, 1662)


def test_everything_moves_down_by_a_strip_and_the_first_thing_nearer_to_it() -> None:
    sign = replace(composition((("headline", 1),), headline=(300, 400)), panels=(Panel(Area(36, 40, 1008, 900), "#000000"),))
    mapped = VerticalMap(sign, REFERENCES["square"], card(1080, 1080), strip=80)
    assert [mapped(y) for y in (0, 40, 300, 700, 940, 1080)] == pytest.approx([80, 108, 368, 700, 940, 1080])
    assert mapped.span(Area(0, 40, 10, 30)) == pytest.approx((108, 138))


def test_strip_is_below_what_a_platform_covers_and_devices_follow_it() -> None:
    tall, covered = composition((("headline", 1),), headline=(600, 600)), card(1080, 1920, 270, 380)
    assert VerticalMap(tall, REFERENCES["tall"], covered, strip=90)(0) == 360
    assert VerticalMap(tall, REFERENCES["tall"], covered, strip=90)(270) == pytest.approx(360 + 0.7 * 76)
    corners = replace(tall, panels=(Panel(Area(38, 40, 22, 170), "#000000"),))
    mapped = VerticalMap(corners, REFERENCES["tall"], covered, strip=90)
    assert mapped.span(corners.panels[0].area) == pytest.approx((388, 558))
    assert mapped(270) == pytest.approx(388 + 76)


def test_photograph_above_the_text_gives_way_to_a_strip_too() -> None:
    stacked = replace(composition((("headline", 1),), headline=(700, 200)), frame=Frame(Area(76, 200, 928, 400), (0.5, 0.5)))
    mapped = VerticalMap(stacked, REFERENCES["square"], card(1080, 1080), strip=90)
    moved = 90 + 0.7 * 76 - 76
    assert mapped(200) == pytest.approx(200 + moved)
    assert mapped(600) == pytest.approx(600 + moved / 3)
    assert mapped(900) == pytest.approx(900)
    disc = replace(stacked, frame=Frame(Area(76, 200, 400, 400), (0.5, 0.5), radius=200))
    assert VerticalMap(disc, REFERENCES["square"], card(1080, 1080), strip=90)(600) == pytest.approx(600 + moved)


@given(
    height=st.integers(900, 1500),
    top=st.integers(0, 200),
    bottom=st.integers(0, 200),
    start=st.integers(100, 500),
    length=st.integers(100, 400),
    y=st.floats(0, 1080),
    strip=st.sampled_from([0, 60]),
)
def test_no_part_is_turned_upside_down(height: int, top: int, bottom: int, start: int, length: int, y: float, strip: int) -> None:
    one = composition((("headline", 1),), headline=(start, length))
    mapped = VerticalMap(one, REFERENCES["square"], card(1080, height, top, bottom), strip)
    if height - top - bottom - 2 * strip > 1080 - length:  # there is more room than what does not grow needs
        assert mapped(y) <= mapped(min(1080.0, y + 1)) + 1e-6
