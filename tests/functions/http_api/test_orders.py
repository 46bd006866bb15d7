"""Tests orders: the default set, variants with changes, and errors that name the field."""

import io
import json
import zipfile

import pytest
from PIL import Image

from http_api.app import handler
from support.lambda_events import call
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def order(**fields: object):
    return call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(fields).encode())


@pytest.mark.usefixtures("one_format")
def test_an_order_without_changes_is_the_default_set(aws):
    store_article(aws, "ferry")
    made = order()
    assert made.status == 201
    assert made.json == call(handler, "GET", "/cards/ferry").json


def test_a_changed_headline_makes_a_variant_and_keeps_the_article(aws):
    store_article(aws, "ferry")
    made = order(headline="Ferries, all night", kinds=["headline"], formats=["og", "square"], image_type="jpeg")
    assert made.status == 201
    assert [(card["kind"], card["format"], card["type"]) for card in made.json["cards"]] == [
        ("headline", "og", "jpeg"),
        ("headline", "square", "jpeg"),
    ]
    for card in made.json["cards"]:
        assert card["alt"] == "Ferries, all night"
        answer = call(handler, "GET", card["url"].removeprefix("https://cards.example"))
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert Image.open(io.BytesIO(answer.body)).size == (card["width"], card["height"])
    usual = call(handler, "GET", "/cards/ferry").json
    assert made.json["version"] != usual["version"]
    assert all("Harbour night ferries" in card["alt"] for card in usual["cards"] if card["kind"] == "headline")


def test_a_changed_headline_wins_over_titles_for_social_networks_and_is_meant_as_typed(aws):
    titles = {"all": "Ferries by night", "x": "Night ferries"}
    store_article(aws, "ferry", social_headlines=titles)
    cards = order(kinds=["headline"], formats=["og", "x", "square"]).json["cards"]
    assert [card["alt"] for card in cards] == ["Ferries by night", "Night ferries", "Ferries by night"]
    kicker = order(kinds=["headline"], formats=["og"], kicker="Islands").json["cards"]
    assert [card["alt"] for card in kicker] == ["Ferries by night"]
    for typed in ("Harbour night ferries", "The <b>ferry</b> &amp; its *crew*"):
        cards = order(kinds=["headline"], formats=["og", "x"], headline=typed).json["cards"]
        assert [card["alt"] for card in cards] == [typed, typed]


def test_an_order_may_change_theme_quote_bullet_and_kicker(aws):
    store_article(aws, "ferry")
    made = order(
        theme="broadsheet", quote={"text": "We will see.", "speaker": "Ida Holm"}, bullet="One fact", kicker="New", formats=["og"]
    )
    assert {card["alt"] for card in made.json["cards"] if card["kind"] != "headline"} >= {"One fact"}
    assert any("We will see" in card["alt"] for card in made.json["cards"])


def test_a_carousel_keeps_the_order_of_its_bullets(aws):
    store_article(aws, "ferry")
    order = {"kinds": ["carousel"], "formats": ["square"], "bullets": ["Second fact", "First fact"]}
    cards = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(order).encode()).json["cards"]
    assert [card["alt"] for card in cards[1:3]] == ["Second fact", "First fact"]


def test_an_order_of_questions_has_a_card_for_each(aws):
    pairs = [{"question": f"Who pays for ferry {number}?", "answer": "The town does."} for number in (1, 2)]
    store_article(aws, "ferry", questions=pairs)
    order = {"kinds": ["question"], "formats": ["square"], "kicker": "Fares"}
    made = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(order).encode()).json
    assert [(card["kind"], card["alt"]) for card in made["cards"]] == [
        ("question-1", "Who pays for ferry 1? The town does."),
        ("question-2", "Who pays for ferry 2? The town does."),
    ]
    answer = call(handler, "GET", "/cards/ferry.zip", VIEWER, query=f"version={made['version']}&kinds=question")
    names = zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert names[:-3] == ["ferry/question-1-square.jpg", "ferry/question-2-square.jpg"]  # the last three are texts
    assert call(handler, "GET", "/cards/ferry/question-2/square.jpg").headers["content-type"] == "image/jpeg"
    missing = call(handler, "GET", "/cards/ferry/question-3/square.jpg")
    assert (missing.status, call(handler, "GET", "/cards/ferry/question-13/square.jpg").status) == (404, 404)


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({"headline": 3}, 422, "headline"),
        ({"headline": "x" * 2000}, 422, "headline"),
        ({"quote": "said nobody"}, 422, "quotes[0]"),
        ({"kinds": ["poster"]}, 404, "kinds"),
        ({"kinds": "headline"}, 422, "kinds"),
        ({"formats": ["og", "billboard"]}, 404, "formats"),
        ({"theme": "none"}, 404, "theme"),
        ({"theme": ["none"]}, 404, "theme"),
        ({"image_type": "gif"}, 404, "image_type"),
        ({"title": "x"}, 422, "body"),
    ],
)
def test_an_invalid_order_names_the_field(aws, fields, status, field):
    store_article(aws, "ferry")
    answer = order(**fields)
    assert (answer.status, answer.json["field"]) == (status, field)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b'{"theme": }', "body: expected JSON, got a fault at line 1, column 11: expecting value"),
        (b"[" * 100_000, "body: expected JSON of a few levels, got hundreds of levels"),
        (b'["a", "b"]', "body: expected a JSON object, got a list of 2"),
    ],
)
def test_an_unreadable_order_says_where(aws, body, detail):
    store_article(aws, "ferry")
    answer = call(handler, "POST", "/cards/ferry", EDITOR, body)
    assert (answer.status, answer.json["detail"]) == (400, detail)
