"""Tests the list of articles: its order, the states, and the search."""

import json
from datetime import UTC, datetime

import pytest

from adapters.clients import s3
from adapters.storage import article_index
from adapters.storage.article_index import index_article, stamp_of, words_of
from adapters.storage.article_store import find_article, put_if_newer
from adapters.storage.ownership import EDITORS
from adapters.storage.revisions import Revision
from cms_webhook.app import handler as webhook
from http_api.app import handler
from publishing.queries import article_search
from render_worker.app import handler as worker
from storycard.ingest import read_native
from support.lambda_events import Context, as_body, call, native, signed
from support.team_tokens import EDITOR, TOKENS, VIEWER

pytestmark = pytest.mark.usefixtures("one_format")  # renders less


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def put(article_id: str, at: str = "2026-03-01T10:00:00Z", **fields: object) -> None:
    """Stores an article as a webhook does: the API's PUT would count as now."""
    body = as_body(native(article_id, updated_at=at, **fields))
    put_if_newer("storycard", read_native(body), body, datetime.now(UTC), sender=EDITORS)


def index(aws, *article_ids: str) -> None:
    """Writes the index entries, as the worker does before it renders."""
    for article_id in article_ids:
        stored = find_article(aws.bucket, article_id)
        index_article(aws.bucket, stored.article, stored.revision)


def listed(query: str = "") -> dict:
    answer = call(handler, "GET", "/articles", VIEWER, query=query)
    assert answer.status == 200
    return answer.json


def ids(query: str = "") -> list[str]:
    return [row["article_id"] for row in listed(query)["articles"]]


def test_lists_newest_first_by_the_articles_own_dates(aws):
    put("second", at="2026-03-01T10:00:00Z")
    put("first", at="2026-03-02T10:00:00Z")
    put("third", at="1999-12-31T23:59:59Z")
    assert ids() == ["first", "second", "third"]


def test_pages_follow_by_cursor_until_the_last(aws, monkeypatch):
    monkeypatch.setattr(article_search, "PAGE_SIZE", 2)
    for number in range(5):
        put(f"a{number}", at=f"2026-03-0{number + 1}T10:00:00Z")
    seen, cursor = [], ""
    while True:
        page = listed(f"cursor={cursor}" if cursor else "")
        seen.append([row["article_id"] for row in page["articles"]])
        if not (cursor := page.get("cursor", "")):
            break
    assert seen in ([["a4", "a3"], ["a2", "a1"], ["a0"]], [["a4", "a3"], ["a2", "a1"], ["a0"], []])


def test_a_revision_has_one_row_and_stale_entries_are_deleted(aws):
    put("ferry", at="2026-03-01T10:00:00Z")
    index(aws, "ferry")
    put("ferry", headline="Bridges close", at="2026-03-02T10:00:00Z")
    index(aws, "ferry")
    assert ids() == ["ferry"]
    assert ids("query=harbour") == []
    assert ids("query=bridges") == ["ferry"]
    assert len(aws.list_keys("index/recent/")) == 1
    assert aws.list_keys("index/words/harbour/") == []


def test_indexing_the_same_revision_again_writes_nothing(aws):
    put("ferry")
    index(aws, "ferry")
    written = []

    def record(params: dict, **_: object) -> None:
        written.append(params["Key"])

    s3().meta.events.register("provide-client-params.s3.PutObject", record)
    try:
        index(aws, "ferry")
    finally:
        s3().meta.events.unregister("provide-client-params.s3.PutObject", record)
    assert written == []


def test_keeps_an_entry_newer_than_its_article(aws):
    put("ferry")
    early = Revision(datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC), False, "")
    stored = find_article(aws.bucket, "ferry")
    article_index.put_recent_entry(aws.bucket, stored.article, early)
    assert ids() == ["ferry"]
    assert len(aws.list_keys("index/recent/")) == 2


WORDS_AND_ADDRESS = ("night%20harb", "HARBOUR", "https://www.paper.example/a/?utm_source=x")


def test_finds_an_article_by_id_address_and_words(aws):
    put("ferry-42", canonical_url="https://paper.example/a")
    put("other", headline="Something else")
    index(aws, "ferry-42", "other")
    shared = ("https://x.example/share/ferry-42", "https://x.example/studio%23/article/ferry-42")
    queries = ("ferry-42", "ferry-", *WORDS_AND_ADDRESS, *shared)
    assert [query for query in queries if ids(f"query={query}") != ["ferry-42"]] == []


def test_a_search_without_matches_is_an_empty_list(aws):
    put("ferry-42", canonical_url="https://paper.example/a")
    index(aws, "ferry-42")
    queries = ("night%20bridge", "https://paper.example/b", "%F0%9F%99%82", "index/", "a/b", "https://[", "http://a]b/")
    assert [query for query in queries if ids(f"query={query}")] == []


def test_finds_an_article_from_the_moment_it_is_received(aws):
    def found() -> list[list[str]]:
        return [ids(f"query={query}") for query in WORDS_AND_ADDRESS]

    put("ferry-42", canonical_url="https://paper.example/a")
    put("other", headline="Something else", canonical_url="https://paper.example/b")
    assert aws.list_keys("index/words/") == []
    assert found() == [["ferry-42"]] * 3
    index(aws, "ferry-42", "other")
    assert found() == [["ferry-42"]] * 3
    assert aws.list_keys("index/received/") == []


def test_finds_received_and_indexed_articles_newest_first(aws):
    put("second", at="2026-03-02T10:00:00Z")
    index(aws, "second")
    put("third", at="2026-03-01T10:00:00Z")
    put("first", at="2026-03-03T10:00:00Z")
    assert ids("query=ferries") == ["first", "second", "third"]


def test_a_received_correction_replaces_the_words_of_the_revision_before(aws):
    put("ferry", headline="The mayor resigns", at="2026-03-01T10:00:00Z")
    put("ferry", headline="The mayor stays", at="2026-03-02T10:00:00Z")
    assert ids("query=resigns") == []
    assert ids("query=stays") == ["ferry"]
    index(aws, "ferry")
    assert aws.list_keys("index/received/") == []


def test_an_article_received_meanwhile_stays_findable(aws):
    put("ferry", headline="The mayor resigns", at="2026-03-01T10:00:00Z")
    earlier = find_article(aws.bucket, "ferry")
    put("ferry", headline="The mayor stays", at="2026-03-02T10:00:00Z")
    index_article(aws.bucket, earlier.article, earlier.revision)  # by a worker that read the article before
    assert ids("query=stays") == ["ferry"]


def test_no_words_of_a_withdrawn_article_are_left(aws):
    put("ferry", headline="The mayor resigns")
    call(handler, "DELETE", "/articles/ferry", EDITOR)
    aws.pump(worker, Context())
    assert aws.list_keys("index/received/") == []
    assert not [key for key in aws.list_keys("index/") if "resigns" in key]


@pytest.mark.parametrize(
    "headline", ["?!", "x" * 1000, "ครม." * 240, "東京で雪が降る" * 130, " ".join(f"wörd{n}" for n in range(120)), "Ⅷ/½ a.b/c"]
)
def test_every_headline_makes_a_key_that_s3_accepts(aws, headline):
    put("a" * 128, headline=headline, canonical_url="https://paper.example/a")
    [key] = aws.list_keys("index/received/")
    assert len(key.encode()) <= 1024
    assert len(key.split("/")) == 7
    assert ids("query=https://paper.example/a") == ["a" * 128]


def test_the_first_page_of_all_counts_every_article_once(aws, monkeypatch):
    for number in range(3):
        put(f"a{number}")
    put("a0", headline="Bridges close", at="2026-03-02T10:00:00Z")
    assert listed()["total"] == 3
    assert "total" not in listed("query=ferries")
    monkeypatch.setattr(article_index, "MAX_COUNTED", 2)
    assert "total" not in listed()


@pytest.mark.parametrize(
    ("headline", "query", "found"),
    [
        ("Überfahrt nach Tromsø", "uberfahrt", True),
        ("東京で雪が降る", "東京", True),
        ("東京で雪が降る", "京都", False),
        ("العبّارات تعمل طوال الليل", "العبارات", True),
        ("หิมะตกในกรุงเทพ", "หิมะ", True),
        ("서울에 눈이 온다", "서울", True),
    ],
)
def test_matches_words_in_every_script(headline, query, found):
    assert article_index.has_words(headline, words_of(query)) is found


def test_later_revisions_have_smaller_stamps():
    early, late = (
        Revision(datetime(year, 1, 1, tzinfo=UTC), datetime(year, 1, 1, tzinfo=UTC), False, "") for year in (1900, 9999)
    )
    assert stamp_of(late) < stamp_of(early)
    assert len(stamp_of(late)) == len(stamp_of(early)) == 15


@pytest.mark.parametrize("query", ["cursor=x", "query=" + "x" * 1001])
def test_a_bad_query_is_400(aws, query):
    assert call(handler, "GET", "/articles", VIEWER, query=query).status == 400


def test_reports_the_state_of_each_article(aws):
    put("draft", status="draft", at="2026-03-05T10:00:00Z")
    put("embargoed", embargo_until="2100-01-01T00:00:00Z", at="2026-03-04T10:00:00Z")
    put("live", at="2026-03-03T10:00:00Z")
    put("rendering", at="2026-03-02T10:00:00Z")
    put("withdrawn", at="2026-03-01T10:00:00Z")
    call(handler, "DELETE", "/articles/withdrawn", EDITOR)
    assert call(handler, "GET", "/cards/live").status == 200
    rows = {row["article_id"]: row for row in listed()["articles"]}
    assert {name: row["state"] for name, row in rows.items()} == {name: name for name in rows}
    assert set(rows["live"]["thumbnail"]) == {"url", "width", "height", "alt"}
    assert rows["embargoed"]["embargo_until"] == "2100-01-01T00:00:00+00:00"


def test_a_revision_that_changes_no_card_stays_live(aws):
    put("live")
    call(handler, "GET", "/cards/live")
    put("live", at="2026-03-02T10:00:00Z")
    assert listed()["articles"][0]["state"] == "live"


def test_a_failed_article_has_its_reason_until_it_succeeds(aws, monkeypatch):
    assert call(handler, "PUT", "/articles/ferry", EDITOR, as_body(native("ferry"))).status == 201

    def fail(*_: object) -> None:
        raise OSError("no fonts")

    with monkeypatch.context() as patch:
        patch.setattr("render_worker.rendering.reconcile", fail)
        aws.pump(worker, Context())
    [row] = listed()["articles"]
    assert (row["state"], row["reason"]) == ("failed", "OSError: no fonts")
    assert "field" not in row
    assert call(handler, "PUT", "/articles/ferry", EDITOR, as_body(native("ferry"))).status == 200
    aws.pump(worker, Context())
    assert listed()["articles"][0]["state"] == "live"


def test_lists_an_unreadable_delivery_without_an_article_id(aws):
    body = json.dumps({"id": "ferry", "language": "en"}).encode()
    assert call(webhook, "POST", "/webhooks/desk", signed(body, "event-1"), body).status == 422
    aws.pump(worker, Context())
    [row] = listed()["articles"]
    assert row["state"] == "failed"
    assert (row["reason"], row["field"]) == ("ArticleInvalid: headline: expected text, got nothing", "headline")
    assert row["delivery"].startswith("inbox/desk/event-1/")
    assert "article_id" not in row
