"""Tests storing, reading and withdrawing articles by the API."""

import io
import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from adapters.storage import article_store
from adapters.storage.article_store import find_article
from adapters.storage.s3_objects import head_object, put_object
from adapters.web.responses import MAX_DIRECT
from http_api.app import handler
from support.lambda_events import as_body, call, native
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER

LONG_AGO = "Sun, 01 Mar 2020 12:00:00 GMT"


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


def test_if_match_protects_the_changes_of_another_editor(aws):
    put()
    seen = call(handler, "GET", "/articles/ferry", VIEWER).headers["etag"]
    assert put(EDITOR | {"if-match": f'"x", {seen}'}, headline="Mine").status == 200
    for headers in ({"if-match": seen}, {"if-match": f"W/{seen}"}, {"if-none-match": "*"}, {"if-unmodified-since": LONG_AGO}):
        assert put(EDITOR | headers, headline="Theirs").status == 412
        assert call(handler, "DELETE", "/articles/ferry", EDITOR | headers).status == 412
    assert find_article(aws.bucket, "ferry").article.headline == "Mine"
    assert put(EDITOR | {"if-match": "*"}).status == put(EDITOR | {"if-unmodified-since": "no date"}).status == 200
    newest = call(handler, "GET", "/articles/ferry", VIEWER).headers["etag"]
    assert call(handler, "DELETE", "/articles/ferry", EDITOR | {"if-match": newest}).status == 204


def test_if_match_needs_an_article_and_if_none_match_needs_none(aws):
    assert put(EDITOR | {"if-match": "*"}).status == 412
    assert put(EDITOR | {"if-none-match": "*"}).status == 201


def test_a_read_may_be_conditional_too(aws):
    put()
    etag = call(handler, "GET", "/articles/ferry", VIEWER).headers["etag"]
    conditions = {"if-match": etag}, {"if-match": '"x"'}, {"if-unmodified-since": LONG_AGO}
    assert [call(handler, "GET", "/articles/ferry", VIEWER | condition).status for condition in conditions] == [200, 412, 412]


def test_stores_a_revision_that_is_dated_before_the_stored_one(aws):
    put(updated_at="2026-03-02T10:00:00Z", headline="Dated later")
    assert put(headline="Put later").status == 200
    assert call(handler, "GET", "/articles/ferry", VIEWER).json["headline"] == "Put later"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_replaces_a_revision_that_is_stored_during_the_call(aws, monkeypatch, method):
    put()
    interruptions = [datetime.now(UTC) + timedelta(hours=hours) for hours in (1, 2)]

    def interrupted(bucket: str, key: str) -> object:
        found = head_object(bucket, key)
        if interruptions:  # two other writers are faster, and their clocks run ahead
            store_article(aws, "ferry", interruptions.pop(0), updated_at=None, headline="In between")
        return found

    monkeypatch.setattr(article_store, "head_object", interrupted)
    assert call(handler, method, "/articles/ferry", EDITOR, as_body(native("ferry", headline="Mine"))).status in (200, 204)
    stored = find_article(aws.bucket, "ferry").article
    assert stored.status == "withdrawn" if method == "DELETE" else stored.headline == "Mine"


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
    assert b"Harbour" not in aws.body("articles/ferry/article.json") + aws.body("articles/ferry/source.json")
    assert call(handler, "DELETE", "/articles/nobody", EDITOR).status == 404
    assert len(aws.messages()) == 3


def test_a_photograph_fits_a_lambda_response(aws):
    """Noise does not compress: stored, it has more than Lambda returns in base64."""
    noise = io.BytesIO()
    Image.frombytes("RGB", (2400, 2400), random.Random(1).randbytes(2400 * 2400 * 3)).save(noise, "JPEG", quality=90)
    url, sha256 = "https://images.example/a.jpg", "0" * 64
    put(image={"url": url})
    put_object(aws.bucket, f"photos/{sha256}.jpg", noise.getvalue(), ContentType="image/jpeg")
    put_object(aws.bucket, "articles/ferry/photo.json", json.dumps({"url": url, "sha256": sha256}).encode())
    answer = call(handler, "GET", "/articles/ferry/photo", VIEWER)
    assert (answer.status, answer.headers["content-length"]) == (200, str(len(answer.body)))
    assert Image.open(io.BytesIO(answer.body)).size == (2400, 2400)
    assert len(noise.getvalue()) > MAX_DIRECT > len(answer.body)


def test_an_article_without_a_photograph_has_none(aws):
    put()
    assert call(handler, "GET", "/articles/ferry/photo", VIEWER).status == 404
    assert call(handler, "GET", "/articles/nobody/photo", VIEWER).status == 404
