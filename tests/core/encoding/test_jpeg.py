"""write_jpeg: the same pixels as a file written in one go, in a file that others read."""

import io
import re
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storycard.encoding import jpeg
from storycard.encoding.jpeg import write_jpeg
from storycard.layout.scene import Rows


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


def striped(width: int, heights: list[int], mode: str = "RGB") -> tuple[Image.Image, list[Rows]]:
    """Bands of so many px, of the ground alone and with grain in turn, and where those of the ground are."""
    picture, blank = Image.new("RGB", (width, sum(heights)), "#0b1c2c"), []
    top = 0
    for number, height in enumerate(heights):
        if number % 2:
            picture.paste(grain(width, height), (0, top))
        else:
            blank.append(Rows(top, top + height))
        top += height
    return picture if mode == "RGB" else picture.quantize(), blank


@given(st.integers(1, 30), st.lists(st.integers(1, 150), min_size=1, max_size=7), st.sampled_from(["RGB", "P"]))
def test_rows_that_are_known_to_be_blank_look_as_they_did(width: int, heights: list[int], mode: str) -> None:
    picture, blank = striped(width, heights, mode)
    written = read(write_jpeg(picture, 88, blank=blank))
    assert written.tobytes() == in_one_go(picture.convert("RGB"), 88).tobytes()


def test_of_blank_rows_one_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    picture, blank = striped(64, [400, 40, 600])
    written: list[int] = []
    real = jpeg._written
    monkeypatch.setattr(
        jpeg, "_written", lambda image, band, *given: written.append(band.bottom - band.top) or real(image, band, *given)
    )
    write_jpeg(picture, 88, blank=blank)
    assert sum(written) == 5 + 1  # of blocks, 8 px high
    written.clear()
    picture, blank = striped(64, [24, 40, 24, 40, 21])
    write_jpeg(picture, 88, blank=blank)
    assert sum(written) == 5 + 3 + 5 + 1  # too little ground between two bands of grain is written, at an edge it is not


def test_a_restart_ends_each_row_of_blocks_but_the_last() -> None:
    picture, blank = striped(40, [90, 85, 90])  # 34 rows of five blocks, bands of which begin within a row
    data = write_jpeg(picture, 88, blank=blank)
    scan = data[data.index(b"\xff\xda") :]
    assert [marker[1] - 0xD0 for marker in re.findall(rb"\xff[\xd0-\xd7]", scan)] == [row % 8 for row in range(33)]
    place = data.index(b"\xff\xdd")
    assert struct.unpack_from(">HH", data, place + 2) == (4, 5)
    assert (data[:2], data[-2:], data.count(b"\xff\xd9")) == (b"\xff\xd8", b"\xff\xd9", 1)


@pytest.mark.parametrize("size", [(64, 8), (64, 64)])
def test_the_packet_is_in_it_once(size: tuple[int, int]) -> None:
    data = write_jpeg(grain(*size), 88, b"<x:xmpmeta>a card</x:xmpmeta>")
    assert read(data).info["xmp"] == b"<x:xmpmeta>a card</x:xmpmeta>"
    assert data.count(b"<x:xmpmeta>") == 1
