"""Tests where the layout places a photograph: its side by language, what it must not cut, and its effect on the text."""

import itertools
from dataclasses import replace

import pytest

from storycard.article import Article, ArticleImage
from storycard.design.assets import Assets
from storycard.design.kinds import may_show_photo
from storycard.layout.card import lay_out
from storycard.layout.scene import Rect, Scene, Text
from storycard.photo import Photo
from storycard.photo.crop import Box, Subject
from support.photographs import photo


def text_of(scene: Scene, role: str) -> Text:
    return next(text for text in scene.texts if text.role == role)


@pytest.mark.parametrize(
    ("theme", "format_name"),
    [("broadsheet", "og"), ("broadsheet", "square"), ("bulletin", "tall"), ("civic", "og"), ("nightdesk", "og")],
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
    assert other.focus == pytest.approx((1 - one.focus[0], one.focus[1]))
    assert (other.placement, other.radius) == (one.placement, one.radius)
    credit, mirrored = text_of(scene, "credit").box, text_of(mirror, "credit").box
    assert scene.width - mirrored.right == pytest.approx(credit.x, abs=8)


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


def place(picture: Photo, theme: str, format_name: str, assets: Assets, article: Article) -> Scene:
    context = assets.render_context(article, theme, photo=picture)
    return lay_out(article, "headline", assets.formats[format_name], context, assets.fonts)


@pytest.mark.parametrize(
    ("head", "note"),
    [
        (Box(0.42, 0.1, 0.58, 0.25), ""),
        (Box(0.3, 0.1, 0.7, 0.95), "the text would cover a head"),
        (Box(0.02, 0.1, 0.98, 0.9), "an edge would cut a head"),
    ],
)
def test_next_composition_is_taken_if_a_head_would_be_cut_or_covered(
    head: Box, note: str, assets: Assets, samples: dict[str, Article]
) -> None:
    point = (head.left + head.right) / 2, (head.top + head.bottom) / 2
    picture = replace(photo("dusk"), subject=Subject(point, (head,), "faces"))
    scene = place(picture, "bulletin", "square", assets, samples["harbour-barriers"])
    assert scene.photo_note == note
    assert scene.photograph


def test_small_picture_is_shown_small_and_whole(assets: Assets, samples: dict[str, Article]) -> None:
    small = Photo(b"", 300, 200, "", Subject((0.5, 0.5)))
    for theme in assets.themes:
        scene = place(small, theme, "square", assets, samples["bergzeitfahren"])
        assert scene.photo_note == "the picture is too small for the theme's place"
        left, _, width, height = scene.photograph.rect
        assert (width, height) == (660, 440)
        if theme == "broadsheet":
            assert left == (1080 - width) / 2  # as its texts are centred
        else:
            assert left <= 104  # above the start of the headline


def test_row_of_people_has_the_whole_width_of_a_link_preview(assets: Assets, samples: dict[str, Article]) -> None:
    heads = tuple(Box(0.04 + 0.12 * number, 0.24, 0.1 + 0.12 * number, 0.5) for number in range(8))
    row = Photo(b"", 1200, 480, "", Subject((0.5, 0.4), heads, "faces"))
    for theme, name in itertools.product(assets.themes, ("og", "x", "linkedin")):
        scene = place(row, theme, name, assets, samples["harbour-barriers"])
        assert scene.photograph.rect.width >= 0.85 * scene.width, theme
        assert scene.photograph.placement == "above"


def test_tall_picture_of_one_person_is_large_on_wide_and_square_cards(assets: Assets, samples: dict[str, Article]) -> None:
    tall = Photo(b"", 626, 1200, "", Subject((0.5, 0.3), (Box(0.18, 0.12, 0.72, 0.5),), "faces"))
    for theme, name in itertools.product(assets.themes, ("og", "square")):
        scene = place(tall, theme, name, assets, samples["harbour-barriers"])
        share = scene.photograph.rect.width * scene.photograph.rect.height / (scene.width * scene.height)
        assert share >= (0.11 if theme == "broadsheet" and name == "og" else 0.25), (theme, name, share)


@pytest.mark.parametrize(("point", "note"), [((0.5, 0.1), ""), ((0.5, 0.95), "the text would cover the editor's focal point")])
def test_editor_s_focal_point_is_never_under_the_text(
    point: tuple[float, float], note: str, assets: Assets, samples: dict[str, Article]
) -> None:
    picture = replace(photo("dusk"), subject=Subject(point, (), "editor"))
    scene = place(picture, "bulletin", "square", assets, samples["harbour-barriers"])
    assert scene.photo_note == note


def test_credit_is_quiet_text_never_in_a_box(assets: Assets) -> None:
    credits = {
        (name, kind, shape): role
        for name, theme in assets.themes.items()
        for (kind, shape), compositions in theme.compositions.items()
        for row in itertools.chain.from_iterable(composition.rows for composition in compositions)
        for item, role in row.items.items()
        if item == "credit"
    }
    assert {name for name, *_ in credits} == set(assets.themes)
    assert {place: role.fill for place, role in credits.items() if role.fill} == {}
    assert {place: role.max_px for place, role in credits.items() if role.max_px not in (28, 32)} == {}


def test_kinds_other_than_the_headline_have_no_photograph(assets: Assets, samples: dict[str, Article]) -> None:
    for kind in ("bullet", "quote", "question-1", "carousel-2"):
        context = assets.render_context(samples["harbour-barriers"], "frontline", photo=photo("dusk"))
        scene = lay_out(samples["harbour-barriers"], kind, assets.formats["square"], context, assets.fonts)
        assert (scene.photograph, scene.photo_note) == (None, "")
        assert not may_show_photo(kind)


@pytest.mark.parametrize("kind", ["headline", "carousel-1"])
def test_headlines_and_covers_have_one(kind: str, assets: Assets, samples: dict[str, Article]) -> None:
    context = assets.render_context(samples["harbour-barriers"], "frontline", photo=photo("dusk"))
    assert lay_out(samples["harbour-barriers"], kind, assets.formats["square"], context, assets.fonts).photograph
    assert may_show_photo(kind)


@pytest.mark.parametrize(("theme", "colours"), [("broadsheet", ("#15120e", "#fbf7ef")), ("bulletin", ("#0e1013", "#ffffff"))])
def test_dark_photograph_is_in_two_colours_of_the_theme(
    theme: str, colours: tuple[str, str], assets: Assets, samples: dict[str, Article]
) -> None:
    for card_format in assets.formats:
        scene = place(photo("dark"), theme, card_format, assets, samples["harbour-barriers"])
        assert scene.photograph.duotone == colours
        assert scene.photo_note == "the picture is too dark, so it is in two colours of the theme"
    assert place(photo("dusk"), theme, "og", assets, samples["harbour-barriers"]).photograph.duotone is None
