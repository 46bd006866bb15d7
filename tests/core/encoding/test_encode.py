"""encode: a picture into bytes that keep to a platform's budget."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.design.formats import Format
from storycard.encoding.encode import _QUALITIES, encode
from storycard.encoding.jpeg import write_jpeg
from storycard.encoding.png import write_png
from storycard.errors import UnknownName
from storycard.photo import open_photo
from storycard.render import render_card
from support.paths import SAMPLES

PHOTO = SAMPLES / "with-photo/ridge-path.jpg"


@pytest.fixture
def og(assets: Assets) -> Format:
    return assets.formats["og"]


@pytest.fixture(scope="module")
def flat() -> Image.Image:
    picture = Image.new("RGB", (120, 63), "#fbf7ef")
    picture.paste("#a8141f", (10, 10, 50, 50))
    return picture


@pytest.fixture(scope="module")
def noise() -> Image.Image:
    """What no lossless type makes small."""
    return Image.merge("RGB", [Image.effect_noise((400, 400), 90) for _ in range(3)])


def decoded(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("image_type", ["png", "jpeg", "webp", "avif"])
def test_each_type_is_what_it_says_and_keeps_the_size(image_type: str, og: Format, flat: Image.Image) -> None:
    encoded = encode(flat, og, image_type)
    picture = decoded(encoded.data)
    assert (encoded.type, picture.format, picture.size, picture.mode) == (image_type, image_type.upper(), flat.size, "RGB")


@pytest.mark.parametrize("image_type", ["png", "webp"])
def test_what_is_lossless_keeps_every_pixel(image_type: str, og: Format, flat: Image.Image) -> None:
    assert decoded(encode(flat, og, image_type).data).tobytes() == flat.tobytes()


@pytest.mark.parametrize("image_type", ["jpeg", "avif"])
def test_a_thin_red_line_on_paper_stays_red(image_type: str, og: Format) -> None:
    lines = Image.new("RGB", (64, 64), "#fbf7ef")
    for x in range(0, 64, 8):
        lines.paste("#a8141f", (x, 0, x + 1, 64))
    red, green, blue = decoded(encode(lines, og, image_type).data).getpixel((32, 32))
    assert abs(red - 0xA8) + abs(green - 0x14) + abs(blue - 0x1F) < 60


def test_auto_is_the_first_type_that_keeps_to_the_budget(og: Format, flat: Image.Image, noise: Image.Image) -> None:
    assert encode(flat, og).type == "png"
    assert encode(flat, replace(og, types=("jpeg", "png"))).type == "jpeg"
    assert encode(noise, og).type == "jpeg"


def test_a_photograph_comes_as_jpeg_where_the_platform_takes_it(og: Format, flat: Image.Image) -> None:
    assert encode(flat, og, photographic=True).type == "jpeg"
    assert encode(flat, replace(og, types=("png",)), photographic=True).type == "png"


def test_a_type_asked_for_by_name_comes_even_over_budget(og: Format, noise: Image.Image) -> None:
    encoded = encode(noise, og, "png")
    assert (encoded.type, len(encoded.data) > og.budget) == ("png", True)


def test_quality_goes_down_until_the_budget_is_kept(og: Format) -> None:
    grain = Image.effect_noise((400, 400), 40).convert("RGB")
    generous = encode(grain, replace(og, types=("jpeg",)))
    budget = len(generous.data) * 3 // 4
    assert len(encode(grain, replace(og, types=("jpeg",), budget=budget)).data) <= budget


@pytest.mark.parametrize(("quality", "least"), [(max(_QUALITIES), 0.985), (min(_QUALITIES), 0.96)])
def test_type_stays_sharp_at_every_quality(quality: int, least: float, assets: Assets) -> None:
    article = Article(id="gates", language="en", headline="Gates held: how the city kept its feet dry")
    card = render_card(article, "headline", "og", assets, theme="broadsheet", image_type="png")
    box = next(text.box for text in card.text if text.role == "headline").pixels
    drawn = decoded(card.data).convert("RGB")
    sent = decoded(write_jpeg(drawn, quality))
    assert similarity(drawn.crop(box).convert("L"), sent.crop(box).convert("L")) >= least


@pytest.mark.parametrize("theme", ["broadsheet", "frontline"])
def test_auto_is_the_smallest_type_that_the_platform_takes(theme: str, og: Format, assets: Assets) -> None:
    article = Article(id="gates", language="en", headline="Gates held: how the city kept its feet dry")
    photo = open_photo(PHOTO.read_bytes()) if theme == "frontline" else None
    cards = {name: render_card(article, "headline", "og", assets, theme=theme, photo=photo, image_type=name) for name in og.types}
    auto = render_card(article, "headline", "og", assets, theme=theme, photo=photo)
    assert len(auto.data) == min(len(card.data) for card in cards.values())


def test_type_takes_a_twentieth_fewer_bytes_than_pillow_needs_for_it(assets: Assets, samples: dict[str, Article]) -> None:
    for format_name in ("og", "portrait"):
        card = render_card(samples["harbour-barriers"], "headline", format_name, assets, theme="broadsheet", image_type="png")
        picture, pillows = decoded(card.data), io.BytesIO()
        picture.save(pillows, "PNG")
        assert len(write_png(picture)) < 19 / 20 * len(pillows.getvalue())


def similarity(one: Image.Image, other: Image.Image) -> float:
    """SSIM (Wang et al., IEEE Transactions on Image Processing 13, 2004), over squares of 8 px."""
    found: list[float] = []
    for x in range(0, one.width - 7, 8):
        for y in range(0, one.height - 7, 8):
            a, b = (picture.crop((x, y, x + 8, y + 8)).tobytes() for picture in (one, other))
            mean_a, mean_b = sum(a) / 64, sum(b) / 64
            variances = sum((value - mean_a) ** 2 for value in a) / 63 + sum((value - mean_b) ** 2 for value in b) / 63
            shared = sum((v - mean_a) * (w - mean_b) for v, w in zip(a, b, strict=True)) / 63
            structure = (2 * shared + 58.5225) / (variances + 58.5225)
            found.append(structure * (2 * mean_a * mean_b + 6.5025) / (mean_a**2 + mean_b**2 + 6.5025))
    return sum(found) / len(found)


def test_beyond_the_lowest_quality_there_is_no_card(og: Format, noise: Image.Image) -> None:
    with pytest.raises(ValueError, match="og: expected at most 1000 bytes, got more as png, jpeg at every quality"):
        encode(noise, replace(og, budget=1000))


def test_an_unknown_type_lists_the_known_ones(og: Format, flat: Image.Image) -> None:
    with pytest.raises(UnknownName, match=r"^type: expected one of png, jpeg, webp, avif, got 'gif'$"):
        encode(flat, og, "gif")


def test_the_same_picture_is_always_the_same_bytes(og: Format, flat: Image.Image) -> None:
    for image_type in ("png", "jpeg", "webp", "avif"):
        assert encode(flat, og, image_type).data == encode(flat, og, image_type).data
