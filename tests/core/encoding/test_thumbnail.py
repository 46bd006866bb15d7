"""Tests thumbnails: their size, their bytes and their colours, also of cards of odd sizes."""

import io

import pytest
from PIL import Image, ImageDraw

from storycard.design.formats import EXTENSIONS
from storycard.encoding.encode import PLUGINS
from storycard.encoding.thumbnail import encode_scaled, scale_card
from storycard.errors import UnknownName

WIDTH = 400


def card(size: tuple[int, int] = (1200, 630), mode: str = "RGB", file_type: str = "PNG") -> bytes:
    """Returns a picture with lines of type in black on a light ground, and a red corner."""
    image = Image.new("RGB", size, "#fbf7ef")
    draw = ImageDraw.Draw(image)
    for line in range(3):
        draw.text((size[0] // 12, 60 + 120 * line), "Harbour ferries run", fill="#111111", font_size=80)
    draw.rectangle((0, 0, size[0] // 10, size[1] // 10), fill="#a8141f")
    out = io.BytesIO()
    image.convert(mode).save(out, file_type)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("image_type", EXTENSIONS)
def test_scales_to_the_width_in_the_type_that_is_asked_for(image_type):
    thumbnail = scale_card(card(), WIDTH, image_type)
    image = opened(thumbnail)
    assert (image.format, image.size) == (image_type.upper(), (400, 210))
    assert len(thumbnail) < 10_000
    colours = image.convert("RGB")
    for place, expected in (((10, 5), (168, 20, 31)), ((395, 205), (251, 247, 239))):
        got = colours.getpixel(place)
        assert max(abs(a - b) for a, b in zip(got, expected, strict=True)) <= 8


@pytest.mark.parametrize(
    ("size", "scaled"),
    [
        ((1080, 1920), (400, 711)),
        ((4096, 200), (400, 20)),
        ((200, 4096), (200, 4096)),  # narrower than a thumbnail: enlarging it would take bytes for nothing
        ((400, 400), (400, 400)),
        ((2000, 2000), (400, 400)),
        ((4000, 2), (400, 1)),
    ],
)
@pytest.mark.parametrize("file_type", ["PNG", "JPEG"])
def test_cards_of_odd_sizes_keep_their_proportions(size, scaled, file_type):
    assert opened(scale_card(card(size, file_type=file_type), WIDTH, "png")).size == scaled


@pytest.mark.parametrize(("mode", "file_type"), [("P", "PNG"), ("1", "PNG"), ("L", "JPEG"), ("RGB", "WEBP")])
def test_reads_every_kind_of_card(mode, file_type):
    assert opened(scale_card(card(mode=mode, file_type=file_type), WIDTH, "jpeg")).size == (400, 210)


@pytest.mark.parametrize("data", [b"", b"no picture", card()[:2000]])
def test_a_broken_card_is_an_error(data):
    with pytest.raises(OSError, match=r"cannot identify|truncated"):
        scale_card(data, WIDTH, "png")


def test_knows_the_plugin_of_every_type():
    assert set(PLUGINS) == set(EXTENSIONS)


@pytest.mark.parametrize("mode", ["RGB", "P"])
@pytest.mark.parametrize("image_type", EXTENSIONS)
def test_a_painted_card_scales_to_the_same_thumbnail_as_its_file(assets, image_type, mode):
    data = card(mode=mode)
    encoded = encode_scaled(opened(data), WIDTH, assets.formats["og"], image_type, photographic=False)
    assert encoded == (image_type, scale_card(data, WIDTH, image_type))


def test_a_thumbnail_has_the_type_that_its_platform_prefers(assets):
    for photographic, expected in ((False, "png"), (True, "jpeg")):
        encoded = encode_scaled(opened(card()), WIDTH, assets.formats["og"], "auto", photographic=photographic)
        assert (encoded.type, opened(encoded.data).format) == (expected, expected.upper())
    with pytest.raises(UnknownName):
        encode_scaled(opened(card()), WIDTH, assets.formats["og"], "gif", photographic=False)
