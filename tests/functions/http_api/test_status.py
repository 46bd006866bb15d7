"""Tests what an open page polls: that it is small, cheap, conditional, and names whatever has changed."""

import json
from datetime import UTC, datetime

import pytest

from adapters.clients import s3
from adapters.storage.article_store import CHANGED_BY, find_article, put_if_newer, put_over
from adapters.storage.ownership import EDITORS, PULLED
from cms_webhook.app import handler as webhook
from http_api.app import handler
from http_api.request_context import RequestContext
from storycard.ingest import read_native
from support.lambda_events import as_body, call, native, signed
from support.s3_calls import s3_calls
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER

pytestmark = pytest.mark.usefixtures("one_format")
PATH = "/articles/ferry/status"


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def status(headers: dict[str, str] = VIEWER, **conditions: str):
    return call(handler, "GET", PATH, headers | {name.replace("_", "-"): value for name, value in conditions.items()})


def send(aws, **fields: object) -> None:
    """Sends a revision by webhook."""
    body = as_body(native("ferry", **fields))
    assert call(webhook, "POST", "/webhooks/desk", signed(body, f"event-{hash(body)}"), body).status == 202


def publish() -> None:
    assert call(handler, "GET", "/cards/ferry").status == 200  # quicker than the worker, and the same set


def test_has_the_row_of_the_list_and_the_live_version(aws):
    send(aws)
    publish()
    answer = status()
    manifest = call(handler, "GET", "/cards/ferry").json
    [row] = call(handler, "GET", "/articles", VIEWER).json["articles"]
    assert answer.status == 200
    assert answer.json == row | {
        "article_etag": call(handler, "GET", "/articles/ferry", VIEWER).headers["etag"],
        "changed_by": "desk",
        "version": manifest["version"],
        "rendered_at": manifest["rendered_at"],
        "posts": [],
    }
    assert answer.headers["cache-control"] == "private, no-cache"
    assert len(answer.body) < 1500


def test_is_unchanged_until_something_changes(aws):
    send(aws)
    etag = status().headers["etag"]
    assert (status(if_none_match=etag).status, status(if_none_match=etag).body) == (304, b"")
    publish()
    live = status(if_none_match=etag)
    assert (live.status, live.json["state"]) == (200, "live")
    assert status(if_none_match=live.headers["etag"]).status == 304
    send(aws, headline="Harbour ferries do NOT run all night", updated_at="2026-03-02T10:00:00Z")
    corrected = status(if_none_match=live.headers["etag"])
    assert (corrected.status, corrected.json["state"], corrected.json["version"]) == (200, "rendering", live.json["version"])
    assert corrected.json["headline"] == "Harbour ferries do NOT run all night"
    publish()
    assert status().json["version"] != live.json["version"]
    head = call(handler, "HEAD", PATH, VIEWER)
    assert (head.status, head.body, head.headers) == (200, b"", status().headers)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"status": "draft"}, "draft"),
        ({"embargo_until": "2100-01-01T00:00:00Z"}, "embargoed"),
        ({}, "rendering"),
    ],
)
def test_an_article_without_public_cards_has_no_version(aws, fields, state):
    send(aws, **fields)
    answer = status().json
    assert answer["state"] == state
    assert not {"version", "rendered_at", "notices", "thumbnail"} & set(answer)
    assert answer["article_etag"].startswith('"')


def test_a_withdrawal_says_who_withdrew(aws):
    send(aws)
    publish()
    assert call(handler, "DELETE", "/articles/ferry", EDITOR).status == 204
    answer = status().json
    assert (answer["state"], answer["changed_by"]) == ("withdrawn", "editor")
    assert not {"version", "thumbnail"} & set(answer)


def test_names_the_editor_who_changed_the_article_of_a_source(aws):
    send(aws)
    assert call(handler, "PUT", "/articles/ferry", EDITOR, as_body(native("ferry", headline="Ferries"))).status == 200
    assert status().json["changed_by"] == "editor"
    assert find_article(aws.bucket, "ferry").owner == "desk"


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("zoë@paper.example", "zoë@paper.example"),
        ("редактор " * 20, ("редактор " * 20)[:64]),
        ("\ud800", "?"),
        (" a\nb ", " a\nb "),
    ],
)
def test_a_name_in_any_script_is_stored(aws, name, stored):
    article = read_native(as_body(native("ferry")))
    put_over(aws.bucket, article, b"", datetime.now(UTC), changed_by=name)
    assert find_article(aws.bucket, "ferry").changed_by == stored


def test_names_neither_api_nor_cms_in_parentheses(aws):
    body = as_body(native("ferry"))
    for sender, name in ((EDITORS, "api"), (PULLED, "cms")):
        put_over(aws.bucket, read_native(body), body, datetime.now(UTC), sender=sender)
        assert find_article(aws.bucket, "ferry").changed_by in (name, "api")
    put_if_newer(aws.bucket, read_native(as_body(native("tram"))), body, datetime.now(UTC), sender=PULLED)
    assert find_article(aws.bucket, "tram").changed_by == "cms"


def test_reads_an_article_that_an_earlier_release_stored(aws):
    send(aws)
    key = "articles/ferry/article.json"
    stored = s3().get_object(Bucket=aws.bucket, Key=key)
    old = {name: value for name, value in stored["Metadata"].items() if name != CHANGED_BY}
    assert old != stored["Metadata"]
    s3().put_object(Bucket=aws.bucket, Key=key, Body=stored["Body"].read(), Metadata=old)
    answer = status()
    assert (answer.status, "changed_by" in answer.json) == (200, False)


def test_repeats_the_notices_of_the_set(aws):
    send(aws)
    publish()
    manifest = json.loads(aws.body("cards/ferry/manifest.json"))
    stored = s3().head_object(Bucket=aws.bucket, Key="cards/ferry/manifest.json")
    body = json.dumps(manifest | {"notices": ["These cards are without their photograph."]}).encode()
    s3().put_object(Bucket=aws.bucket, Key="cards/ferry/manifest.json", Body=body, Metadata=stored["Metadata"])
    assert status().json["notices"] == ["These cards are without their photograph."]


def test_lists_the_posts_with_their_etags(aws):
    send(aws)
    before = status().headers["etag"]
    for key in ("posts/ferry/abcdefghij.json", "posts/ferry-2/zzzzzzzzzz.json", "posts/ferry/abcdefghij/note.json"):
        s3().put_object(Bucket=aws.bucket, Key=key, Body=b"{}")
    etag = s3().head_object(Bucket=aws.bucket, Key="posts/ferry/abcdefghij.json")["ETag"]
    answer = status(if_none_match=before)
    assert (answer.status, answer.json["posts"]) == (200, [{"post": "abcdefghij", "etag": etag}])


def test_makes_few_calls_to_s3_and_no_cards(aws):
    send(aws)
    keys = aws.list_keys()
    with s3_calls() as calls:
        status()
    assert sorted(calls) == ["GetObject", "GetObject", "GetObject", "ListObjectsV2"]  # article, manifest, failure; posts
    assert aws.list_keys() == keys
    publish()
    for _ in range(2):
        with s3_calls() as calls:
            etag = status().headers["etag"]
        assert calls == ["GetObject", "GetObject", "ListObjectsV2"]
    with s3_calls() as calls:
        assert status(if_none_match=etag).status == 304
    assert len(calls) == 3
    send(aws, headline="Ferries", updated_at="2026-03-02T10:00:00Z")
    with s3_calls() as calls:
        status()
    assert len(calls) <= 5  # and the photograph's record


def test_is_for_the_team_only(aws):
    assert status({}).status == 401
    assert status().status == 404
    assert call(handler, "GET", "/articles/a%2Fb/status", VIEWER).status == 400
    store_article(aws)
    assert status().status == 200


def test_a_context_without_a_caller_has_no_name():
    assert RequestContext(None, None, 0.0).caller_name == ""
