"""Tests how a stored photograph fills the frames of a set of cards."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from storycard.photo import PhotoInvalid, open_photo
from storycard_photo import normalise
from support.photo_files import BLUE, GREEN, RED, YELLOW, assert_shows, landscape, quarters, written

STORED = normalise(written(quarters((1800, 1200)), "JPEG"))
GRADIENT = normalise(written(Image.linear_gradient("L").resize((900, 600)).convert("RGB"), "JPEG"))  # black at the top


@pytest.fixture
def resized(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Records the sizes that pictures are resized to."""
    sizes: list[tuple[int, int]] = []
    real = Image.Image.resize
    monkeypatch.setattr(
        Image.Image, "resize", lambda self, size, *given, **named: sizes.append(size) or real(self, size, *given, **named)
    )
    return sizes


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 1500), st.integers(1, 1500), st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_fills_frame_of_any_size_exactly(width: int, height: int, focus: tuple[float, float]) -> None:
    filled = open_photo(STORED.data).fill(width, height, focus)
    assert filled.size == (width, height)
    assert filled.mode == "RGB"


def test_fill_shows_the_cropped_part() -> None:
    photo = open_photo(STORED.data, (0.5, 0.5))
    assert_shows(photo.fill(300, 300), RED, GREEN, BLUE, YELLOW)
    red = open_photo(STORED.data, (0.0, 0.5)).fill(100, 1000).getpixel((50, 10))
    assert red == pytest.approx(RED, abs=12)


def test_set_of_cards_decodes_once_and_scales_once_per_scale(
    resized: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = open_photo(STORED.data)  # 1800 x 1200 px
    opened = []
    real = Image.open
    monkeypatch.setattr(Image, "open", lambda *given, **named: opened.append(1) or real(*given, **named))
    for height in (1080, 1080, 700, 640, 360):
        photo.fill(1080, height)
    assert sorted(resized) == [(1080, 720), (1080, 1080)]
    assert len(opened) == 1


def test_scales_only_the_visible_part_of_a_tall_photo(resized: list[tuple[int, int]]) -> None:
    tall = normalise(written(landscape((0.3, 0.4), (600, 1500)), "JPEG"))
    resized.clear()
    open_photo(tall.data).fill(1200, 630)
    assert resized == [(1200, 630)]


@settings(deadline=None, max_examples=25)
@given(st.integers(100, 900), st.integers(100, 900), st.floats(0, 1))
def test_rows_match_the_cropped_part(width: int, height: int, focus: float) -> None:
    photo = open_photo(GRADIENT.data)
    part, filled = photo.crop(width, height, (0.5, focus)), photo.fill(width, height, (0.5, focus)).convert("L")
    for row, place in ((0, part.top), (height - 1, part.bottom)):
        assert filled.getpixel((width // 2, row)) == pytest.approx(255 * place / photo.height, abs=3)


def test_fill_does_not_depend_on_earlier_calls() -> None:
    fresh = open_photo(normalise(written(landscape((0.3, 0.4)), "JPEG")).data)
    used = open_photo(fresh.data)
    used.fill(1100, 700)
    used.fill(300, 200)
    assert used.fill(300, 200).tobytes() == fresh.fill(300, 200).tobytes()


def test_decodes_at_reduced_size_for_a_small_frame() -> None:
    photo = open_photo(STORED.data)
    photo.fill(300, 200)
    assert [image.size for image in photo._decoded.values()] == [(450, 300)]


def test_uses_half_size_copy_of_a_large_photo() -> None:
    large = open_photo(normalise(written(landscape((0.3, 0.4), (2400, 1600)), "JPEG")).data)
    with Image.open(io.BytesIO(large.half_size)) as half:
        assert (half.size, half.mode) == ((1200, 800), "RGB")
    with_half, without = (replace(large, half_size=half).fill(1100, 700) for half in (large.half_size, b""))
    assert with_half.tobytes() != without.tobytes()
    assert max(high for _, high in ImageChops.difference(with_half, without).getextrema()) < 40
    assert open_photo(normalise(written(landscape((0.3, 0.4), (900, 600)), "JPEG")).data).half_size == b""


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", written(quarters((1800, 1200)), "JPEG"), written(quarters(), "PNG"), STORED.data[2:]]
)
def test_opens_only_the_stored_form(data: bytes) -> None:
    with pytest.raises(PhotoInvalid, match="stored form"):
        open_photo(data)


def test_stored_photo_keeps_its_subject() -> None:
    stored = normalise(written(landscape((0.8, 0.55)), "PNG"))
    assert stored.focal_point == pytest.approx((0.8, 0.55), abs=0.06)
    assert open_photo(stored.data).subject.point == stored.focal_point
    assert open_photo(stored.data, (0.1, 0.2)).subject.point == (0.1, 0.2)


def test_rejects_truncated_stored_photo() -> None:
    with pytest.raises(PhotoInvalid):
        open_photo(STORED.data[: len(STORED.data) // 2])


def test_stored_photo_is_a_regular_jpeg() -> None:
    assert Image.open(io.BytesIO(STORED.data)).size == (STORED.width, STORED.height)
