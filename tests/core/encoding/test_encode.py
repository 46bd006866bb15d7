"""Tests the choice of type and quality within a platform's byte budget."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from PIL.JpegImagePlugin import get_sampling

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.design.formats import Format
from storycard.encoding.encode import _QUALITIES, encode
from storycard.encoding.png import write_png
from storycard.errors import UnknownName
from storycard.render import render_card
from support.paths import SAMPLES
from support.photographs import opened

PHOTO = SAMPLES / "with-photo/ridge-path.jpg"


@pytest.fixture
def og(assets: Assets) -> Format:
    return assets.formats["og"]


@pytest.fixture(scope="module")
def few_colours() -> Image.Image:
    image = Image.new("RGB", (120, 63), "#fbf7ef")
    image.paste("#a8141f", (10, 10, 50, 50))
    return image


@pytest.fixture(scope="module")
def noise() -> Image.Image:
    """Returns an image that no lossless type makes small."""
    return Image.merge("RGB", [Image.effect_noise((400, 400), 90) for _ in range(3)])


def decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("image_type", ["png", "jpeg", "webp", "avif"])
def test_writes_the_requested_type_at_the_same_size(image_type: str, og: Format, few_colours: Image.Image) -> None:
    encoded = encode(few_colours, og, image_type)
    image = decoded(encoded.data)
    assert (encoded.type, image.format, image.size, image.mode) == (image_type, image_type.upper(), few_colours.size, "RGB")


@pytest.fixture(scope="module")
def many_greys() -> Image.Image:
    """Returns an indexed image of 22 grey squares of 8 px, of which each is 12 lighter than the one before."""
    image = Image.frombytes("P", (22, 1), bytes(range(22))).resize((176, 8), Image.Resampling.NEAREST)
    image.putpalette(bytes(12 * (place // 3) for place in range(66)))
    return image


@pytest.mark.parametrize("image_type", ["png", "webp"])
def test_merges_similar_colours_but_the_solid_ones_in_lossless_types(
    image_type: str, og: Format, many_greys: Image.Image
) -> None:
    image = decoded(encode(many_greys, og, image_type, solid=frozenset({0, 7, 21})).data).convert("L")
    assert len(image.getcolors()) == 16
    assert [image.getpixel((8 * index, 0)) for index in (0, 7, 21)] == [0, 84, 252]


def test_jpeg_keeps_all_colours(og: Format, many_greys: Image.Image) -> None:
    image = decoded(encode(many_greys, og, "jpeg").data).convert("L")
    assert max(abs(image.getpixel((8 * index + 4, 4)) - 12 * index) for index in range(22)) <= 2


@pytest.mark.parametrize("mode", ["RGB", "P"])
def test_jpeg_is_baseline_444_with_the_xmp_packet(mode: str, og: Format, few_colours: Image.Image) -> None:
    data = encode(few_colours.convert(mode), og, "jpeg", xmp=b"<x:xmpmeta>a card</x:xmpmeta>").data
    image = decoded(data)
    assert (get_sampling(image), image.info["xmp"]) == (0, b"<x:xmpmeta>a card</x:xmpmeta>")
    assert "progressive" not in image.info


@pytest.mark.parametrize("image_type", ["png", "webp"])
def test_lossless_types_keep_every_pixel(image_type: str, og: Format, few_colours: Image.Image) -> None:
    assert decoded(encode(few_colours, og, image_type).data).tobytes() == few_colours.tobytes()


@pytest.mark.parametrize("image_type", ["jpeg", "avif"])
def test_chroma_is_not_subsampled(image_type: str, og: Format) -> None:
    lines = Image.new("RGB", (64, 64), "#fbf7ef")
    for x in range(0, 64, 8):
        lines.paste("#a8141f", (x, 0, x + 1, 64))
    red, green, blue = decoded(encode(lines, og, image_type).data).getpixel((32, 32))
    assert abs(red - 0xA8) + abs(green - 0x14) + abs(blue - 0x1F) < 60


def test_auto_chooses_the_first_type_within_the_budget(og: Format, few_colours: Image.Image, noise: Image.Image) -> None:
    assert encode(few_colours, og).type == "png"
    assert encode(few_colours, replace(og, types=("jpeg", "png"))).type == "jpeg"
    assert encode(noise, og).type == "jpeg"


def test_auto_chooses_jpeg_for_a_photograph_if_the_platform_accepts_it(og: Format, few_colours: Image.Image) -> None:
    assert encode(few_colours, og, photographic=True).type == "jpeg"
    assert encode(few_colours, replace(og, types=("png",)), photographic=True).type == "png"


def test_a_type_requested_by_name_may_exceed_the_budget(og: Format, noise: Image.Image) -> None:
    encoded = encode(noise, og, "png")
    assert (encoded.type, len(encoded.data) > og.budget) == ("png", True)


def test_lowers_quality_until_the_budget_is_met(og: Format) -> None:
    grain = Image.effect_noise((400, 400), 40).convert("RGB")
    generous = encode(grain, replace(og, types=("jpeg",)))
    budget = len(generous.data) * 3 // 4
    assert len(encode(grain, replace(og, types=("jpeg",), budget=budget)).data) <= budget


@pytest.mark.parametrize(("quality", "least"), [(max(_QUALITIES), 0.985), (min(_QUALITIES), 0.96)])
def test_text_stays_sharp_at_every_quality(quality: int, least: float, assets: Assets) -> None:
    article = Article(id="gates", language="en", headline="Gates held: how the city kept its feet dry")
    card = render_card(article, "headline", "og", assets, theme="broadsheet", image_type="png")
    box = next(text.box for text in card.text if text.role == "headline").pixels
    drawn = decoded(card.data).convert("RGB")
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=quality, subsampling="4:4:4")
    sent = decoded(written.getvalue())
    assert similarity(drawn.crop(box).convert("L"), sent.crop(box).convert("L")) >= least


@pytest.mark.parametrize("theme", ["broadsheet", "frontline"])
def test_auto_chooses_the_smallest_type_the_platform_accepts(theme: str, og: Format, assets: Assets) -> None:
    article = Article(id="gates", language="en", headline="Gates held: how the city kept its feet dry")
    photo = opened(PHOTO.read_bytes()) if theme == "frontline" else None
    cards = {name: render_card(article, "headline", "og", assets, theme=theme, photo=photo, image_type=name) for name in og.types}
    auto = render_card(article, "headline", "og", assets, theme=theme, photo=photo)
    assert len(auto.data) == min(len(card.data) for card in cards.values())


def test_png_of_text_is_a_twentieth_smaller_than_pillow_s(assets: Assets, samples: dict[str, Article]) -> None:
    for format_name in ("og", "portrait"):
        card = render_card(samples["harbour-barriers"], "headline", format_name, assets, theme="broadsheet", image_type="png")
        image, by_pillow = decoded(card.data), io.BytesIO()
        image.save(by_pillow, "PNG")
        assert len(write_png(image)) < 19 / 20 * len(by_pillow.getvalue())


def similarity(one: Image.Image, other: Image.Image) -> float:
    """Returns the mean SSIM (Wang et al., IEEE Transactions on Image Processing 13, 2004) over squares of 8 px."""
    found: list[float] = []
    for x in range(0, one.width - 7, 8):
        for y in range(0, one.height - 7, 8):
            a, b = (image.crop((x, y, x + 8, y + 8)).tobytes() for image in (one, other))
            mean_a, mean_b = sum(a) / 64, sum(b) / 64
            variances = sum((value - mean_a) ** 2 for value in a) / 63 + sum((value - mean_b) ** 2 for value in b) / 63
            shared = sum((v - mean_a) * (w - mean_b) for v, w in zip(a, b, strict=True)) / 63
            structure = (2 * shared + 58.5225) / (variances + 58.5225)
            found.append(structure * (2 * mean_a * mean_b + 6.5025) / (mean_a**2 + mean_b**2 + 6.5025))
    return sum(found) / len(found)


def test_raises_if_even_the_lowest_quality_exceeds_the_budget(og: Format, noise: Image.Image) -> None:
    with pytest.raises(ValueError, match="og: expected at most 1000 bytes, got more as png, jpeg at every quality"):
        encode(noise, replace(og, budget=1000))


def test_unknown_type_lists_the_known_ones(og: Format, few_colours: Image.Image) -> None:
    with pytest.raises(UnknownName, match=r"^type: expected one of png, jpeg, webp, avif, got 'gif'$"):
        encode(few_colours, og, "gif")


def test_output_is_deterministic(og: Format, few_colours: Image.Image) -> None:
    for image_type in ("png", "jpeg", "webp", "avif"):
        assert encode(few_colours, og, image_type).data == encode(few_colours, og, image_type).data
