"""Tests orders and previews with a photograph that an editor has added to the article."""

import io
import json

import pytest
from PIL import Image

from adapters.storage.added_photos import AddedPhoto, put_added_photo
from http_api.app import handler
from publishing.photo_preparation import prepare_file
from support.lambda_events import call
from support.photo_files import jpeg
from support.s3_calls import s3_calls
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER


@pytest.fixture
def orange(aws, one_format) -> str:
    """Adds an orange photograph to the article, which has none of its own, and returns its SHA-256."""
    aws.connect(TOKENS)
    store_article(aws)
    sha256 = prepare_file(aws.bucket, jpeg("orange", (1200, 800))).sha256
    put_added_photo(aws.bucket, "ferry", AddedPhoto(sha256, 1200, 800, 0))
    return sha256


def order(photo: object, **changes: object):
    body = {"kinds": ["headline"], "formats": ["og"], "photo": photo, **changes}
    return call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(body).encode())


def test_the_cards_of_a_post_show_its_photograph_and_the_story_stays_as_it_is(aws, orange):
    photo = {"sha256": orange, "credit": "Ida Holm", "alt": "An orange wall"}
    answer = order(photo)
    assert answer.status == 201, answer.json
    [card] = answer.json["cards"]
    assert card["photo"]["placement"] != "none"
    assert "Ida Holm" in " ".join(line for text in card["text"] for line in text["lines"])
    image = Image.open(io.BytesIO(call(handler, "GET", card["url"].removeprefix("https://cards.example")).body)).convert("RGB")
    colours = image.resize((40, 21)).get_flattened_data()
    assert sum(red > 200 and blue < 60 for red, _, blue in colours) > 100  # of 840
    assert "image" not in call(handler, "GET", "/articles/ferry", VIEWER).json
    versions = {
        order(change).json["version"]
        for change in (photo, photo | {"credit": "Jo Ek"}, photo | {"focal_point": [0.1, 0.2]}, photo | {"alt": "A wall"})
    }
    assert len(versions) == 4
    assert answer.json["version"] in versions
    preview = json.dumps({"kind": "headline", "format": "og", "photo": photo}).encode()
    shown = call(handler, "POST", "/cards/ferry/preview", VIEWER, preview)
    assert shown.body == call(handler, "GET", card["url"].removeprefix("https://cards.example")).body


def test_only_previews_that_may_show_the_photograph_read_it(aws, orange):
    """Each preview of a post read and opened it, which took half of the time of a quote."""

    def reads(kind: str) -> int:
        body = {"kind": kind, "format": "og", "photo": {"sha256": orange, "credit": "Ida Holm"}, "size": 400}
        with s3_calls() as calls:
            assert call(handler, "POST", "/cards/ferry/preview", VIEWER, json.dumps(body).encode()).status == 200
        assert set(calls) == {"GetObject"}
        return len(calls)

    without = reads("bullet")  # the article, and that the photograph was added
    assert reads("headline") == reads("carousel-1") == without + 1
    assert reads("headline") == without + 1, "it may have been taken back since"


def test_a_focal_point_of_the_post_is_that_of_its_photograph(aws, orange):
    photo = {"sha256": orange, "credit": "Ida Holm"}
    placed = order(photo, focal_point=[0.9, 0.9]).json["version"]
    assert placed == order(photo | {"focal_point": [0.9, 0.9]}).json["version"]
    assert placed == order(photo | {"focal_point": [0.1, 0.1]}, focal_point=[0.9, 0.9]).json["version"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"credit": ""}, "photo.credit"),
        ({"credit": None}, "photo.credit"),
        ({"credit": " \u200b "}, "photo.credit"),
        ({"credit": 7}, "photo.credit"),
        ({"credit": "x" * 1001}, "photo.credit"),
        ({"alt": ["x"]}, "photo.alt"),
        ({"focal_point": [2, 0]}, "photo.focal_point[0]"),
        ({"focal_point": "middle"}, "photo.focal_point"),
        ({"sha256": "0" * 64}, "photo.sha256"),
        ({"sha256": "../articles/ferry/article"}, "photo.sha256"),
        ({"sha256": None}, "photo.sha256"),
        ({"url": "https://elsewhere.example/x.jpg"}, "photo"),
    ],
)
def test_a_photograph_needs_a_credit_and_must_have_been_added(aws, orange, change, field):
    answer = order({"sha256": orange, "credit": "Ida Holm", **change})
    assert (answer.status, answer.json.get("field")) == (422, field)


def test_a_photograph_of_another_article_cannot_be_used(aws, orange):
    store_article(aws, "tram")
    body = json.dumps({"photo": {"sha256": orange, "credit": "Ida Holm"}}).encode()
    assert call(handler, "POST", "/cards/tram", EDITOR, body).json["field"] == "photo.sha256"
    assert order("https://elsewhere.example/x.jpg").json["field"] == "photo"


def test_a_format_can_have_a_photograph_of_its_own(aws, orange):
    own = {"og": {"photo": {"sha256": orange, "credit": "Ida Holm"}}}
    body = {"kinds": ["headline"], "formats": ["og"], "format_changes": own}
    answer = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(body).encode())
    assert answer.json["cards"][0]["photo"]["placement"] != "none"
    body["format_changes"] = {"og": {"photo": {"sha256": "0" * 64, "credit": "Ida Holm"}}}
    refused = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(body).encode())
    assert (refused.status, refused.json["field"]) == (422, "format_changes.og.photo.sha256")


def test_a_shared_post_shows_its_photograph_and_no_post_is_saved_with_one_that_was_not_added(aws, orange):
    changes = {"photo": {"sha256": orange, "credit": "Ida Holm"}, "focal_point": [0.5, 0.5]}
    post = {"name": "Friday", "changes": changes, "status": "shared"}
    saved = call(handler, "POST", "/articles/ferry/posts", EDITOR, json.dumps(post).encode())
    assert saved.status == 201, saved.json
    plain = call(handler, "POST", "/articles/ferry/posts", EDITOR, json.dumps(post | {"changes": {}}).encode())
    assert saved.json["card"]["version"] != plain.json["card"]["version"]
    page = call(handler, "GET", saved.json["share_url"].removeprefix("https://cards.example"))
    assert saved.json["card"]["url"].encode() in page.body
    changes["photo"]["sha256"] = "0" * 64
    refused = call(handler, "POST", "/articles/ferry/posts", EDITOR, json.dumps(post).encode())
    assert (refused.status, refused.json["field"]) == (422, "photo.sha256")
