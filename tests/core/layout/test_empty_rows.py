"""Tests that no card has a hole where an article has no kicker, and that a story's foot is no block of colour."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime

from storycard.article import Article, ArticleImage, QuestionAndAnswer
from storycard.design.assets import Assets
from storycard.design.composition import REFERENCES, Area
from storycard.layout.card import lay_out
from storycard.layout.rows.empty_rows import without_empty_rows
from storycard.layout.rows.row_texts import RowTexts
from storycard.layout.scene import Scene
from support.block_theme import CARD, EM, block_theme
from support.card_faults import BARRED, ink_boxes
from support.photographs import photo

NOTHING = RowTexts("", "", "label", "", "News", "", "", False, None)
MOST_FOOT = 380  # px of a story: what the platform covers


def rows(*found: dict) -> dict:
    return {"cards": {"all": {"square": {"rows": list(found)}}, "headline": {"square": {"grow": {"headline": 1}}}}}


def headline_box(changes: dict, texts: RowTexts = NOTHING) -> Area:
    (composition,) = block_theme(changes).compositions_for("headline", CARD)
    return without_empty_rows(composition, texts).parts["headline"].area


def test_text_takes_the_room_of_an_empty_row_above_it() -> None:
    kicker = {"box": [100, 140, 880, EM], "kicker": EM}
    assert headline_box(rows(kicker)) == Area(100, 140, 880, 660)
    for texts in (NOTHING._replace(kicker="Floods"), NOTHING._replace(label="Live")):
        assert headline_box(rows(kicker), texts) == Area(100, 200, 880, 600)
    dated = {"box": [100, 140, 880, EM], "kicker": EM, "date": EM}
    assert headline_box(rows(dated), NOTHING._replace(number="2/7")) == Area(100, 200, 880, 600)


def test_text_stays_clear_of_what_is_between_it_and_an_empty_row() -> None:
    far, beside = {"box": [100, 60, 880, EM], "kicker": EM}, {"box": [990, 140, 80, EM], "kicker": EM}
    assert headline_box(rows(far)) == headline_box(rows(beside)) == Area(100, 200, 880, 600)
    kicker = {"box": [100, 140, 880, EM], "kicker": EM}
    banded = rows(kicker)
    banded["cards"]["headline"]["square"]["panels"] = [{"box": [0, 100, 1080, 90], "fill": "blue"}]
    assert headline_box(banded) == Area(100, 200, 880, 600)
    banded["cards"]["headline"]["square"]["panels"][0]["kicker"] = True
    assert headline_box(banded) == Area(100, 140, 880, 660)


def test_panel_as_high_as_the_text_follows_it() -> None:
    changes = rows({"box": [100, 140, 880, EM], "kicker": EM})
    panels = [{"box": [0, 204, 40, 590], "fill": "ink"}, {"box": [0, 40, 40, 300], "fill": "ink"}]
    changes["cards"]["headline"]["square"]["panels"] = panels
    (composition,) = block_theme(changes).compositions_for("headline", CARD)
    bar, corner = without_empty_rows(composition, NOTHING).panels
    assert (bar.area, corner.area) == (Area(0, 144, 40, 650), Area(0, 40, 40, 300))


def test_photograph_takes_the_room_of_a_credit_below_it() -> None:
    found = [{"box": [100, 612, 880, EM], item: EM} for item in ("credit", "kicker")]
    found.append({"box": [100, 900, 880, EM], "credit": EM})
    heights = []
    for row, credit in itertools.product(found, ("", "Photo: Nora Lindqvist")):
        square = {
            "rows": [row],
            "photo": {"box": [100, 100, 880, 500]},
            "headline": {"box": [100, 700, 880, 300], "px": [30, 90]},
        }
        (composition,) = block_theme({"cards": {"photo": {"square": square}}}).compositions_for("photo", CARD)
        frame = without_empty_rows(composition, NOTHING._replace(credit=credit)).frame
        heights.append(frame.area.height if frame else 0)
    assert heights == [512 + EM, 500, 500, 500, 500, 500]


def headline_of(theme: str, name: str, assets: Assets, **fields: object) -> Scene:
    article = Article(id="a", headline="Rates rise again and nobody says for how long", language="en", **fields)
    picture = photo("dusk") if "image" in fields else None
    return lay_out(article, "headline", assets.formats[name], assets.render_context(article, theme, photo=picture), assets.fonts)


def test_headline_without_kicker_stands_higher_in_every_theme_that_has_it_near_the_text(assets: Assets) -> None:
    for theme, name in itertools.product(("bulletin", "frontline", "civic", "clarity"), ("og", "square", "story")):
        rooms = []
        for kicker in ("Economy", ""):
            scene = headline_of(theme, name, assets, kicker=kicker)
            rooms.append(next(text.room for text in scene.texts if text.role == "headline"))
        assert rooms[1].height > rooms[0].height, f"{theme} {name}"


def test_lone_date_in_the_place_of_a_kicker_is_aligned_like_the_headline(assets: Assets) -> None:
    day = datetime(2026, 11, 3, tzinfo=UTC)
    scene = headline_of("broadsheet", "square", assets, published_at=day)
    date = next(text.box for text in scene.texts if text.role == "date")
    assert abs(date.x + date.width / 2 - 540) <= 2


def test_date_is_shortened_beside_a_credit_and_gives_way_to_it(assets: Assets) -> None:
    day = datetime(2026, 11, 3, tzinfo=UTC)
    for theme in assets.themes:
        found = {}
        for credit in ("A. Lima", "Ana Lima-Brandt for the Agency of the Northern Coast and its many islands"):
            image = ArticleImage(credit=credit)
            scene = headline_of(theme, "square", assets, kicker="", published_at=day, image=image)
            assert scene.photograph
            found[credit] = {text.role: text.text for text in scene.texts}
        short, long = found.values()
        assert short["credit"] == "A. Lima"
        assert short["date"] in ("Nov 3, 2026", "Nov 3"), theme
        assert "date" not in long


def test_foot_of_a_story_is_never_a_block_of_colour(assets: Assets) -> None:
    """Checks the data: a panel at the lower edge is not too high, and the last row stands as low as the platform allows."""
    card, wrong = REFERENCES["tall"], []
    for theme in assets.themes.values():
        for (kind, shape), compositions in theme.compositions.items():
            for number, composition in enumerate(compositions):
                if shape != "tall" or kind == "paid":
                    continue
                filled = [panel for panel in composition.panels if not (panel.outline or panel.fade)]
                blocks = [panel.area for panel in filled if panel.colour != composition.ground and panel.area.width > 540]
                texts = [part.area for part in composition.parts.values()]
                feet = [area for area in blocks if area.bottom >= card.height and not any(area.y <= text.y for text in texts)]
                if any(area.height > MOST_FOOT for area in feet):
                    wrong.append(f"{theme.name} {kind} {number}: a block of colour")
                ends = [row.area.bottom for row in composition.rows]
                ends += [panel.area.bottom for panel in filled if panel.colour != composition.ground]
                if card.height - max(ends) > MOST_FOOT + 10:
                    wrong.append(f"{theme.name} {kind} {number}: nothing in the last {card.height - max(ends)} px")
    assert wrong == []


def test_lone_row_texts_of_an_article_without_anything(assets: Assets) -> None:
    article = replace(Article(id="a", headline="Rates rise", language="en"), published_at=None)
    for theme, name in itertools.product(assets.themes, ("og", "square", "story")):
        scene = lay_out(article, "headline", assets.formats[name], assets.render_context(article, theme), assets.fonts)
        assert {text.role for text in scene.texts} in ({"headline", "brand"}, {"headline", "name"})


def test_letters_above_capitals_stay_in_the_safe_zone_without_a_kicker(assets: Assets) -> None:
    wrong = []
    for theme, (language, word), name in itertools.product(assets.themes, (("ar", "لأ"), ("vi", "Ấn Ẫ")), ("story", "square")):
        article = Article(id="a", headline=word, language=language)
        scene = lay_out(article, "headline", assets.formats[name], assets.render_context(article, theme), assets.fonts)
        headline = next(text for text in scene.texts if text.role == "headline")
        if headline.box.y < assets.formats[name].safe.top:
            wrong.append(f"{theme} {language} {name}: {headline.box}")
    assert wrong == []


def test_no_text_without_a_kicker_runs_into_a_panel(assets: Assets) -> None:
    found = []
    article = Article(
        id="gates",
        headline="Harbour barriers held through the highest tide in a century",
        language="en",
        bullets=("The five steel gates closed for eleven hours and kept thousands of homes dry.", "4,200 homes stayed dry."),
        questions=(QuestionAndAnswer("Who pays for the quays?", "The state pays half of it and the port the rest."),),
    )
    numbers = replace(article, bullets=article.bullets[1:])
    for theme, name in itertools.product(assets.themes, ("og", "square", "story", "pin")):
        for shown, kind in (
            (article, "headline"),
            (article, "bullet"),
            (numbers, "bullet"),
            (article, "question-1"),
            (article, "carousel-4"),
        ):
            scene = lay_out(shown, kind, assets.formats[name], assets.render_context(shown, theme), assets.fonts)
            # The edges of a bar are between the lines.
            texts = [text for text in scene.texts if not (text.role in BARRED and theme == "bulletin")]
            panels = [rule.rect for rule in scene.rules if rule.is_plain]
            for text, panel in itertools.product(texts, panels):
                if any(box.overlaps(panel) and not panel.contains(box) for box in ink_boxes(text)):
                    found.append(f"{theme} {name} {kind}: {text.role} runs into {panel}")
    assert found == []
