"""Tests storing, reading and withdrawing articles by the API."""

import json

import pytest

from http_api.app import handler
from support.lambda_events import as_body, call, native
from support.team_tokens import EDITOR, TOKENS, VIEWER


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def put(headers=EDITOR, article_id: str = "ferry", **fields: object):
    return call(handler, "PUT", f"/articles/{article_id}", headers, as_body(native("ferry", **fields)))


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


def test_an_article_without_a_photograph_has_none(aws):
    put()
    assert call(handler, "GET", "/articles/ferry/photo", VIEWER).status == 404
    assert call(handler, "GET", "/articles/nobody/photo", VIEWER).status == 404
