"""Tests that indexed images look like RGB images, and which scenes need more colours."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.design.kinds import KINDS
from storycard.layout.card import lay_out
from storycard.layout.scene import Rect, Rule, Scene
from storycard.painting.indexed import paint_indexed
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint

ARTICLE = Article(
    id="a",
    headline="Barriers held through the night",
    language="en",
    kicker="Floods",
    bullets=("Five gates closed for eleven hours",),
    published_at=datetime(2026, 11, 3, tzinfo=UTC),
    label="live",
)


@pytest.fixture
def scene(assets: Assets) -> Scene:
    return scene_of(ARTICLE, assets, "nightdesk")


def scene_of(article: Article, assets: Assets, theme: str = "nightdesk", kind: str = "headline", **context: object) -> Scene:
    return lay_out(article, kind, assets.formats["og"], assets.render_context(article, theme, **context), assets.fonts)


def test_indexed_cards_of_every_theme_look_like_rgb(assets: Assets) -> None:
    for theme in assets.themes:
        for kind in ("headline", "bullet"):
            scene = scene_of(ARTICLE, assets, theme, kind)
            indexed, full = paint_indexed(scene, logo_drawer(assets.logo_folder)), paint(scene, logo_drawer(assets.logo_folder))
            assert indexed.image.mode == "P"
            difference = ImageChops.difference(indexed.image.convert("RGB"), full.image)
            assert max(high for _, high in difference.getextrema()) <= 32
            assert indexed.contrasts == pytest.approx(full.contrasts)


def test_solid_colours_are_exact(scene: Scene, assets: Assets) -> None:
    image = paint_indexed(scene, logo_drawer(assets.logo_folder)).image.convert("RGB")
    colours = {colour for _, colour in image.getcolors(1 << 16)}
    wanted = {scene.background, *(rule.colour for rule in scene.rules), *(text.colour for text in scene.texts)}
    assert {tuple(bytes.fromhex(colour[1:])) for colour in wanted} <= colours


def test_text_in_the_colour_of_a_panel_takes_no_colour_of_its_own(scene: Scene, assets: Assets) -> None:
    panel = Rule(Rect(0, 0, 8, 8), scene.texts[0].colour)
    assert panel.colour not in (scene.background, *(rule.colour for rule in scene.rules))
    images = [
        paint_indexed(scene._replace(rules=rules), logo_drawer(assets.logo_folder)).image
        for rules in (scene.rules, (*scene.rules, panel))
    ]
    assert len(images[0].getpalette()) == len(images[1].getpalette())


@pytest.mark.parametrize("change", [{"headline": "Barriers held 🌊"}, {"headline": "Barriers", "kicker": "Held 🌊"}])
def test_emoji_need_rgb(change: dict[str, str], assets: Assets) -> None:
    assert paint_indexed(scene_of(replace(ARTICLE, **change), assets), logo_drawer(assets.logo_folder)) is None


def test_watermark_and_logo_in_its_own_colours_need_rgb(scene: Scene, assets: Assets) -> None:
    assert paint_indexed(scene_of(ARTICLE, assets, preview=True), logo_drawer(assets.logo_folder)) is None
    colourful = tuple(logo._replace(colour="") for logo in scene.logos)
    assert paint_indexed(scene._replace(logos=colourful), logo_drawer(assets.logo_folder)) is None


def test_text_over_two_backgrounds_is_blended_with_each(scene: Scene, assets: Assets) -> None:
    box = scene.texts[-1].box
    across = Rule(Rect(round(box.x), round(box.y), round(box.width / 2), round(box.height)), "#ffcc00")
    crossed = scene._replace(rules=(*scene.rules, across))
    indexed, full = (painter(crossed, logo_drawer(assets.logo_folder)) for painter in (paint_indexed, paint))
    assert max(high for _, high in ImageChops.difference(indexed.image.convert("RGB"), full.image).getextrema()) <= 32
    assert indexed.contrasts == pytest.approx(full.contrasts)


@pytest.mark.parametrize("beside", [False, True])
def test_what_the_box_of_a_text_covers_stays_as_it_was(beside: bool, scene: Scene, assets: Assets) -> None:
    headline = max(scene.texts, key=lambda text: text.font_px)
    if beside:  # the first letter of a small text, behind the shorter line
        shorter = min(headline.lines, key=lambda placed: placed.line.width)
        small = min(scene.texts, key=lambda text: text.font_px)
        letter = small.moved_right(headline.box.right - 4 - small.box.x).moved_down(shorter.baseline - small.last_baseline)
        crowded = scene._replace(texts=(letter, headline))
    else:  # a panel in the corner above the last letter
        corner = Rule(Rect(headline.box.right - 3, headline.box.y, 3, 3), "#ffcc00")
        crowded = scene._replace(rules=(*scene.rules, corner), texts=(headline,))
    indexed, full = (painter(crowded, logo_drawer(assets.logo_folder)) for painter in (paint_indexed, paint))
    assert max(high for _, high in ImageChops.difference(indexed.image.convert("RGB"), full.image).getextrema()) <= 32


def test_text_over_the_edge_of_a_disc_needs_rgb(scene: Scene, assets: Assets) -> None:
    box = scene.texts[-1].box
    disc = Rule(Rect(round(box.x), round(box.y), 200, 200), "#ffcc00", radius=100)
    assert paint_indexed(scene._replace(rules=(*scene.rules, disc)), logo_drawer(assets.logo_folder)) is None


def test_more_colours_than_a_palette_holds_need_rgb(scene: Scene, assets: Assets) -> None:
    rules = tuple(Rule(Rect(x, 0, 1, 1), f"#0000{x:02x}") for x in range(1, 250))
    assert paint_indexed(scene._replace(rules=(*scene.rules, *rules)), logo_drawer(assets.logo_folder)) is None


def test_indexed_images_are_less_than_half_the_size(assets: Assets) -> None:
    for kind in KINDS[:2]:
        scene = scene_of(ARTICLE, assets, kind=kind)
        assert png_size(paint_indexed(scene, logo_drawer(assets.logo_folder)).image) * 2 < png_size(
            paint(scene, logo_drawer(assets.logo_folder)).image
        )


def png_size(image: Image.Image) -> int:
    out = BytesIO()
    image.save(out, "PNG")
    return out.tell()
