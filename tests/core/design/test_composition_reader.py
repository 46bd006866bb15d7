"""Tests storycard.design.composition_reader: what a theme's compositions may say, and the errors for the rest."""

from typing import Any

import pytest

from storycard.design.composition import Area, Frame, Panel
from storycard.design.composition_reader import PARTS
from storycard.errors import AssetInvalid
from support.block_theme import CARD, block_theme

BOX = [100, 200, 880, 600]


def with_headline(**square: Any) -> dict[str, Any]:
    return {"cards": {"headline": {"square": square}}}


def test_values_for_all_kinds_are_taken_unless_a_kind_replaces_them() -> None:
    rows = [{"box": [0, 0, 900, 30], "date": 30}]
    theme = block_theme({"cards": {"quote": {"square": {"rows": rows}}}})
    (headline,), (quote,) = (theme.compositions_for(kind, CARD) for kind in ("headline", "quote"))
    assert [set(row.items) for row in headline.rows] == [{"kicker"}, {"brand", "date"}]
    assert [set(row.items) for row in quote.rows] == [{"date"}]


def test_later_compositions_of_a_list_change_the_ones_before() -> None:
    theme = block_theme(
        {
            "cards": {
                "photo": {
                    "square": [
                        {"photo": {"disc": [500, 500, 400]}, "headline": {"box": BOX, "px": [30, 90]}},
                        {"photo": {"box": BOX, "whole": True, "at": [0.2, 0.4]}, "headline": {"px": [30, 60]}},
                    ]
                }
            }
        }
    )
    first, second = theme.compositions_for("photo", CARD)
    assert first.frame == Frame(Area(300, 300, 400, 400), (0.5, 0.45), 200)
    assert second.frame == Frame(Area(*BOX), (0.2, 0.4), 0, True)
    assert [one.parts["headline"].role.max_px for one in (first, second)] == [90, 60]
    assert second.parts["headline"].area == Area(*BOX)


def test_composition_for_short_texts_is_tried_before_the_one_that_it_stands_in() -> None:
    long = {"headline": {"box": BOX, "px": [30, 200], "lines": 7}, "ground": "blue"}
    square = [{**long, "short": {"headline": {"px": [90, 200], "leading": 0.9}}}, {"headline": {"px": [30, 60]}}]
    short, *others = block_theme({"cards": {"headline": {"square": square}}}).compositions_for("headline", CARD)
    assert (short.ground, short.parts["headline"].area) == (others[0].ground, Area(*BOX))
    assert [each.parts["headline"].role.min_px for each in (short, *others)] == [90, 30, 30]
    leadings = [each.parts["headline"].role.style.leading for each in (short, *others)]
    assert leadings[0] == 0.9
    assert leadings[1] == leadings[2] != 0.9


def test_panels_are_boxes_or_discs() -> None:
    panels = [
        {"box": [1, 2, 3, 4], "fill": "blue", "radius": 1, "outline": 0.5},
        {"disc": [100, 200, 50], "fill": "ink", "minus": [90, 190, 40]},
    ]
    (composition,) = block_theme(with_headline(panels=panels)).compositions_for("headline", CARD)
    box, disc = composition.panels
    assert box == Panel(Area(1, 2, 3, 4), "#99ccff", 1, 0.5)
    assert disc == Panel(Area(75, 175, 50, 50), "#000000", 25, minus=Area(70, 170, 40, 40))


def test_inks_and_fills_colour_roles_of_one_composition() -> None:
    theme = block_theme(with_headline(inks={"date": "ground", "brand": "ground"}, fills={"date": "ink", "brand": "ink"}))
    (headline,), (quote,) = (theme.compositions_for(kind, CARD) for kind in ("headline", "quote"))
    assert (headline.roles["date"].colour, headline.roles["date"].fill) == ("#ffffff", "#000000")
    assert (quote.roles["date"].colour, quote.roles["date"].fill) == ("#000000", "")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"cards": {"cover": {}}},
            f"cover: expected one of all, {', '.join(PARTS)}, got a key",
        ),
        ({"cards": {"headline": {"og": {}}}}, "headline.og: expected one of wide, square, tall, got a key"),
        (with_headline(header=1), "headline.square.header: expected one of ground, panels, rows, "),
        (with_headline(headline={"box": [1, 2, 3]}), "headline.square.headline.box: expected [x, y, width, height] in px"),
        (
            with_headline(headline={"anchor": "left"}),
            "headline.square.headline.anchor: expected one of top, middle, bottom",
        ),
        (with_headline(headline={"align": "left"}), "headline.square.headline.align: expected one of start, centre, end"),
        (
            with_headline(headline={"px": [90, 30]}),
            "headline.square.headline.px: expected whole numbers in ascending order",
        ),
        (with_headline(headline={"px": [20, 30]}), "headline.square.headline.px: expected sizes from 25 px, which a feed"),
        (with_headline(headline={"bar": "gold"}), "colours.gold: expected a colour such as '#1a2b3c', got nothing"),
        (
            with_headline(headline={"ink": "ground"}),
            "headline.square.headline.ink: expected a contrast of 4.5:1 with #ffffff",
        ),
        (
            with_headline(panels=[{"box": BOX, "fill": "ink"}]),
            "headline.square.headline.ink: expected a contrast of 4.5:1 with #000000 behind it, got 1.00:1",
        ),
        (with_headline(panels=[{"box": BOX}]), "headline.square.panels[0].fill: expected text, got nothing"),
        (with_headline(panels=[{"disc": BOX, "fill": "ink"}]), "headline.square.panels[0].disc: expected [x, y, diameter]"),
        (with_headline(rows=[{"box": BOX, "title": 30}]), "headline.square.rows[0].title: expected one of box, label, kicker, "),
        (
            with_headline(rows=[{"box": BOX, "date": 20}]),
            "headline.square.rows[0].date: expected a whole number from 25 to",
        ),
        (with_headline(grow={"deck": 1}), "headline.square.grow.deck: expected one of headline, got a key"),
        (with_headline(inks={"bulet": "ink"}), "headline.square.inks.bulet: expected one of kicker, headline, "),
        (with_headline(tally={"box": BOX}), "headline.square.tally: expected one of ground, panels, "),
        (
            {"cards": {"figure": {"square": {"tally": {"box": BOX, "on": "ink", "off": "ink", "shape": "disc"}}}}},
            "figure.square.tally.shape: expected one of box, on, off, radius, outline",
        ),
        (with_headline(photo={"box": BOX}), "headline.square.photo: expected one of ground, panels, "),
        (
            {"cards": {"headline": {"square": [{"headline": {"box": BOX, "px": [30, 90], "lines": 2, "least_lines": 2}}]}}},
            "headline.square: expected `least_lines = 1` in the last composition",
        ),
    ],
)
def test_error_names_the_key(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(AssetInvalid) as caught:
        block_theme(changes)
    assert str(caught.value).removeprefix("blocks.toml: ").removeprefix("cards.").startswith(message)


def test_text_on_a_panel_is_judged_by_the_panel_s_colour() -> None:
    dark = with_headline(panels=[{"box": BOX, "fill": "ink"}], headline={"ink": "ground"})
    (composition,) = block_theme(dark).compositions_for("headline", CARD)
    assert composition.parts["headline"].role.colour == "#ffffff"


def test_large_type_needs_less_contrast() -> None:
    pale = {"colours": {"ground": "#ffffff", "ink": "#000000", "pale": "#888888"}}
    block_theme(pale | with_headline(headline={"ink": "pale", "px": [64, 90]}))
    with pytest.raises(AssetInvalid, match=r"headline.ink: expected a contrast of 4.5:1"):
        block_theme(pale | with_headline(headline={"ink": "pale", "px": [60, 90]}))
