"""Tests storycard.layout.header_footer in a font of 30 px blocks, which makes positions simple sums."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.design.formats import SafeZone
from storycard.design.render_context import RenderContext
from storycard.design.theme import Theme
from storycard.layout.header_footer import place_credit, place_footer, place_header, place_top_rule
from storycard.layout.scene import Rect, Scene, Text
from storycard.text.fonts.library import FontLibrary
from support.block_theme import CARD, EM, block_builder, block_theme

BOXED = {"roles": {"kicker": {"fill": "blue"}}}
ARTICLE = Article(id="a", headline="H", language="en", kicker="abcd", published_at=datetime(2026, 11, 3, tzinfo=UTC))


@pytest.fixture
def context(assets: Assets) -> RenderContext:
    """Returns the context of the default brand without its logo."""
    plain = assets.render_context(ARTICLE)
    return replace(plain, theme=block_theme(), brand=replace(plain.brand, title="News", light=None, dark=None))


def boxes(scene: Scene) -> dict[str, Rect]:
    return {text.role: text.box for text in scene.texts}


def text_of(scene: Scene, role: str) -> Text:
    return next(text for text in scene.texts if text.role == role)


def place_header_only(
    blocks: FontLibrary, context: RenderContext, article: Article = ARTICLE, theme: Theme | None = None
) -> tuple[Scene, float]:
    builder = block_builder(blocks, theme)
    bottom = place_header(builder, article, context, builder.content.y)
    return builder.scene(), bottom


def place_footer_only(blocks: FontLibrary, context: RenderContext, article: Article = ARTICLE, number: str = "") -> Scene:
    builder = block_builder(blocks, context.theme)
    place_footer(builder, article, context, number)
    return builder.scene()


def test_kicker_is_at_the_margins_and_body_a_gap_below(blocks: FontLibrary, context: RenderContext) -> None:
    scene, body = place_header_only(blocks, context)
    assert boxes(scene) == {"kicker": Rect(100, 100, 4 * EM, EM)}
    assert body == 100 + EM + 20


def test_body_starts_at_the_same_y_without_a_kicker(blocks: FontLibrary, context: RenderContext) -> None:
    for theme in (None, block_theme(BOXED)):
        _, with_kicker = place_header_only(blocks, context, theme=theme)
        _, without = place_header_only(blocks, context, replace(ARTICLE, kicker=""), theme=theme)
        assert with_kicker == without


def test_label_precedes_the_kicker(blocks: FontLibrary, context: RenderContext) -> None:
    scene, _ = place_header_only(blocks, context, replace(ARTICLE, label="live"))
    assert text_of(scene, "label").text == "Live"
    assert boxes(scene)["kicker"].x == boxes(scene)["label"].right + 10


def test_omits_kicker_that_has_too_little_room(blocks: FontLibrary, context: RenderContext) -> None:
    wide = replace(context, language=replace(context.language, labels={"live": "a" * 26}))
    assert set(boxes(place_header_only(blocks, wide, replace(ARTICLE, label="live"))[0])) == {"label"}


def test_boxed_kicker_is_centred_in_its_box_at_the_margin(blocks: FontLibrary, context: RenderContext) -> None:
    scene, _ = place_header_only(blocks, context, theme=block_theme(BOXED))
    (box,) = (rule.rect for rule in scene.rules)
    ink = boxes(scene)["kicker"]
    assert (box.x, box.y) == (100, 100)
    assert box.contains(ink)
    assert ink.x - box.x == pytest.approx(box.right - ink.right, abs=1)
    assert ink.y - box.y == pytest.approx(box.bottom - ink.bottom, abs=1) == EM / 2


def test_footer_is_at_the_lower_margin(blocks: FontLibrary, context: RenderContext) -> None:
    placed = boxes(place_footer_only(blocks, context, number="2/7"))
    assert placed["brand"] == Rect(100, 1000 - 100 - 50 + 10, 4 * EM, EM)
    assert placed["number"] == Rect(1080 - 100 - 3 * EM, 860, 3 * EM, EM)


def test_footer_has_the_number_of_a_slide_or_the_date(blocks: FontLibrary, context: RenderContext) -> None:
    assert set(boxes(place_footer_only(blocks, context, number="2/7"))) == {"brand", "number"}
    assert set(boxes(place_footer_only(blocks, context))) == {"brand", "date"}
    assert set(boxes(place_footer_only(blocks, context, replace(ARTICLE, published_at=None)))) == {"brand"}


def test_shortens_then_omits_date_that_does_not_fit_beside_the_name(blocks: FontLibrary, context: RenderContext) -> None:
    # Letters that, with a date of 16, 11 or 7 and a gap, fill exactly the row of 880 px.
    for letters, date_text in ((13, "November 3, 2026"), (14, "Nov 3, 2026"), (18, "Nov 3, 2026"), (26, "")):
        name = "a" * letters
        scene = place_footer_only(blocks, replace(context, brand=replace(context.brand, title=name)))
        assert [text.text for text in scene.texts] == list(filter(None, [name, date_text]))
        assert not any(text.truncated for text in scene.texts)


def test_paid_content_has_neither_logo_nor_name(assets: Assets, blocks: FontLibrary, context: RenderContext) -> None:
    marked = replace(context, brand=assets.brand(""))
    assert place_footer_only(blocks, marked).logos
    paid = place_footer_only(blocks, marked, replace(ARTICLE, paid=True))
    assert not paid.logos
    assert set(boxes(paid)) == {"date"}


def test_word_mark_replaces_the_name(assets: Assets, blocks: FontLibrary, context: RenderContext) -> None:
    logo = assets.brand("").light._replace(has_name=True, ratio=4.0)
    scene = place_footer_only(blocks, replace(context, brand=replace(context.brand, light=logo, dark=logo)))
    assert set(boxes(scene)) == {"date"}
    assert [placed.rect for placed in scene.logos] == [Rect(100, 850, 200, 50)]


def test_band_is_as_wide_as_the_card_and_contains_the_footer(blocks: FontLibrary, context: RenderContext) -> None:
    scene = place_footer_only(blocks, replace(context, theme=block_theme({"strip": "blue"})))
    (band,) = (rule.rect for rule in scene.rules)
    assert (band.x, band.right, band.bottom) == (0, 1080, 1000)
    assert all(band.contains(text.box) for text in scene.texts)
    ink = boxes(scene)["brand"]
    assert ink.y - band.y == band.bottom - ink.bottom


@pytest.mark.parametrize("language", ["en", "ar"])
def test_credit_is_in_the_safe_zone_and_its_box_at_the_edge_of_the_photo(language: str, blocks: FontLibrary) -> None:
    covered = replace(CARD, safe=SafeZone(top=120, right=70, bottom=200, left=40))
    builder = block_builder(blocks, card_format=covered, language=language)
    photo = Rect(300, 0, 780, 1000)
    builder.place_photograph(photo, (0.2, 0.5), "beside")
    place_credit(builder, "AnnaLima", photo)
    scene = builder.scene()
    (box,), ink = (rule.rect for rule in scene.rules), boxes(scene)["credit"]
    assert scene.photograph.focus == ((0.8, 0.5) if language == "ar" else (0.2, 0.5))
    assert box.contains(ink)
    assert Rect(40, 120, 1080 - 110, 1000 - 320).contains(ink)
    assert (box.x if language == "ar" else 1080 - box.right) == 0
    assert box.bottom == 800


@pytest.mark.parametrize("language", ["en", "ar"])
def test_credit_in_the_header_is_on_the_trailing_side_if_it_fits(
    language: str, blocks: FontLibrary, context: RenderContext
) -> None:
    for letters, fits in ((20, True), (26, False)):
        builder = block_builder(blocks, language=language)
        place_header(builder, ARTICLE, context, builder.content.y, "a" * letters)
        placed = boxes(builder.scene())
        assert ("credit" in placed) == fits
        if fits:
            credit = placed["credit"]
            assert credit.y == placed["kicker"].y
            assert (credit.x if language == "ar" else 1080 - credit.right) == 100


def test_credit_in_the_footer_is_before_the_date(blocks: FontLibrary, context: RenderContext) -> None:
    builder = block_builder(blocks, context.theme)
    place_footer(builder, ARTICLE, context, "", "abcd")
    placed = boxes(builder.scene())
    assert placed["credit"] == Rect(1080 - 100 - 4 * EM, 860, 4 * EM, EM)
    assert placed["date"].right == placed["credit"].x - 20
    assert placed["brand"].right < placed["date"].x


def test_label_of_an_old_story_is_its_year(blocks: FontLibrary, context: RenderContext) -> None:
    later = replace(context, today=date(2029, 1, 1))
    assert text_of(place_header_only(blocks, later)[0], "label").text == "2026"


@pytest.mark.parametrize(("rule", "moves", "place"), [({"px": 6}, 26, (100, 880)), ({"px": 6, "bleed": True}, 0, (0, 1080))])
def test_top_rule_moves_the_header_unless_it_is_at_the_edge(
    rule: dict[str, object], moves: int, place: tuple[int, int], blocks: FontLibrary
) -> None:
    builder = block_builder(blocks, block_theme({"ornaments": {"top": rule}}))
    assert place_top_rule(builder, 100) == moves
    (placed,) = (rule.rect for rule in builder.scene().rules)
    assert (placed.x, placed.width) == place


def test_theme_without_a_top_rule_does_not_move_the_header(blocks: FontLibrary) -> None:
    builder = block_builder(blocks)
    assert place_top_rule(builder, 100) == 0
    assert builder.scene().rules == ()
