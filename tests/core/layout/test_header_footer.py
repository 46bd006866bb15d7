"""frame: label and kicker, mark, name and date, and the photographer's name. In blocks of 30 px, layout is arithmetic."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from storycard.article import Article
from storycard.design.assets import Assets
from storycard.design.formats import SafeZone
from storycard.design.render_context import RenderContext
from storycard.design.theme import Theme
from storycard.layout.header_footer import Edge, place_credit, place_footer, place_header
from storycard.layout.scene import Rect, Scene, Text
from storycard.text.fonts.library import FontLibrary
from support.block_theme import CARD, EM, block_builder, block_theme

TABBED = {"roles": {"kicker": {"fill": "blue"}}}
ARTICLE = Article(id="a", headline="H", language="en", kicker="abcd", published_at=datetime(2026, 11, 3, tzinfo=UTC))


@pytest.fixture
def context(assets: Assets) -> RenderContext:
    """The default brand's, without its mark."""
    plain = assets.render_context(ARTICLE)
    return replace(plain, theme=block_theme(), brand=replace(plain.brand, title="News", light=None, dark=None))


def boxes(scene: Scene) -> dict[str, Rect]:
    return {text.role: text.box for text in scene.texts}


def text_of(scene: Scene, role: str) -> Text:
    return next(text for text in scene.texts if text.role == role)


def headed(
    blocks: FontLibrary, context: RenderContext, article: Article = ARTICLE, theme: Theme | None = None
) -> tuple[Scene, float]:
    builder = block_builder(blocks, theme)
    bottom = place_header(builder, article, context, builder.content.y)
    return builder.scene(), bottom


def footed(blocks: FontLibrary, context: RenderContext, article: Article = ARTICLE, number: str = "") -> Scene:
    builder = block_builder(blocks, context.theme)
    place_footer(builder, article, context, number)
    return builder.scene()


def test_the_kicker_stands_on_the_margins_and_the_body_a_gap_below(blocks: FontLibrary, context: RenderContext) -> None:
    scene, body = headed(blocks, context)
    assert boxes(scene) == {"kicker": Rect(100, 100, 4 * EM, EM)}
    assert body == 100 + EM + 20


def test_the_body_begins_in_one_place_with_a_kicker_or_without(blocks: FontLibrary, context: RenderContext) -> None:
    for theme in (None, block_theme(TABBED)):
        _, with_kicker = headed(blocks, context, theme=theme)
        _, without = headed(blocks, context, replace(ARTICLE, kicker=""), theme=theme)
        assert with_kicker == without


def test_a_label_stands_before_the_kicker(blocks: FontLibrary, context: RenderContext) -> None:
    scene, _ = headed(blocks, context, replace(ARTICLE, label="live"))
    assert text_of(scene, "label").text == "Live"
    assert boxes(scene)["kicker"].x == boxes(scene)["label"].right + 10


def test_a_kicker_with_next_to_no_room_beside_a_label_is_left_out(blocks: FontLibrary, context: RenderContext) -> None:
    wide = replace(context, language=replace(context.language, labels={"live": "a" * 26}))
    assert set(boxes(headed(blocks, wide, replace(ARTICLE, label="live"))[0])) == {"label"}


def test_a_tab_begins_at_the_margin_and_holds_its_text_in_the_middle(blocks: FontLibrary, context: RenderContext) -> None:
    scene, _ = headed(blocks, context, theme=block_theme(TABBED))
    (tab,) = (rule.rect for rule in scene.rules)
    ink = boxes(scene)["kicker"]
    assert (tab.x, tab.y) == (100, 100)
    assert tab.contains(ink)
    assert ink.x - tab.x == pytest.approx(tab.right - ink.right, abs=1)
    assert ink.y - tab.y == pytest.approx(tab.bottom - ink.bottom, abs=1) == EM / 2


def test_the_foot_stands_on_the_lower_margin(blocks: FontLibrary, context: RenderContext) -> None:
    placed = boxes(footed(blocks, context, number="2/7"))
    assert placed["brand"] == Rect(100, 1000 - 100 - 50 + 10, 4 * EM, EM)
    assert placed["number"] == Rect(1080 - 100 - 3 * EM, 860, 3 * EM, EM)


def test_a_slide_bears_its_number_and_a_card_its_date(blocks: FontLibrary, context: RenderContext) -> None:
    assert set(boxes(footed(blocks, context, number="2/7"))) == {"brand", "number"}
    assert set(boxes(footed(blocks, context))) == {"brand", "date"}
    assert set(boxes(footed(blocks, context, replace(ARTICLE, published_at=None)))) == {"brand"}


def test_a_date_is_left_out_rather_than_halved_and_a_name_goes_before_it(blocks: FontLibrary, context: RenderContext) -> None:
    beside_the_date = 13  # letters: with 16 of the date and a gap they fill the row of 880 px to the last
    for letters, whole in ((beside_the_date, True), (beside_the_date + 1, False), (26, False)):
        name = "a" * letters
        scene = footed(blocks, replace(context, brand=replace(context.brand, title=name)))
        assert [text.text for text in scene.texts] == [name, "November 3, 2026"][: 1 + whole]
        assert not any(text.truncated for text in scene.texts)


def test_what_is_paid_for_bears_neither_mark_nor_name(assets: Assets, blocks: FontLibrary, context: RenderContext) -> None:
    marked = replace(context, brand=assets.brand(""))
    assert footed(blocks, marked).logos
    paid = footed(blocks, marked, replace(ARTICLE, paid=True))
    assert not paid.logos
    assert set(boxes(paid)) == {"date"}


def test_a_word_mark_needs_no_name_beside_it(assets: Assets, blocks: FontLibrary, context: RenderContext) -> None:
    mark = assets.brand("").light._replace(has_name=True, ratio=4.0)
    scene = footed(blocks, replace(context, brand=replace(context.brand, light=mark, dark=mark)))
    assert set(boxes(scene)) == {"date"}
    assert [placed.rect for placed in scene.logos] == [Rect(100, 850, 200, 50)]


def test_a_strip_runs_from_edge_to_edge_and_holds_the_foot(blocks: FontLibrary, context: RenderContext) -> None:
    scene = footed(blocks, replace(context, theme=block_theme({"strip": "blue"})))
    (strip,) = (rule.rect for rule in scene.rules)
    assert (strip.x, strip.right, strip.bottom) == (0, 1080, 1000)
    assert all(strip.contains(text.box) for text in scene.texts)
    ink = boxes(scene)["brand"]
    assert ink.y - strip.y == strip.bottom - ink.bottom


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("edge", ["top", "bottom"])
def test_a_credit_is_inside_the_safe_zone_and_its_tab_on_the_photograph(language: str, edge: Edge, blocks: FontLibrary) -> None:
    covered = replace(CARD, safe=SafeZone(top=120, right=70, bottom=200, left=40))
    builder = block_builder(blocks, card_format=covered, language=language)
    photo = Rect(300, 0, 780, 1000)
    builder.place_photograph(photo, (0.2, 0.5))
    place_credit(builder, "AnnaLima", photo, edge)
    scene = builder.scene()
    (tab,), ink = (rule.rect for rule in scene.rules), boxes(scene)["credit"]
    assert scene.photograph.focus == ((0.8, 0.5) if language == "ar" else (0.2, 0.5))
    assert tab.contains(ink)
    assert Rect(40, 120, 1080 - 110, 1000 - 320).contains(ink)
    assert (tab.x if language == "ar" else 1080 - tab.right) == 0
    assert (tab.y if edge == "top" else tab.bottom) == (120 if edge == "top" else 800)


def test_the_year_of_an_old_story_is_its_label(blocks: FontLibrary, context: RenderContext) -> None:
    later = replace(context, today=date(2029, 1, 1))
    assert text_of(headed(blocks, later)[0], "label").text == "2026"
