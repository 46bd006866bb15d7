"""Tests the PNG encoder: every pixel is kept, and other software reads the file."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storycard.encoding import png
from storycard.encoding.png import write_png


def read(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()  # checks the CRC of every chunk and the Adler-32 of the stream
    return image


@given(st.integers(1, 9), st.integers(1, 9), st.booleans(), st.data())
def test_keeps_every_pixel(width: int, height: int, photographic: bool, data: st.DataObject) -> None:
    pixels = data.draw(st.binary(min_size=3 * width * height, max_size=3 * width * height))
    image = Image.frombytes("RGB", (width, height), pixels)
    written = read(write_png(image, photographic=photographic))
    assert (written.mode, written.size, written.tobytes()) == ("RGB", image.size, pixels)


@given(st.integers(1, 256) | st.integers(15, 17), st.integers(1, 4), st.binary(min_size=12, max_size=12))
def test_keeps_the_palette_of_an_indexed_image(colours: int, width: int, pixels: bytes) -> None:
    image = Image.frombytes("P", (width, 3), bytes(value % colours for value in pixels[: 3 * width]))
    image.putpalette(bytes(value % 256 for value in range(3 * colours)))
    written = read(write_png(image))
    assert (written.mode, written.convert("RGB").tobytes()) == ("P", image.convert("RGB").tobytes())


def test_up_to_16_colours_take_half_a_byte_each() -> None:
    pixels = Image.effect_noise((100, 100), 60).point([value % 16 for value in range(256)])
    for colours, depth in ((16, 4), (17, 8)):
        image = pixels.convert("P")
        image.putpalette(bytes(range(3 * colours)))
        data = write_png(image)
        assert data[24] == depth  # of IHDR
        assert read(data).convert("RGB").tobytes() == image.convert("RGB").tobytes()


@pytest.mark.parametrize("mode", ["RGB", "P"])
def test_bands_form_one_stream(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "_BAND", 1000)
    image = Image.effect_noise((97, 203), 60).convert(mode)
    for photographic in (False, True):
        assert read(write_png(image, photographic=photographic)).tobytes() == image.tobytes()


def test_filter_for_photographs_makes_film_grain_smaller() -> None:
    slope = Image.radial_gradient("L").resize((400, 300), Image.Resampling.BICUBIC)
    image = Image.merge("RGB", [Image.blend(slope, Image.effect_noise((400, 300), 30), 0.1)] * 3)
    assert len(write_png(image, photographic=True)) < 0.9 * len(write_png(image))


@pytest.mark.parametrize("mode", ["RGB", "P"])
def test_readers_find_the_xmp_packet(mode: str) -> None:
    image = read(write_png(Image.new(mode, (2, 2)), xmp="<x:xmpmeta>é</x:xmpmeta>".encode()))
    assert image.info["XML:com.adobe.xmp"] == "<x:xmpmeta>é</x:xmpmeta>"
