"""Which part of a picture fills a frame, in numbers."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storycard.photo.crop import Box, CropTarget, Subject, crop

SIDES = st.integers(200, 2400)
SHARES = st.floats(0, 1)
POINTS = st.tuples(SHARES, SHARES)
FRAMES = st.builds(CropTarget, st.integers(100, 2000), st.integers(100, 2000), POINTS)
NEAR = 1e-6


@st.composite
def faces(draw: st.DrawFn) -> Box:
    left, top, size = draw(st.floats(0, 0.9)), draw(st.floats(0, 0.9)), draw(st.floats(0.01, 0.4))
    return Box(left, top, min(1, left + size), min(1, top + size))


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    source = draw(st.sampled_from(["editor", "faces", "content"]))
    return Subject(draw(POINTS), tuple(draw(st.lists(faces(), max_size=4))) if source != "content" else (), source)


@given(SIDES, SIDES, FRAMES, subjects())
def test_the_part_is_inside_the_picture_in_proportion_and_holds_the_point(width, height, frame, subject) -> None:
    part = crop(width, height, frame, subject)
    assert part.left >= 0
    assert part.top >= 0
    assert part.right <= width + NEAR
    assert part.bottom <= height + NEAR
    assert (part.right - part.left) / (part.bottom - part.top) == pytest.approx(frame.width / frame.height)
    assert part.left - NEAR <= subject.point[0] * width <= part.right + NEAR
    assert part.top - NEAR <= subject.point[1] * height <= part.bottom + NEAR


@given(SIDES, SIDES, FRAMES, subjects())
def test_the_part_is_as_large_as_can_be_or_closer_for_a_reason(width, height, frame, subject) -> None:
    part = crop(width, height, frame, subject)
    largest = min(width, height * frame.width / frame.height)
    if subject.source == "content":
        assert part.right - part.left == pytest.approx(largest)
    assert part.right - part.left >= min(largest, max(frame.width, largest / 1.3)) - NEAR


@given(SIDES, SIDES, FRAMES, faces())
def test_a_lone_face_that_fits_is_never_cut(width, height, frame, face) -> None:
    whole = min(width, height * frame.width / frame.height)
    assume((face.right - face.left) * width <= whole)
    assume((face.bottom - face.top) * height <= whole * frame.height / frame.width)
    point = ((face.left + face.right) / 2, (face.top + face.bottom) / 2)
    part = crop(width, height, frame, Subject(point, (face,), "faces"))
    assert part.left <= face.left * width + 0.01
    assert part.top <= face.top * height + 0.01
    assert part.right >= face.right * width - 0.01
    assert part.bottom >= face.bottom * height - 0.01


def test_without_a_reason_to_move_the_middle_is_shown() -> None:
    assert crop(2400, 1600, CropTarget(1080, 1080), Subject((0.5, 0.5))) == Box(400, 0, 2000, 1600)


def test_the_subject_comes_to_the_focus_where_the_picture_reaches() -> None:
    assert crop(2400, 1600, CropTarget(1080, 1080, (0.25, 0.5)), Subject((0.4, 0.5))) == Box(560, 0, 2160, 1600)
    assert crop(2400, 1600, CropTarget(1080, 1080), Subject((0.9, 0.5))) == Box(800, 0, 2400, 1600)


def test_a_marked_subject_is_lifted_over_type_by_going_closer() -> None:
    frame = CropTarget(1080, 1080, (0.5, 0.4))
    part = crop(2400, 1600, frame, Subject((0.5, 0.5), source="editor"))
    assert part.bottom == 1600
    assert (800 - part.top) / (part.bottom - part.top) == pytest.approx(0.4)
    assert crop(2400, 1600, frame, Subject((0.5, 0.5))).top == 0  # a guess is worth no loss of picture
    assert crop(1080, 1080, frame, Subject((0.5, 0.5), source="editor")) == Box(0, 0, 1080, 1080)  # nor is softness


def test_going_closer_never_costs_a_face() -> None:
    pair = (Box(0.17, 0.4, 0.27, 0.6), Box(0.73, 0.4, 0.83, 0.6))
    part = crop(2400, 1600, CropTarget(1080, 1080, (0.5, 0.3)), Subject((0.5, 0.5), pair, "faces"))
    assert part == Box(400, 0, 2000, 1600)


def test_a_face_at_the_edge_is_left_whole_or_left_out() -> None:
    left, right = Box(0.1, 0.3, 0.2, 0.5), Box(0.8, 0.3, 0.9, 0.5)
    both = crop(2400, 1600, CropTarget(1080, 1350), Subject((0.5, 0.4), (left, right), "faces"))
    assert both.left == pytest.approx(0.1 * 2400) or both.right == pytest.approx(0.9 * 2400)
    editors = crop(2400, 1600, CropTarget(1080, 1080), Subject((0.4, 0.4), (right,), "editor"))
    assert editors.right == pytest.approx(1760)  # the face is far outside: nothing to heed
    near = crop(2400, 1600, CropTarget(1080, 1080), Subject((0.45, 0.4), (Box(0.75, 0.3, 0.85, 0.5),), "editor"))
    assert near.right == pytest.approx(0.75 * 2400)  # 1880 would cut it; less of a move leaves it out
