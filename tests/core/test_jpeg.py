"""write_jpeg: the same pixels as a file written in one go, in a file that others read."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storycard import jpeg
from storycard.jpeg import write_jpeg


def read(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def grain(width: int, height: int) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise((width, height), sigma) for sigma in (20, 50, 80)])


def in_one_go(picture: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling="4:4:4")
    return read(out.getvalue())


@given(st.integers(1, 70), st.integers(1, 70), st.sampled_from([60, 88, 95]))
def test_the_pixels_are_those_of_a_file_written_in_one_go(width: int, height: int, quality: int) -> None:
    picture = grain(width, height)
    written = read(write_jpeg(picture, quality))
    assert (written.size, written.mode) == (picture.size, "RGB")
    assert written.tobytes() == in_one_go(picture, quality).tobytes()


def test_an_indexed_picture_is_written_in_its_colours() -> None:
    picture = grain(48, 40).quantize(16)
    assert read(write_jpeg(picture, 88)).tobytes() == in_one_go(picture.convert("RGB"), 88).tobytes()


def test_the_second_half_begins_at_the_only_restart() -> None:
    data = write_jpeg(grain(40, 72), 88)  # nine rows of five blocks
    assert data.count(b"\xff\xd0") == 1
    assert not any(data.count(bytes([0xFF, marker])) for marker in range(0xD1, 0xD8))
    place = data.index(b"\xff\xdd")
    assert struct.unpack_from(">HH", data, place + 2) == (4, 25)
    assert (data[:2], data[-2:], data.count(b"\xff\xd9")) == (b"\xff\xd8", b"\xff\xd9", 1)


@pytest.mark.parametrize("size", [(64, 8), (64, 64)])
def test_the_packet_is_in_it_once(size: tuple[int, int]) -> None:
    data = write_jpeg(grain(*size), 88, b"<x:xmpmeta>a card</x:xmpmeta>")
    assert read(data).info["xmp"] == b"<x:xmpmeta>a card</x:xmpmeta>"
    assert data.count(b"<x:xmpmeta>") == 1


def test_what_has_too_many_blocks_for_one_restart_is_written_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jpeg, "_MOST_UNITS", 24)
    data = write_jpeg(grain(40, 72), 88)
    assert b"\xff\xdd" not in data
    assert read(data).size == (40, 72)
