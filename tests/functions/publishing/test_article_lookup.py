"""Articles that nobody sent: asked for by ID, from a CMS that is a real server here."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import render_worker.app
from adapters.config.settings import settings
from adapters.errors import ArticleSourceDown
from adapters.storage.article_store import find_article
from adapters.storage.notes import claim, leave, read_note
from http_api.app import handler
from publishing import article_lookup
from publishing.article_lookup import refresh_article, stored_article
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


def test_an_article_that_nobody_sent_is_fetched_stored_and_drawn(aws, cms):
    publish(cms)
    assert get("/cards/ferry/headline/og.png").status == 200
    assert get("/cards/ferry/bullet/og.png").status == 200
    [request] = cms.requests
    assert request.headers["authorization"] == "Bearer of the CMS"
    assert find_article(aws.bucket, "ferry").article.headline == "Harbour ferries run all night from Friday"
    aws.pump(render_worker.app.handler, Context())
    assert len([key for key in aws.list_keys("cards/ferry/") if key.endswith(("png", "jpg"))]) == 24


def test_the_stack_s_parameters_are_cms_enough(aws, cms):
    publish(cms)
    aws.connect("")
    named = replace(settings(), cms_url=f"{cms.base_url}/articles/{{id}}?full=1", cms_format="native")
    assert stored_article(named, "ferry").article.id == "ferry"
    assert "authorization" not in cms.requests[0].headers


def test_without_a_cms_an_unknown_article_is_unknown(aws):
    assert get("/cards/ferry/headline/og.png").status == 404
    assert aws.list_keys("lookups/") == []


def test_a_burst_asks_the_cms_once(aws, cms):
    cms.pages["/articles/ferry?full=1"] = page(as_body(native("ferry")), delay=0.3)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: stored_article(settings(), "ferry"), range(8)))
    assert [stored.article.id for stored in found] == ["ferry"] * 8
    assert len(cms.requests) == 1


def test_a_burst_for_what_is_not_there_asks_once_too_and_not_again_for_a_minute(aws, cms):
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: stored_article(settings(), "ferry"), range(8))) == [None] * 8
    assert get("/cards/ferry/headline/og.png").status == 404
    assert len(cms.requests) == 1
    note = read_note(aws.bucket, "lookups/ferry")
    assert timedelta(seconds=50) < note.until - datetime.now(UTC) < timedelta(seconds=60)
    leave(aws.bucket, "lookups/ferry", "absent", -1)  # a minute later
    publish(cms)
    assert get("/cards/ferry/headline/og.png").status == 200


def test_what_a_webhook_brings_is_there_at_once(aws, cms):
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
def test_a_cms_that_does_not_answer_is_503_and_left_alone_for_a_while(aws, cms, answer, caplog):
    cms.pages["/articles/ferry?full=1"] = answer
    first = get("/cards/ferry")
    assert (first.status, first.json["title"]) == (503, "This article cannot be looked up just now")
    assert cms.base_url not in first.body.decode()
    assert get("/cards/ferry").status == 503
    assert len(cms.requests) == 1
    assert "the CMS does not answer for ferry" in caplog.text


def test_an_embargoed_article_stays_unknown_until_it_ends(aws, cms):
    publish(cms, embargo_until="2999-01-01T00:00:00Z")
    assert get("/cards/ferry").status == 404
    assert find_article(aws.bucket, "ferry") is not None
    assert len(aws.messages()) == 1  # for the worker, who plans its end


def test_who_never_came_back_is_replaced(aws, cms, monkeypatch):
    publish(cms)
    assert claim(aws.bucket, "lookups/ferry", "asking", 0.3, None)
    assert stored_article(settings(), "ferry").article.id == "ferry"
    monkeypatch.setattr(article_lookup, "LEASE", -4.5)
    claim(aws.bucket, "lookups/tram", "asking", 60, None)
    with pytest.raises(ArticleSourceDown):
        stored_article(settings(), "tram")


def test_an_article_announced_without_its_text_is_asked_for_anew(aws, cms):
    publish(cms)
    stored_article(settings(), "ferry")
    publish(cms, headline="Corrected", updated_at="2026-03-02T10:00:00Z")
    refresh_article(settings(), "ferry")
    assert find_article(aws.bucket, "ferry").article.headline == "Corrected"
    with pytest.raises(LookupError, match="no such article"):
        refresh_article(settings(), "tram")
    aws.connect("")
    with pytest.raises(LookupError, match=r"\[cms\]"):
        refresh_article(settings(), "ferry")


def test_an_unfilled_secret_is_no_cms(aws):
    settings_without = article_lookup.load_connections(replace(settings(), connections_secret="no-such-secret"))
    assert settings_without.cms is None
