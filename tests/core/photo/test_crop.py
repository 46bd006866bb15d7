"""Tests which part of a picture fills a frame."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from storycard.photo.crop import Box, CropTarget, Subject, crop
from storycard_photo.subject import Face

SIDES = st.integers(200, 2400)
SHARES = st.floats(0, 1)
POINTS = st.tuples(SHARES, SHARES)
FRAMES = st.builds(CropTarget, st.integers(100, 2000), st.integers(100, 2000), POINTS)
NEAR = 1e-6
HEADROOM = 0.08  # of the face's height


@st.composite
def faces(draw: st.DrawFn) -> Box:
    left, top, size = draw(st.floats(0, 0.9)), draw(st.floats(0, 0.9)), draw(st.floats(0.01, 0.4))
    return Box(left, top, min(1, left + size), min(1, top + size))


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    source = draw(st.sampled_from(["editor", "faces", "content"]))
    return Subject(draw(POINTS), tuple(draw(st.lists(faces(), max_size=4))) if source != "content" else (), source)


@given(SIDES, SIDES, FRAMES, subjects())
def test_crop_lies_inside_keeps_proportions_and_contains_the_point(width, height, frame, subject) -> None:
    part = crop(width, height, frame, subject)
    assert part.left >= 0
    assert part.top >= 0
    assert part.right <= width + NEAR
    assert part.bottom <= height + NEAR
    assert (part.right - part.left) / (part.bottom - part.top) == pytest.approx(frame.width / frame.height)
    assert part.left - NEAR <= subject.point[0] * width <= part.right + NEAR
    assert part.top - NEAR <= subject.point[1] * height <= part.bottom + NEAR


@given(SIDES, SIDES, FRAMES, subjects())
def test_crop_is_maximal_unless_a_subject_is_marked(width, height, frame, subject) -> None:
    part = crop(width, height, frame, subject)
    largest = min(width, height * frame.width / frame.height)
    if subject.source == "content":
        assert part.right - part.left == pytest.approx(largest)
    assert part.right - part.left >= min(largest, max(frame.width, largest / 1.3)) - NEAR


@given(SIDES, SIDES, FRAMES, faces())
def test_never_cuts_a_single_face_that_fits(width, height, frame, face) -> None:
    whole = min(width, height * frame.width / frame.height)
    assume((face.right - face.left) * width <= whole)
    assume((face.bottom - face.top) * height <= whole * frame.height / frame.width)
    point = ((face.left + face.right) / 2, (face.top + face.bottom) / 2)
    part = crop(width, height, frame, Subject(point, (face,), "faces"))
    assert part.left <= face.left * width + 0.01
    assert part.top <= face.top * height + 0.01
    assert part.right >= face.right * width - 0.01
    assert part.bottom >= face.bottom * height - 0.01


@example(200, 792, CropTarget(100, 138, (0.0, 0.0)), Box(0.0, 0.5, 0.234375, 0.734375))
@given(SIDES, SIDES, FRAMES, faces())
def test_leaves_headroom_above_a_face_wherever_there_is_any(width, height, frame, box) -> None:
    face = Face(box)
    subject = Subject(((box.left + box.right) / 2, (box.top + box.bottom) / 2), (face.head,), "faces")
    room = HEADROOM * (box.bottom - box.top) * height
    highest = min(width, height * frame.width / frame.height) * frame.height / frame.width
    assume((face.head.bottom - face.head.top) * height + room <= highest)
    part = crop(width, height, frame, subject)
    assert face.head.top * height - part.top >= min(room, face.head.top * height) - 0.01


def test_leaves_room_where_a_face_looks() -> None:
    head = Box(0.45, 0.3, 0.55, 0.5)
    left, ahead, right = (
        crop(2400, 1600, CropTarget(1080, 1080), Subject((0.5, 0.4), (head,), "faces", looks)) for looks in (-1, 0, 1)
    )
    assert ahead.left == 400
    assert left.left == pytest.approx(400 - 160)  # a tenth of the frame
    assert right.left == pytest.approx(400 + 160)
    edge = crop(2400, 1600, CropTarget(1080, 1080), Subject((0.04, 0.4), (Box(0, 0.3, 0.08, 0.5),), "faces", -1))
    assert edge.left == 0


def test_keeps_the_most_salient_window_whole() -> None:
    window = Box(0.5, 0.3, 0.8, 0.6)
    part = crop(2400, 1600, CropTarget(630, 1200), Subject((0.55, 0.5), windows=(window,)))
    assert (part.left, part.right) == pytest.approx((1080, 1920))
    wide = crop(2400, 1600, CropTarget(1080, 1080, (0.3, 0.5)), Subject((0.4, 0.5), windows=(Box(0.3, 0.2, 0.4, 0.4), window)))
    assert wide.left == pytest.approx(960 - 0.3 * 1600)  # the first is inside anyway; the second does not matter


def test_does_not_move_a_window_under_the_text_beside_the_focus() -> None:
    subject = Subject((0.5, 0.5), windows=(Box(0.45, 0.3, 0.75, 0.6),))
    assert crop(2400, 1200, CropTarget(1080, 1080, (0.8, 0.5)), subject).left == pytest.approx(1200 - 0.8 * 1200)
    assert crop(2400, 1200, CropTarget(1080, 1080, (0.6, 0.5)), subject).right == pytest.approx(0.75 * 2400)


def test_keeps_the_top_of_what_is_taller_than_the_frame() -> None:
    """A tower's spire and an animal's head are at the top."""
    window = Box(0.4, 0.2, 0.6, 0.7)
    high = crop(1000, 2000, CropTarget(1200, 630), Subject((0.5, 0.35), windows=(window,)))
    assert high.top == pytest.approx(400)
    low = crop(1000, 2000, CropTarget(1200, 630), Subject((0.5, 0.6), windows=(window,)))
    assert low.top == pytest.approx(1200 - 0.8 * 525)  # as high as leaves the point, here at its foot, well inside
    across = Subject((0.5, 0.5), windows=(Box(0, 0.4, 1, 0.6),))
    assert crop(2000, 1000, CropTarget(630, 1200), across).left == pytest.approx(737.5)  # what is wider is cut on both sides


def test_centres_crop_by_default() -> None:
    assert crop(2400, 1600, CropTarget(1080, 1080), Subject((0.5, 0.5))) == Box(400, 0, 2000, 1600)


def test_moves_subject_to_the_focus() -> None:
    assert crop(2400, 1600, CropTarget(1080, 1080, (0.25, 0.5)), Subject((0.4, 0.5))) == Box(560, 0, 2160, 1600)
    assert crop(2400, 1600, CropTarget(1080, 1080), Subject((0.9, 0.5))) == Box(800, 0, 2400, 1600)


def test_zooms_in_to_lift_a_marked_subject_above_text() -> None:
    frame = CropTarget(1080, 1080, (0.5, 0.4))
    part = crop(2400, 1600, frame, Subject((0.5, 0.5), source="editor"))
    assert part.bottom == 1600
    assert (800 - part.top) / (part.bottom - part.top) == pytest.approx(0.4)
    assert crop(2400, 1600, frame, Subject((0.5, 0.5))).top == 0  # a guessed subject does not justify zooming in
    assert crop(1080, 1080, frame, Subject((0.5, 0.5), source="editor")) == Box(0, 0, 1080, 1080)  # nor does enlarging it


@pytest.mark.parametrize(("side", "zooms"), [(0.1, False), (0.2, True)])
def test_does_not_zoom_in_on_small_faces_in_a_wide_scene(side: float, zooms: bool) -> None:
    head = Box(0.5, 0.6, 0.5 + side / 2, 0.6 + side)
    subject = Subject((0.5 + side / 4, 0.6 + side / 2), (head,), "faces")
    part = crop(2400, 1600, CropTarget(1080, 1080, (0.5, 0.4)), subject)
    assert (part.bottom - part.top < 1600) == zooms


def test_does_not_zoom_in_if_that_cuts_a_face() -> None:
    pair = (Box(0.17, 0.4, 0.27, 0.6), Box(0.73, 0.4, 0.83, 0.6))
    part = crop(2400, 1600, CropTarget(1080, 1080, (0.5, 0.3)), Subject((0.5, 0.5), pair, "faces"))
    assert part == Box(400, 0, 2000, 1600)


def test_keeps_or_excludes_whole_faces_at_the_edge() -> None:
    left, right = Box(0.1, 0.3, 0.2, 0.5), Box(0.8, 0.3, 0.9, 0.5)
    both = crop(2400, 1600, CropTarget(1080, 1350), Subject((0.5, 0.4), (left, right), "faces"))
    room = 0.12 * 0.1 * 2400  # for hair, beside a head of a tenth of the width
    assert both.left == pytest.approx(0.1 * 2400 - room) or both.right == pytest.approx(0.9 * 2400 + room)
    editors = crop(2400, 1600, CropTarget(1080, 1080), Subject((0.4, 0.4), (right,), "editor"))
    assert editors.right == pytest.approx(1760)  # the face is far outside and has no effect
    near = crop(2400, 1600, CropTarget(1080, 1080), Subject((0.45, 0.4), (Box(0.75, 0.3, 0.85, 0.5),), "editor"))
    assert near.right == pytest.approx(0.75 * 2400)  # 1880 would cut the face; this smaller move excludes it


def test_leaves_room_for_a_hat_and_puts_eyes_on_the_upper_third() -> None:
    head = Box(0.4, 0.4, 0.5, 0.6)
    part = crop(1000, 2000, CropTarget(1000, 1000, (0.5, 0.42)), Subject((0.45, 0.5), (head,), "faces"))
    assert 980 - part.top == pytest.approx(340, abs=1)  # eyes at 0.45 of the head's height
    low = crop(1000, 2000, CropTarget(1000, 600, (0.5, 0.42)), Subject((0.45, 0.5), (head,), "faces"))
    assert low.top <= 800 - 0.22 * 400 + NEAR


def test_head_in_the_background_does_not_draw_the_crop_to_it() -> None:
    main, far = Box(0.45, 0.2, 0.55, 0.5), Box(0.05, 0.3, 0.08, 0.36)
    alone, both = (
        crop(2400, 1600, CropTarget(800, 1600), Subject((0.5, 0.35), heads, "faces")) for heads in ((main,), (main, far))
    )
    assert alone == both


def test_editor_s_point_on_a_head_makes_that_head_the_one_that_matters() -> None:
    small, large = Box(0.1, 0.2, 0.2, 0.4), Box(0.5, 0.1, 0.8, 0.7)
    assert Subject((0.15, 0.3), (small, large), "editor").main_heads == (small,)
    assert Subject((0.4, 0.9), (small, large), "editor").main_heads == ()
    assert Subject((0.6, 0.4), (small, large), "faces").main_heads == (large,)
