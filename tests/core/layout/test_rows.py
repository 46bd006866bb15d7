"""Tests storycard.layout.rows.placing in a font of 30 px blocks, which makes positions simple sums."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from storycard.article import Article, ArticleImage
from storycard.design.assets import Assets
from storycard.design.render_context import RenderContext
from storycard.layout.composer import Composer
from storycard.layout.rows.placing import place_row
from storycard.layout.rows.row_texts import row_texts
from storycard.layout.scene import Rect, Scene, Text
from storycard.text.fonts.library import FontLibrary
from support.block_theme import CARD, EM, block_theme

ARTICLE = Article(id="a", headline="H", language="en", kicker="abcd", published_at=datetime(2026, 11, 3, tzinfo=UTC))
GAP = 0.9 * EM


@pytest.fixture
def context(assets: Assets) -> RenderContext:
    """Returns the context of the default brand without its logo."""
    plain = assets.render_context(ARTICLE)
    return replace(plain, theme=block_theme(), brand=replace(plain.brand, title="News", light=None, dark=None))


def boxes(scene: Scene) -> dict[str, Rect]:
    return {text.role: text.box for text in scene.texts}


def text_of(scene: Scene, role: str) -> Text:
    return next(text for text in scene.texts if text.role == role)


def rows_of(
    blocks: FontLibrary, context: RenderContext, article: Article = ARTICLE, counter: str = "", changes: dict | None = None
) -> Scene:
    """Places all rows of a headline's composition."""
    context = replace(context, theme=block_theme(changes))
    texts = row_texts(article, context, counter, is_cover=counter.startswith("1/"), has_strip=False)
    (composition,) = context.theme.compositions_for("headline", CARD)
    composer = Composer(composition, CARD, context, blocks)
    for row in composition.rows:
        place_row(composer, row, texts, "centre", context)
    return composer.scene()


def with_rows(*rows: dict, **changes: object) -> dict:
    return {"cards": {"all": {"square": {"rows": list(rows)}}}, **changes}


def test_kicker_and_name_start_at_the_edge_of_their_rows_and_the_date_ends_at_it(
    blocks: FontLibrary, context: RenderContext
) -> None:
    placed = boxes(rows_of(blocks, context, counter="2/7"))
    assert placed["kicker"] == Rect(100, 100, 4 * EM, EM)
    assert placed["brand"] == Rect(100, 930 + 10, 4 * EM, EM)
    assert placed["number"] == Rect(980 - 3 * EM, 940, 3 * EM, EM)


def test_label_precedes_the_kicker(blocks: FontLibrary, context: RenderContext) -> None:
    scene = rows_of(blocks, context, replace(ARTICLE, label="live"))
    assert text_of(scene, "label").text == "Live"
    assert boxes(scene)["kicker"].x == boxes(scene)["label"].right + GAP


def test_live_label_has_a_dot_and_colours_of_its_own(blocks: FontLibrary, context: RenderContext) -> None:
    roles = {"live": {"family": "blocks", "colour": "ground", "fill": "ink"}}
    scene = rows_of(blocks, context, replace(ARTICLE, label="live"), changes={"roles": roles})
    box, dot = (rule.rect for rule in scene.rules)
    assert scene.rules[1].radius == dot.width / 2 == dot.height / 2
    label = text_of(scene, "label")
    assert (label.colour, scene.rules[0].colour, scene.rules[1].colour) == ("#ffffff", "#000000", "#ffffff")
    assert box.contains(dot)
    assert box.contains(label.box)
    assert dot.right < label.box.x
    other = rows_of(blocks, context, replace(ARTICLE, label="breaking"), changes={"roles": roles})
    assert text_of(other, "label").colour == "#000000"
    assert not other.rules


def test_omits_kicker_that_has_too_little_room(blocks: FontLibrary, context: RenderContext) -> None:
    wide = replace(context, language=replace(context.language, labels={"live": "a" * 28}))
    assert "kicker" not in boxes(rows_of(blocks, wide, replace(ARTICLE, label="live")))


def test_filled_kicker_is_centred_in_its_box_which_starts_at_the_row(blocks: FontLibrary, context: RenderContext) -> None:
    scene = rows_of(blocks, context, changes={"roles": {"kicker": {"fill": "blue"}}})
    (box,), ink = (rule.rect for rule in scene.rules), boxes(scene)["kicker"]
    assert box.x == pytest.approx(100, abs=1)
    assert box.contains(ink)
    assert ink.x - box.x == pytest.approx(box.right - ink.right, abs=1)
    assert ink.y - box.y == pytest.approx(box.bottom - ink.bottom, abs=1)


def test_row_has_the_number_of_a_slide_or_the_date(blocks: FontLibrary, context: RenderContext) -> None:
    assert set(boxes(rows_of(blocks, context, counter="2/7"))) == {"kicker", "brand", "number"}
    assert set(boxes(rows_of(blocks, context))) == {"kicker", "brand", "date"}
    assert set(boxes(rows_of(blocks, context, replace(ARTICLE, published_at=None, kicker="")))) == {"brand"}


def test_shortens_then_omits_date_that_does_not_fit_beside_the_name(blocks: FontLibrary, context: RenderContext) -> None:
    for letters, date_text in ((12, "November 3, 2026"), (13, "Nov 3, 2026"), (17, "Nov 3, 2026"), (26, "")):
        name = "a" * letters
        scene = rows_of(blocks, replace(context, brand=replace(context.brand, title=name)), replace(ARTICLE, kicker=""))
        assert [text.text for text in scene.texts] == list(filter(None, [name, date_text]))
        assert not any(text.truncated for text in scene.texts)


def test_paid_content_has_no_logo_name_or_date(assets: Assets, blocks: FontLibrary, context: RenderContext) -> None:
    marked = replace(context, brand=assets.brand(""))
    assert rows_of(blocks, marked).logos
    paid = rows_of(blocks, marked, replace(ARTICLE, paid=True))
    assert not paid.logos
    assert set(boxes(paid)) == {"label", "kicker"}
    plate = rows_of(blocks, marked, replace(ARTICLE, paid=True), changes=with_rows({"box": [100, 100, 880, EM], "name": EM}))
    assert not plate.logos
    assert not plate.texts


def test_word_mark_replaces_the_name(assets: Assets, blocks: FontLibrary, context: RenderContext) -> None:
    logo = assets.brand("").light._replace(has_name=True, ratio=4.0)
    scene = rows_of(blocks, replace(context, brand=replace(context.brand, light=logo, dark=logo)))
    assert set(boxes(scene)) == {"kicker", "date"}
    assert [placed.rect for placed in scene.logos] == [Rect(100, 930, 200, 50)]


def test_name_is_in_the_middle_and_the_logo_stands_for_one_that_is_too_wide(
    assets: Assets, blocks: FontLibrary, context: RenderContext
) -> None:
    plate = with_rows({"box": [100, 100, 880, EM], "kicker": EM, "name": EM, "date": EM})
    scene = rows_of(blocks, context, counter="2/7", changes=plate)
    assert boxes(scene)["name"] == Rect(540 - 2 * EM, 100, 4 * EM, EM)
    logo = assets.brand("").light._replace(ratio=2.0)
    wide = replace(context, brand=replace(context.brand, title="a" * 20, light=logo, dark=logo))
    scene = rows_of(blocks, wide, counter="2/7", changes=plate)
    assert "name" not in boxes(scene)
    assert [placed.rect for placed in scene.logos] == [Rect(540 - EM, 100, 2 * EM, EM)]


def test_credit_is_at_the_end_of_its_row(blocks: FontLibrary, context: RenderContext) -> None:
    article = replace(ARTICLE, image=ArticleImage(credit="AnaLima"))
    context = replace(context, brand=replace(context.brand, photo_credit="{credit}"))
    scene = rows_of(blocks, context, article, changes=with_rows({"box": [100, 930, 880, 50], "brand": EM, "credit": EM}))
    assert boxes(scene)["credit"] == Rect(980 - 7 * EM, 940, 7 * EM, EM)
    assert "credit" not in boxes(rows_of(blocks, context, ARTICLE))


def test_kicker_in_the_row_of_the_logo_stands_behind_the_name_or_is_left_out(blocks: FontLibrary, context: RenderContext) -> None:
    row = {"box": [100, 100, 880, 30], "brand": 30, "kicker": 30, "date": 30}
    placed = boxes(rows_of(blocks, context, changes=with_rows(row)))
    assert placed["brand"].x == 100
    assert placed["kicker"] == Rect(placed["brand"].right + 1.4 * EM, 100, 4 * EM, EM)
    long = boxes(rows_of(blocks, context, replace(ARTICLE, kicker="a" * 40), changes=with_rows(row)))
    assert long.keys() == {"brand", "date"}
    assert long["brand"] == placed["brand"]
