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
from adapters.storage.negative_cache import put_miss
from adapters.storage.ownership import Sender
from adapters.storage.s3_objects import head_object, put_object
from http_api.app import handler
from publishing import article_lookup
from publishing.article_lookup import refresh_article, stored_article
from support.card_counts import FULL_SET
from support.lambda_events import Context, as_body, call, native
from support.stored_articles import store_article
from support.web_server import page, web_server


@pytest.fixture
def cms(aws):
    with web_server() as site:
        aws.connect(f"""
[cms]
url = "{site.base_url}/articles/{{id}}?full=1"
format = "native"
headers = {{ Authorization = "Bearer of the CMS" }}
""")
        yield site


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
    assert find_article(aws.bucket, "ferry").article.headline == "Harbour ferries run all night from Friday"
    aws.pump(render_worker.app.handler, Context())
    assert len([key for key in aws.list_keys("cards/ferry/") if key.endswith(("png", "jpg"))]) == FULL_SET


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


def test_a_missing_connections_secret_configures_no_cms(aws):
    settings_without = article_lookup.load_connections(replace(settings(), connections_secret="no-such-secret"))
    assert settings_without.cms is None
