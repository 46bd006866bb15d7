"""Tests the JPEG encoder of indexed images: it changes no pixel, and encodes equal tiles of background once."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageStat

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.encoding.jpeg import split_tiles, text_tables, write_indexed_jpeg
from storycard.layout.card import lay_out
from storycard.painting.indexed import paint_indexed
from storycard.painting.logo_files import logo_drawer

BACKGROUND, INK, RULE = (251, 247, 239), (21, 18, 14), (168, 20, 31)
XMP = b"<x:xmpmeta>a card</x:xmpmeta>"


def card(width: int, height: int) -> Image.Image:
    """Returns an indexed image with a rule at the bottom, and some ink in the middle."""
    image = Image.new("P", (width, height))
    image.putpalette([*BACKGROUND, *INK, *RULE])
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 4, height // 4, width // 2, height // 2), fill=1)
    draw.rectangle((0, height - 5, width, height), fill=2)
    return image


def decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def by_pillow(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", qtables=text_tables(quality), subsampling="4:4:4")
    return decoded(out.getvalue())


@pytest.mark.parametrize(
    "size",
    [(1200, 630), (1080, 1920), (1000, 1500), (1200, 627), (240, 8), (24, 1), (40, 9), (7, 5), (1, 1), (641, 97)],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
@pytest.mark.parametrize("quality", [88, 60])
def test_has_the_pixels_that_pillow_would_write(size: tuple[int, int], quality: int) -> None:
    image = card(*size)
    written = decoded(write_indexed_jpeg(image, quality=quality, xmp=XMP))
    assert (written.size, written.info["xmp"]) == (size, XMP)
    assert written.tobytes() == by_pillow(image, quality).tobytes()


@given(st.integers(1, 60), st.integers(1, 40), st.randoms(use_true_random=False))
def test_keeps_any_pixels(width: int, height: int, random) -> None:
    image = Image.frombytes("P", (width, height), random.randbytes(width * height))
    image.putpalette(random.randbytes(768))
    assert decoded(write_indexed_jpeg(image, quality=88)).tobytes() == by_pillow(image, 88).tobytes()


def headline_in(theme: str, assets: Assets) -> Image.Image:
    article = Article(id="a", language="en", kicker="Floods", headline="Barriers held through the night of the storm")
    scene = lay_out(article, "headline", assets.formats["square"], assets.render_context(article, theme), assets.fonts)
    return paint_indexed(scene, logo_drawer(assets.logo_folder)).image.convert("RGB")


def test_tables_for_text_save_bytes_without_a_greater_error_of_light(assets: Assets) -> None:
    image = headline_in("broadsheet", assets)
    usual, ours = io.BytesIO(), io.BytesIO()
    image.save(usual, "JPEG", quality=88, subsampling="4:4:4")
    image.save(ours, "JPEG", qtables=text_tables(88), subsampling="4:4:4")
    assert ours.tell() < 0.93 * usual.tell()
    light = image.convert("L")
    errors = [ImageStat.Stat(ImageChops.difference(light, decoded(out.getvalue()).convert("L"))).rms for out in (ours, usual)]
    assert errors[0] <= errors[1]


@pytest.mark.parametrize("theme", ["bulletin", "civic", "clarity"])
def test_colour_takes_fewer_bytes_than_light_and_keeps_flat_grounds(theme: str, assets: Assets) -> None:
    image, (light_table, colour_table) = headline_in(theme, assets), text_tables(86)
    coded, light = io.BytesIO(), io.BytesIO()
    image.save(coded, "JPEG", qtables=[light_table, colour_table], subsampling="4:4:4")
    image.convert("L").save(light, "JPEG", qtables=[light_table])
    assert coded.tell() < 1.8 * light.tell()
    colours = sorted(image.getcolors(1 << 16) or [], reverse=True)[:3]
    for _, colour in colours:
        flat = decoded(write_indexed_jpeg(Image.new("RGB", (16, 16), colour).quantize(2), quality=86)).getpixel((8, 8))
        assert all(abs(got - meant) <= 2 for got, meant in zip(flat, colour, strict=True)), (flat, colour)


def test_plain_background_is_one_tile() -> None:
    tiles, grid = split_tiles(Image.new("P", (1080, 1920), 3), 3)
    assert tiles == [bytes([3]) * (360 * 8)]
    assert grid == [0] * (3 * 240)


def test_lists_each_tile_at_its_place_row_by_row() -> None:
    image = Image.new("P", (48, 20))
    image.paste(1, (24, 8, 48, 20))
    tiles, grid = split_tiles(image, 2)
    assert tiles == [bytes(24 * 8), bytes([1]) * (24 * 8)]
    assert grid == [0, 0, 0, 1, 0, 1]
