"""Tests where the layout places a photograph: its side by language, its height, and its effect on the text."""

import itertools
from dataclasses import replace

import pytest

from storycard.article import Article, ArticleImage
from storycard.design.assets import Assets
from storycard.design.kinds import KINDS
from storycard.layout.card import lay_out
from storycard.layout.scene import Rect, Scene, Text
from storycard.photo.crop import Subject
from support.photographs import photo


def text_of(scene: Scene, role: str) -> Text:
    return next(text for text in scene.texts if text.role == role)


@pytest.mark.parametrize(
    ("theme", "format_name"), [("broadsheet", "og"), ("broadsheet", "square"), ("bulletin", "tall"), ("civic", "og")]
)
def test_photograph_is_mirrored_in_right_to_left_cards(theme: str, format_name: str, assets: Assets) -> None:
    picture = photo("dusk")

    def drawn(language: str) -> Scene:
        article = Article(
            id="mirror", headline="Gates held", kicker="Floods", language=language, image=ArticleImage(credit="A. Lima")
        )
        context = assets.render_context(article, theme, photo=picture)
        return lay_out(article, "headline", assets.formats[format_name], context, assets.fonts)

    scene, mirror = drawn("en"), drawn("sd")
    one, other = scene.photograph, mirror.photograph
    assert other.rect == Rect(scene.width - one.rect.right, one.rect.y, one.rect.width, one.rect.height)
    assert other.focus == (1 - one.focus[0], one.focus[1])
    assert mirror.scrims == scene.scrims
    credit, mirrored = text_of(scene, "credit").box, text_of(mirror, "credit").box
    assert scene.width - mirrored.right == pytest.approx(credit.x, abs=8)
    on_photograph = format_name != "square"  # where the photograph is above the text, the credit is beside the kicker
    assert one.rect.contains(credit) == on_photograph
    assert other.rect.contains(mirrored) == on_photograph


@pytest.mark.parametrize("format_name", ["square", "portrait", "tall", "story", "pin"])
def test_photograph_above_text_ends_at_one_of_few_heights(format_name: str, assets: Assets, samples: dict[str, Article]) -> None:
    theme, card_format = assets.themes["frontline"], assets.formats[format_name]
    ends: set[float] = set()
    for article, kind in itertools.product(samples.values(), KINDS):
        context = assets.render_context(article, theme.name, photo=photo("dusk"))
        scene = lay_out(article, kind, card_format, context, assets.fonts)
        if not scene.photograph:  # dropped, because it would truncate the text
            continue
        ends.add(scene.photograph.rect.bottom)
        kicker = next(rule.rect for rule in scene.rules if rule.rect.contains(text_of(scene, "kicker").box))
        assert kicker.y - scene.photograph.rect.bottom == pytest.approx(theme.gaps[2] * card_format.width / 1080, abs=1)
    steps = [(end / card_format.height - theme.photo.share) / 0.05 for end in ends]
    assert steps == pytest.approx([round(step) for step in steps], abs=0.02)
    assert len(ends) <= 3


def test_photograph_never_truncates_the_headline(assets: Assets, samples: dict[str, Article]) -> None:
    long = "Every harbour on this coast must be rebuilt, and nobody has said with what money or when, say the engineers " * 2
    article = replace(samples["harbour-barriers"], headline=long.strip())
    for theme, format_name in itertools.product(assets.themes, assets.formats):
        with_photo, without = (
            lay_out(
                article,
                "headline",
                assets.formats[format_name],
                assets.render_context(article, theme, photo=picture),
                assets.fonts,
            )
            for picture in (photo("dusk"), None)
        )
        cut, cut_anyway = (text_of(scene, "headline").truncated for scene in (with_photo, without))
        assert cut == cut_anyway
        assert not (cut and with_photo.photograph)


@pytest.mark.parametrize(
    ("picture", "theme", "format_name", "placement", "note"),
    [
        ("dusk", "bulletin", "square", "behind", ""),
        ("dark", "bulletin", "square", "above", "the picture is too dark for text over it"),
        ("dark", "frontline", "square", "above", "the picture is too dark, so it is in two colours of the theme"),
        ("halves", "frontline", "og", "beside", "the text would need a scrim that hides the photograph"),
        ("stripes", "bulletin", "square", "above", "the photograph is too busy behind the text"),
    ],
)
def test_photograph_is_behind_the_text_only_where_it_is_calm(
    picture: str, theme: str, format_name: str, placement: str, note: str, assets: Assets, samples: dict[str, Article]
) -> None:
    context = assets.render_context(samples["harbour-barriers"], theme, photo=photo(picture))
    scene = lay_out(samples["harbour-barriers"], "headline", assets.formats[format_name], context, assets.fonts)
    assert (scene.photograph.placement, scene.photo_note) == (placement, note)


@pytest.mark.parametrize(("point", "placement"), [((0.5, 0.1), "behind"), ((0.5, 0.95), "above")])
def test_editor_s_focal_point_is_never_under_the_text(
    point: tuple[float, float], placement: str, assets: Assets, samples: dict[str, Article]
) -> None:
    picture = replace(photo("dusk"), subject=Subject(point, (), "editor"))
    context = assets.render_context(samples["harbour-barriers"], "bulletin", photo=picture)
    scene = lay_out(samples["harbour-barriers"], "headline", assets.formats["square"], context, assets.fonts)
    assert scene.photograph.placement == placement


@pytest.mark.parametrize(("theme", "colours"), [("broadsheet", ("#15120e", "#fbf7ef")), ("bulletin", ("#0e1013", "#ffffff"))])
def test_dark_photograph_is_in_two_colours_of_the_theme(
    theme: str, colours: tuple[str, str], assets: Assets, samples: dict[str, Article]
) -> None:
    context = assets.render_context(samples["harbour-barriers"], theme, photo=photo("dark"))
    for card_format in assets.formats.values():
        scene = lay_out(samples["harbour-barriers"], "headline", card_format, context, assets.fonts)
        assert scene.photograph.duotone == colours
        assert scene.scrims == ()
    lit = assets.render_context(samples["harbour-barriers"], theme, photo=photo("dusk"))
    assert lay_out(samples["harbour-barriers"], "headline", card_format, lit, assets.fonts).photograph.duotone is None
