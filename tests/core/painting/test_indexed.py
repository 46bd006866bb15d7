"""flat: the same card as paint makes, in few colours; and the scenes that need more are left to paint."""

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
    return scene_of(ARTICLE, assets)


def scene_of(article: Article, assets: Assets, theme: str = "broadsheet", kind: str = "headline", **context: object) -> Scene:
    return lay_out(article, kind, assets.formats["og"], assets.render_context(article, theme, **context), assets.fonts)


def test_every_theme_s_flat_cards_look_as_painted_in_full_colour(assets: Assets) -> None:
    for theme in assets.themes:
        for kind in ("headline", "bullet"):
            scene = scene_of(ARTICLE, assets, theme, kind)
            flat, full = paint_indexed(scene, logo_drawer(assets.marks)), paint(scene, logo_drawer(assets.marks))
            assert flat.image.mode == "P"
            assert max(high for _, high in ImageChops.difference(flat.image.convert("RGB"), full.image).getextrema()) <= 16
            assert flat.contrasts == pytest.approx(full.contrasts)


def test_solid_colours_are_exact(scene: Scene, assets: Assets) -> None:
    picture = paint_indexed(scene, logo_drawer(assets.marks)).image.convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1 << 16)}
    wanted = {scene.background, *(rule.colour for rule in scene.rules), *(text.colour for text in scene.texts)}
    assert {tuple(bytes.fromhex(colour[1:])) for colour in wanted} <= colours


@pytest.mark.parametrize("change", [{"headline": "Barriers held 🌊"}, {"headline": "Barriers", "deck": "Held 🇺🇦"}])
def test_an_emoji_takes_all_colours(change: dict[str, str], assets: Assets) -> None:
    assert paint_indexed(scene_of(replace(ARTICLE, **change), assets), logo_drawer(assets.marks)) is None


def test_a_preview_and_a_mark_of_many_colours_take_all_colours(scene: Scene, assets: Assets) -> None:
    assert paint_indexed(scene_of(ARTICLE, assets, preview=True), logo_drawer(assets.marks)) is None
    colourful = tuple(mark._replace(colour="") for mark in scene.logos)
    assert paint_indexed(scene._replace(logos=colourful), logo_drawer(assets.marks)) is None


def test_text_over_two_colours_takes_all_colours(scene: Scene, assets: Assets) -> None:
    box = scene.texts[0].box
    across = Rule(Rect(box.x, box.y, box.width / 2, box.height), "#ffcc00")
    assert paint_indexed(scene._replace(rules=(*scene.rules, across)), logo_drawer(assets.marks)) is None


def test_more_colours_than_a_palette_holds_take_all_colours(scene: Scene, assets: Assets) -> None:
    rules = tuple(Rule(Rect(x, 0, 1, 1), f"#0000{x:02x}") for x in range(1, 250))
    assert paint_indexed(scene._replace(rules=(*scene.rules, *rules)), logo_drawer(assets.marks)) is None


def test_kinds_that_are_flat_are_smaller_files(assets: Assets) -> None:
    for kind in KINDS[:2]:
        scene = scene_of(ARTICLE, assets, kind=kind)
        assert saved(paint_indexed(scene, logo_drawer(assets.marks)).image) * 2 < saved(
            paint(scene, logo_drawer(assets.marks)).image
        )


def saved(image: Image.Image) -> int:
    out = BytesIO()
    image.save(out, "PNG")
    return out.tell()
