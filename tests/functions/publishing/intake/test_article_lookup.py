"""Looks up articles that no webhook delivered, from a CMS that is a real HTTP server on this machine."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import render_worker.app
from adapters.config.settings import settings
from adapters.errors import ArticleSourceDown
from adapters.storage import leases
from adapters.storage.article_store import find_article
from adapters.storage.freshness import find_freshness, put_freshness
from adapters.storage.negative_cache import put_miss
from adapters.storage.ownership import Sender
from adapters.storage.s3_objects import head_object, put_object
from http_api.app import handler
from publishing.intake import article_lookup
from publishing.intake.article_lookup import refresh_article, stored_article
from storycard.design.kinds import KINDS
from support.cms_webhooks import send_article
from support.lambda_events import Context, as_body, call, native
from support.metrics import measured
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS
from support.web_server import page, web_server

pytestmark = pytest.mark.usefixtures("one_format")  # renders less


@pytest.fixture
def cms(aws):
    with web_server() as site:
        aws.connect(f"""{TOKENS}
[cms]
url = "{site.base_url}/articles/{{id}}?full=1"
format = "native"
headers = {{ Authorization = "Bearer of the CMS" }}
""")
        yield site


def test_fetches_an_article_by_a_table(aws):
    story = {"data": {"type": "node--article", "id": "12", "attributes": {"title": "Ferries run all night", "status": True}}}
    table = "[cms.map]\nonly = \"data.type == 'node--article'\"\nid = 'data.id'\nheadline = 'data.attributes.title'\n"
    with web_server() as site:
        aws.connect(f'[cms]\nurl = "{site.base_url}/{{id}}"\nlanguage = "en"\n{table}status = "data.attributes.status"\n')
        site.pages["/12"] = page(as_body(story))
        site.pages["/13"] = page(as_body({"data": story["data"] | {"id": "13", "type": "node--page"}}))
        site.pages["/14"] = page(as_body({"data": story["data"] | {"id": "14", "attributes": {"title": "x", "status": False}}}))
        assert [get(f"/cards/{number}/headline/og.png").status for number in (12, 13, 14)] == [200, 404, 404]
        assert find_article(aws.bucket, "12").article.headline == "Ferries run all night"


@pytest.mark.parametrize("gone", [{"id": "7", "deleted": True}, {"id": "7", "state": "trash"}])
def test_an_article_that_the_table_says_is_gone_is_withdrawn(aws, gone):
    """Covers CMSs that answer for a deleted article, without its content."""
    table = (
        '[cms.map]\nid = "id"\nheadline = "title"\nwithdrawn = "deleted"\nstatus = "state"\nclosed = "contains(tags, \'x\')"\n'
    )
    with web_server() as site:
        aws.connect(f'[cms]\nurl = "{site.base_url}/{{id}}"\nlanguage = "en"\n{table}')
        site.pages["/7"] = page(as_body({"id": "7", "title": "Ferries run all night", "tags": []}))
        assert get("/cards/7/headline/og.png").status == 200
        site.pages["/7"] = page(as_body(gone))
        put_freshness(aws.bucket, "7", replace(find_freshness(aws.bucket, "7"), until=datetime.now(UTC)))
        assert get("/cards/7/headline/og.png").status == 410


def publish(cms, article_id: str = "ferry", **fields: object) -> None:
    cms.pages[f"/articles/{article_id}?full=1"] = page(as_body(native(article_id, **fields)))


def get(path: str):
    return call(handler, "GET", path)


def test_fetches_stores_and_renders_an_article_that_was_never_delivered(aws, cms):
    publish(cms)
    assert get("/cards/ferry/headline/og.png").status == 200
    assert get("/cards/ferry/bullet/og.png").status == 200
    [request] = cms.requests
    assert request.headers["authorization"] == "Bearer of the CMS"
    assert find_article(aws.bucket, "ferry").article.headline == "Harbour night ferries"
    aws.pump(render_worker.app.handler, Context())
    assert len([key for key in aws.list_keys("cards/ferry/") if key.endswith(("png", "jpg"))]) == len(KINDS)


def test_stack_parameters_configure_the_cms_without_a_secret(aws, cms):
    publish(cms)
    aws.connect("")
    named = replace(settings(), cms_url=f"{cms.base_url}/articles/{{id}}?full=1", cms_format="native")
    assert stored_article(named, "ferry").article.id == "ferry"
    assert "authorization" not in cms.requests[0].headers


def test_without_a_cms_an_unknown_article_is_unknown(aws):
    assert get("/cards/ferry/headline/og.png").status == 404
    assert aws.list_keys("lookups/") == []


def test_concurrent_requests_ask_the_cms_once(aws, cms):
    cms.pages["/articles/ferry?full=1"] = page(as_body(native("ferry")), delay=0.3)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: stored_article(settings(), "ferry"), range(8)))
    assert [stored.article.id for stored in found] == ["ferry"] * 8
    assert len(cms.requests) == 1


def test_asks_once_for_an_absent_article_and_again_after_a_minute(aws, cms):
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: stored_article(settings(), "ferry"), range(8))) == [None] * 8
    assert get("/cards/ferry/headline/og.png").status == 404
    assert len(cms.requests) == 1
    until = datetime.fromisoformat(head_object(aws.bucket, "lookups/ferry").metadata["until"])
    assert timedelta(seconds=50) < until - datetime.now(UTC) < timedelta(seconds=60)
    put_miss(aws.bucket, "ferry", "absent", -1)  # as if the minute had passed
    publish(cms)
    assert get("/cards/ferry/headline/og.png").status == 200


def test_ignores_a_lease_that_an_earlier_release_kept_among_the_misses(aws, cms):
    publish(cms)
    until = (datetime.now(UTC) + timedelta(seconds=60)).isoformat()
    put_object(aws.bucket, "lookups/ferry", b"", Metadata={"state": "asking", "until": until})
    assert stored_article(settings(), "ferry").article.id == "ferry"


def test_a_delivered_article_is_found_despite_a_cached_miss(aws, cms):
    assert get("/cards/ferry").status == 404
    store_article(aws)
    assert get("/cards/ferry").status == 200


@pytest.mark.parametrize(
    "fields",
    [{"id": "tram"}, {"headline": ""}, {"status": "draft"}, {"status": "withdrawn"}, {"language": 3}],
)
def test_an_article_that_cannot_be_used_is_unknown(aws, cms, fields, caplog):
    publish(cms, **fields)
    assert get("/cards/ferry").status == 404
    assert get("/cards/tram").status == 404
    assert aws.list_keys("articles/") == []
    assert ("cannot be used" in caplog.text) == ("status" not in fields)


@pytest.mark.parametrize("answer", [page(b"", 500), page(b"", 302, Location="https://elsewhere.example/"), page(b"", 429)])
def test_answers_503_and_does_not_ask_again_soon_if_the_cms_is_down(aws, cms, answer, caplog):
    cms.pages["/articles/ferry?full=1"] = answer
    first = get("/cards/ferry")
    assert (first.status, first.json["title"]) == (503, "This article cannot be looked up just now")
    assert cms.base_url not in first.body.decode()
    assert get("/cards/ferry").status == 503
    assert len(cms.requests) == 1
    assert "the CMS does not answer for ferry" in caplog.text


def test_an_embargoed_article_is_stored_but_unknown_to_the_public(aws, cms):
    publish(cms, embargo_until="2999-01-01T00:00:00Z")
    assert get("/cards/ferry").status == 404
    assert find_article(aws.bucket, "ferry") is not None
    assert len(aws.messages()) == 1  # for the worker, which schedules the end of the embargo


def test_takes_over_the_lookup_of_a_process_that_died(aws, cms, monkeypatch):
    publish(cms)
    put_object(aws.bucket, "leases/lookups/ferry", b"")
    with monkeypatch.context() as patch:
        patch.setattr(article_lookup, "WAIT", 0.3)
        with pytest.raises(ArticleSourceDown):
            stored_article(settings(), "ferry")
    monkeypatch.setattr(leases, "LEASE", timedelta(0))
    assert stored_article(settings(), "ferry").article.id == "ferry"


def test_refetches_an_article_announced_by_its_id_alone(aws, cms):
    publish(cms)
    stored_article(settings(), "ferry")
    publish(cms, headline="Corrected", updated_at="2026-03-02T10:00:00Z")
    refresh_article(settings(), "ferry", Sender("desk"))
    assert find_article(aws.bucket, "ferry").article.headline == "Corrected"
    with pytest.raises(LookupError, match="no such article"):
        refresh_article(settings(), "tram", Sender("desk"))
    aws.connect("")
    with pytest.raises(LookupError, match=r"\[cms\]"):
        refresh_article(settings(), "ferry", Sender("desk"))


REFUSALS = [
    (page(b'{"code": "rest_forbidden", "data": {"status": 401}}', 401), False),  # WordPress, without a key
    (page(b'{"code": "rest_forbidden", "data": {"status": 403}}', 403), False),  # and with one
    (page(b'{"code": "incorrect_password", "data": {"status": 401}}', 401), True),
    (page(b"", 401), True),
    (page(b'["not an object"]', 403), True),
]


@pytest.mark.parametrize(("refusal", "may_be_the_key"), REFUSALS)
def test_a_refused_article_is_answered_like_an_unknown_one(aws, cms, refusal, may_be_the_key, capsys):
    cms.pages["/articles/draft?full=1"] = refusal
    refused, unknown = get("/cards/draft/headline/og.png"), get("/cards/nobody/headline/og.png")
    assert (refused.status, refused.body, refused.headers) == (404, unknown.body, unknown.headers)
    assert get("/cards/draft").json == get("/cards/nobody").json | {
        "detail": "There is no published article with the ID 'draft'.",
        "instance": "/cards/draft",
    }
    assert head_object(aws.bucket, "lookups/draft").metadata["state"] == "absent"
    counted = measured(capsys)
    assert "CmsLookupsFailed" not in counted
    assert ("CmsLookupsRefused" in counted) == may_be_the_key


def due(aws, article_id: str = "ferry") -> None:
    """Ends the time for which a fetched article counts as fresh."""
    found = find_freshness(aws.bucket, article_id)
    put_freshness(aws.bucket, article_id, replace(found, until=datetime.now(UTC)))


def test_a_fetched_article_is_fetched_again_after_a_time(aws, cms):
    publish(cms)
    for _ in range(3):
        assert stored_article(settings(), "ferry").article.headline == native("ferry")["headline"]
    assert len(cms.requests) == 1
    until = find_freshness(aws.bucket, "ferry").until
    assert timedelta(seconds=290) < until - datetime.now(UTC) <= timedelta(seconds=300)
    publish(cms, headline="Corrected", updated_at="2026-03-02T10:00:00Z")
    due(aws)
    assert stored_article(settings(), "ferry").article.headline == "Corrected"
    assert len(cms.requests) == 2
    assert stored_article(settings(), "ferry").article.headline == "Corrected"
    assert len(cms.requests) == 2


def test_refetches_conditionally_with_the_validators_of_the_cms(aws, cms):
    validators = {"ETag": '"v1"', "Last-Modified": "Sun, 01 Mar 2026 12:00:00 GMT"}
    cms.pages["/articles/ferry?full=1"] = page(as_body(native("ferry")), **validators)
    stored_article(settings(), "ferry")
    cms.pages["/articles/ferry?full=1"] = page(b"", 304, **validators)
    for _ in range(2):
        due(aws)
        assert stored_article(settings(), "ferry").article.status == "published"
        asked = cms.requests[-1].headers
        assert (asked["if-none-match"], asked["if-modified-since"]) == ('"v1"', "Sun, 01 Mar 2026 12:00:00 GMT")
    assert len(cms.requests) == 3


GONE = {
    "deleted": page(b"", 404),
    "gone": page(b"", 410),
    "private": page(b'{"code": "rest_forbidden"}', 401),
    "forbidden": page(b"", 403),
    "draft": page(as_body(native("ferry", status="draft"))),
}


@pytest.mark.parametrize("answer", GONE.values(), ids=GONE)
def test_an_article_that_the_cms_took_back_is_withdrawn(aws, cms, answer):
    publish(cms)
    stored_article(settings(), "ferry")
    cms.pages["/articles/ferry?full=1"] = answer
    due(aws)
    assert get("/cards/ferry/headline/og.png").status == 410
    assert find_article(aws.bucket, "ferry").article.status == "withdrawn"


def test_what_the_cms_took_back_leaves_no_cards_and_comes_back_with_its_old_date(aws, cms):
    publish(cms)
    assert get("/cards/ferry/headline/og.png").status == 200
    aws.pump(render_worker.app.handler, Context())
    cms.pages["/articles/ferry?full=1"] = GONE["deleted"]
    due(aws)
    assert get("/cards/ferry/headline/og.png").status == 410
    aws.pump(render_worker.app.handler, Context())
    assert aws.list_keys("cards/ferry/") == []
    assert aws.body("articles/ferry/source.json") == aws.body("articles/ferry/article.json")  # its tombstone
    assert aws.events()[-1]["detail-type"] == "Cards Withdrawn"
    publish(cms)  # as it was, with its old date
    due(aws)
    assert get("/cards/ferry/headline/og.png").status == 200


@pytest.mark.parametrize("answer", [page(b"", 500), page(b"", 429), page(b"<html>Log in</html>")])
def test_the_stored_article_is_served_while_the_cms_is_down(aws, cms, answer):
    publish(cms)
    assert get("/cards/ferry/headline/og.png").status == 200
    cms.pages["/articles/ferry?full=1"] = answer
    due(aws)
    for _ in range(3):
        assert get("/cards/ferry/headline/og.png").status == 200
    assert len(cms.requests) == 2


def test_one_request_at_a_time_fetches_an_article_again(aws, cms):
    publish(cms)
    stored_article(settings(), "ferry")
    due(aws)
    cms.pages["/articles/ferry?full=1"] = page(as_body(native("ferry")), delay=0.5)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: stored_article(settings(), "ferry"), range(8)))
    assert [stored.article.id for stored in found] == ["ferry"] * 8
    assert len(cms.requests) == 2


@pytest.mark.parametrize("sent_by", ["an editor", "a webhook"])
def test_an_article_that_was_sent_is_never_fetched(aws, cms, sent_by):
    publish(cms)
    stored_article(settings(), "ferry")
    newer = native("ferry", headline="Sent", updated_at="2026-03-02T10:00:00Z")
    if sent_by == "an editor":
        assert call(handler, "PUT", "/articles/ferry", EDITOR, as_body(newer)).status == 200
    else:
        assert send_article(**newer).status == 202
    cms.pages.clear()
    due(aws)
    assert stored_article(settings(), "ferry").article.headline == "Sent"
    assert len(cms.requests) == 1


def test_a_missing_connections_secret_configures_no_cms(aws):
    settings_without = article_lookup.load_connections(replace(settings(), connections_secret="no-such-secret"))
    assert settings_without.cms is None
