import io
import json
import zipfile

import pytest
from PIL import Image

from adapters.errors import ConfigInvalid, TokenInvalid
from adapters.web.tokens import authorise, parse_tokens
from http_api.app import handler
from http_api.cards import zip_download
from support.lambda_events import as_body, call, native
from support.team_tokens import EDITOR, TOKENS, VIEWER


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def put(headers=EDITOR, article_id: str = "ferry", **fields: object):
    return call(handler, "PUT", f"/articles/{article_id}", headers, as_body(native("ferry", **fields)))


def order(**fields: object):
    return call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(fields).encode())


@pytest.mark.parametrize(
    ("method", "path", "viewer_may"),
    [
        ("GET", "/articles/ferry", True),
        ("GET", "/cards/ferry.zip", True),
        ("PUT", "/articles/ferry", False),
        ("DELETE", "/articles/ferry", False),
        ("POST", "/cards/ferry", False),
    ],
)
def test_each_call_requires_its_role(aws, method, path, viewer_may):
    put()
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic YTpi"}, {"authorization": "Bearer "}):
        answer = call(handler, method, path, headers)
        assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert (call(handler, method, path, VIEWER).status == 403) is not viewer_may


def test_an_empty_secret_accepts_no_token():
    with pytest.raises(TokenInvalid):
        authorise("no-such-secret", EDITOR["authorization"], "viewer")


def test_stores_returns_and_enqueues_an_article(aws):
    first = put()
    assert (first.status, first.json) == (201, {"article_id": "ferry", "article": "stored"})
    assert put().status == 200
    stored = call(handler, "GET", "/articles/ferry", VIEWER)
    assert stored.json["headline"] == native("ferry")["headline"]
    assert stored.headers["cache-control"] == "private, no-cache"
    assert json.loads(aws.messages()[0]["Body"]).items() >= {"source": "api", "article_id": "ferry"}.items()


def test_rejects_an_older_revision(aws):
    put(updated_at="2026-03-02T10:00:00Z", headline="Newer")
    assert put(headline="Older").status == 409
    assert call(handler, "GET", "/articles/ferry", VIEWER).json["headline"] == "Newer"


def test_rejects_an_invalid_article_or_a_different_id(aws):
    wrong = put(article_id="other")
    assert (wrong.status, wrong.json["field"]) == (422, "id")
    assert put(headline=7).json["field"] == "headline"
    assert call(handler, "PUT", "/articles/ferry", EDITOR, b"{").status == 422
    assert call(handler, "GET", "/articles/nobody", VIEWER).status == 404
    assert call(handler, "PUT", "/articles/ferry", EDITOR, b"x" * ((1 << 20) + 1)).status == 413
    assert aws.list_keys() == []


def test_delete_withdraws_the_article(aws):
    put(updated_at="2027-01-01T10:00:00Z")  # a clock that is ahead
    assert call(handler, "DELETE", "/articles/ferry", EDITOR).status == 204
    assert call(handler, "DELETE", "/articles/ferry", EDITOR).status == 204
    assert call(handler, "GET", "/cards/ferry").status == 410
    assert call(handler, "GET", "/articles/ferry", VIEWER).json["status"] == "withdrawn"
    assert call(handler, "DELETE", "/articles/nobody", EDITOR).status == 404
    assert len(aws.messages()) == 3


def test_an_order_without_changes_is_the_default_set(aws):
    put()
    made = order()
    assert made.status == 201
    assert made.json == call(handler, "GET", "/cards/ferry").json


def test_a_changed_headline_makes_a_variant_and_keeps_the_article(aws):
    put()
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
    assert all("all night from Friday" in card["alt"] for card in usual["cards"] if card["kind"] == "headline")


def test_an_order_may_change_theme_quote_bullet_and_kicker(aws):
    put()
    made = order(
        theme="broadsheet", quote={"text": "We will see.", "speaker": "Ida Holm"}, bullet="One fact", kicker="New", formats=["og"]
    )
    assert {card["alt"] for card in made.json["cards"] if card["kind"] != "headline"} >= {"One fact"}
    assert any("We will see" in card["alt"] for card in made.json["cards"])


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
    put()
    answer = order(**fields)
    assert (answer.status, answer.json["field"]) == (status, field)


def test_downloads_a_set_as_a_zip_and_a_large_one_through_s3(aws, monkeypatch):
    put()
    answer = call(handler, "GET", "/cards/ferry.zip", VIEWER)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/zip")
    name = "Harbour ferries run all night from Friday - cards.zip"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    names = zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert len(names) == 25
    assert {"ferry/manifest.json", "ferry/headline-og.png"} < set(names)
    monkeypatch.setattr(zip_download, "MAX_DIRECT", 1000)
    away = call(handler, "GET", "/cards/ferry.zip", VIEWER)
    assert (away.status, away.body) == (303, b"")
    assert "X-Amz-Expires=300" in away.headers["location"] or "Expires=" in away.headers["location"]
    [key] = aws.list_keys("downloads/")
    assert aws.body(key) == answer.body


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ("tokens = 1", "tokens"),
        ("[tokens", "tokens"),
        ("[tokens]\ndesk = 1", "tokens.desk"),
        ('[tokens.desk]\nsha256 = "abc"\nrole = "viewer"', "tokens.desk.sha256"),
        (f'[tokens.desk]\nsha256 = "{"a" * 64}"\nrole = "owner"', "tokens.desk.role"),
    ],
)
def test_an_invalid_table_of_tokens_names_the_key(document, field):
    with pytest.raises(ConfigInvalid) as error:
        parse_tokens(document)
    assert error.value.field == field


def test_a_document_without_tokens_has_none():
    assert parse_tokens("") == ()
