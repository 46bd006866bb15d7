"""write_png: a picture's pixels, to the last one, in a file that others read."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storycard.encoding import png
from storycard.encoding.png import write_png


def read(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()  # checks every chunk's CRC
    return picture


@given(st.integers(1, 9), st.integers(1, 9), st.booleans(), st.data())
def test_every_pixel_stays_as_it_is(width: int, height: int, photographic: bool, data: st.DataObject) -> None:
    pixels = data.draw(st.binary(min_size=3 * width * height, max_size=3 * width * height))
    picture = Image.frombytes("RGB", (width, height), pixels)
    written = read(write_png(picture, photographic=photographic))
    assert (written.mode, written.size, written.tobytes()) == ("RGB", picture.size, pixels)


@given(st.integers(1, 256), st.binary(min_size=12, max_size=12), st.none() | st.integers(-1, 5))
def test_an_indexed_picture_keeps_its_palette(colours: int, pixels: bytes, middle: int | None) -> None:
    picture = Image.frombytes("P", (4, 3), bytes(value % colours for value in pixels))
    picture.putpalette(bytes(value % 256 for value in range(3 * colours)))
    written = read(write_png(picture, middle=middle))
    assert (written.mode, written.convert("RGB").tobytes()) == ("P", picture.convert("RGB").tobytes())


def test_a_photograph_s_grain_takes_fewer_bytes_as_differences() -> None:
    slope = Image.radial_gradient("L").resize((400, 300), Image.Resampling.BICUBIC)
    picture = Image.merge("RGB", [Image.blend(slope, Image.effect_noise((400, 300), 30), 0.1)] * 3)
    assert len(write_png(picture, photographic=True)) < 0.9 * len(write_png(picture))


@pytest.mark.parametrize("mode", ["RGB", "P"])
def test_the_packet_is_where_others_look_for_it(mode: str) -> None:
    picture = read(write_png(Image.new(mode, (2, 2)), xmp="<x:xmpmeta>é</x:xmpmeta>".encode()))
    assert picture.info["XML:com.adobe.xmp"] == "<x:xmpmeta>é</x:xmpmeta>"


def test_halves_of_more_than_one_band_are_one_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "_BAND", 1000)
    picture = Image.effect_noise((97, 203), 60)
    for top in (1, 60, 101, 203):
        written = read(write_png(picture.convert("P"), middle=top))
        assert written.tobytes() == picture.tobytes()


def test_the_lower_half_points_back_into_the_upper() -> None:
    picture = Image.effect_noise((200, 20), 90)
    twice = Image.new("L", (200, 40))
    twice.paste(picture, (0, 0))
    twice.paste(picture, (0, 20))
    assert len(write_png(twice.convert("P"), middle=20)) < 1.1 * len(write_png(picture.convert("P")))
