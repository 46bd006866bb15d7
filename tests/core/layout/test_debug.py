"""Tests storycard.layout.debug: the construction drawn over a card."""

import io

import pytest
from PIL import Image, ImageColor

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.layout import debug
from storycard.layout.card import lay_out
from storycard.layout.scene import Rect, Scene
from storycard.painting.indexed import paint_indexed
from storycard.painting.logo_files import logo_drawer
from storycard.render import render_set
from support.card_faults import visible

COLOURS = (debug.BOXES, debug.BASELINES, debug.ROOMS, debug.SAFE_ZONE)


@pytest.fixture(scope="module")
def scene(samples: dict[str, Article], assets: Assets) -> Scene:
    article = samples["harbour-barriers"]
    return lay_out(article, "headline", assets.formats["story"], assets.render_context(article), assets.fonts)


def picture(article: Article, assets: Assets, **options: object) -> Image.Image:
    (card,) = render_set(article, assets, ("headline",), ("story",), image_type="png", **options).cards
    return Image.open(io.BytesIO(card.data)).convert("RGB")


@pytest.fixture(scope="module")
def drawn(samples: dict[str, Article], assets: Assets) -> Image.Image:
    return picture(samples["harbour-barriers"], assets, debug=True)


def test_draws_each_part_in_its_colour(drawn: Image.Image, scene: Scene, assets: Assets) -> None:
    story = assets.formats["story"]
    assert edges(drawn, visible(story)) == {ImageColor.getrgb(debug.SAFE_ZONE)}
    headline = next(text for text in scene.texts if text.role == "headline")
    assert ImageColor.getrgb(debug.ROOMS) in edges(drawn, headline.room)
    assert ImageColor.getrgb(debug.BOXES) in edges(drawn, headline.box)
    for line in headline.lines:
        assert drawn.getpixel((round(line.x) + 5, round(line.baseline))) == ImageColor.getrgb(debug.BASELINES)


def edges(picture: Image.Image, rect: Rect) -> set[tuple[int, int, int]]:
    """Returns the colours of the corners of a rectangle."""
    left, top, right, bottom = rect.pixels
    return {picture.getpixel((x, y)) for x in (left, right - 1) for y in (top, bottom - 1)}


def test_changes_no_other_pixel(drawn: Image.Image, scene: Scene, assets: Assets) -> None:
    plain = paint_indexed(scene, logo_drawer(assets.logo_folder)).image.convert("RGB")
    lines = {ImageColor.getrgb(colour) for colour in COLOURS}
    pairs = set(zip(drawn.get_flattened_data(), plain.get_flattened_data(), strict=True))
    assert {one for one, other in pairs if one != other} == lines
    assert not lines & {other for _, other in pairs}
