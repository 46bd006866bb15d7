"""Polls a feed on a small site: which pages are fetched, what is stored, and when an article is withdrawn."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

import feed_poller.app
import http_api.app
from adapters.config.feed_sources import parse_feeds
from adapters.config.settings import settings
from adapters.errors import ConfigInvalid
from adapters.storage.article_store import find_article, put_over, tombstone
from adapters.storage.ownership import Sender
from publishing.intake import feed_pages, feeds
from publishing.intake.store_delivery import store_article
from storycard.article import Article
from storycard.ingest import read_native
from support.feed_site import FeedSite, feed_site
from support.lambda_events import Context, as_body, call, native
from support.metrics import measured
from support.web_server import page


@pytest.fixture
def open_site(assets_of_one_format: Path) -> Iterator:
    with ExitStack() as stack:
        yield lambda options="": stack.enter_context(feed_site(assets_of_one_format, options))


@pytest.fixture
def wire(open_site) -> FeedSite:
    return open_site()


def with_etag(answer: Callable[[BaseHTTPRequestHandler], None]) -> Callable[[BaseHTTPRequestHandler], None]:
    """Returns an answer that is 304 to every conditional request, as from a site with one ETag for all pages."""

    def answer_on_condition(handler: BaseHTTPRequestHandler) -> None:
        if "If-None-Match" in handler.headers:
            page(b"", 304)(handler)
        else:
            answer(handler)

    return answer_on_condition


def headline(article_id: str) -> str:
    """Returns the headline on the card that readers get; the status if there is none."""
    answer = call(http_api.app.handler, "GET", f"/cards/{article_id}")
    return answer.json["cards"][0]["alt"] if answer.status == 200 else str(answer.status)


def test_a_new_page_gets_cards_and_is_fetched_once(wire):
    wire.publish("orrin")
    wire.lists("orrin", etag='"1"')
    assert wire.poll() == ["orrin"]
    assert headline("orrin") == "Ferries run all night"
    assert wire.poll(1) == []
    assert wire.site.requests[0].headers["if-none-match"] == '"1"'
    assert wire.site.requests[0].headers["user-agent"] == "storycard (+https://cards.example) feed reader"
    wire.publish("board", "The board meets")
    wire.lists("board", "orrin", etag='"2"')
    assert wire.poll(1) == ["board"]
    assert headline("board") == "The board meets"


def test_an_entry_that_changed_makes_the_page_be_fetched_again(wire):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    wire.publish("orrin", "Ferries run until five", dateModified="2020-03-01T11:00:00Z")
    wire.lists("orrin", changed="x")
    assert wire.poll(1) == []  # entries that change with each poll must not cause a request a minute
    wire.site.pages["/feed.xml"] = page(b"", 304)
    assert wire.poll(1) == ["orrin"]
    assert headline("orrin") == "Ferries run until five"


def test_pages_are_looked_at_again_more_rarely_with_their_age(wire):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    assert [wire.poll(1) for _ in range(5)] == [[], [], [], [], ["orrin"]]
    wire.publish("orrin", "Ferries run until five", dateModified="2020-03-01T11:00:00Z")
    wire.lists()
    assert wire.poll(300) == ["orrin"]
    assert headline("orrin") == "Ferries run until five"
    assert [wire.poll(60), wire.poll(60)] == [[], ["orrin"]]
    assert wire.poll(60 * 24 * 31) == []  # forgotten a month after it left the feed
    assert headline("orrin") == "Ferries run until five"


@pytest.mark.parametrize(("status", "after"), [(404, ["Ferries run all night", "410"]), (410, ["410", "410"])])
def test_a_page_that_is_gone_withdraws_its_article_until_it_is_back(wire, status, after):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    wire.answer("orrin", status)
    assert [wire.poll(minutes) and headline("orrin") for minutes in (5, 5)] == after
    wire.publish("orrin")
    wire.poll(60)
    assert headline("orrin") == "Ferries run all night"


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_another_answer_than_404_and_410_withdraws_nothing(wire, status):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    wire.answer("orrin", status)
    assert [bool(wire.poll(60)) for _ in range(3)] == [True] * 3
    assert headline("orrin") == "Ferries run all night"


def test_a_page_that_failed_is_fetched_again_soon_and_then_more_rarely(wire):
    wire.answer("orrin", 500)
    wire.lists("orrin")
    assert [bool(wire.poll(1)) for _ in range(16)] == [minute in (0, 2, 6, 14) for minute in range(16)]
    wire.publish("orrin")
    assert wire.poll(16) == ["orrin"]
    assert headline("orrin") == "Ferries run all night"


def test_what_left_the_feed_is_not_withdrawn_and_a_draft_is(wire):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    wire.lists()
    wire.poll(60)
    assert headline("orrin") == "Ferries run all night"
    wire.publish("orrin", creativeWorkStatus="Draft")
    wire.poll(60)
    assert headline("orrin") == "410"


def test_an_address_that_leads_to_another_page_is_as_good_as_gone(wire):
    wire.publish("orrin")
    wire.publish("front", "All the news", path="/")
    wire.lists("orrin", "moved")
    wire.answer("moved", 302, Location="/")
    assert sorted(wire.poll()) == ["moved", "orrin"]
    assert headline("front") == "404"  # the front page is no article
    wire.publish("other", "Something else")
    wire.answer("orrin", 302, Location="/news/other")
    for _ in range(2):
        wire.poll(10)
    assert [headline("orrin"), headline("other")] == ["410", "404"]


def test_an_article_that_gets_another_id_at_its_address_goes_on_under_it(wire):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    wire.publish("orrin-2", path="/news/orrin")
    wire.poll(10)
    assert [headline("orrin"), headline("orrin-2")] == ["410", "Ferries run all night"]
    wire.publish("orrin-2", "Ferries run until five", path="/news/orrin", dateModified="2020-03-01T11:00:00Z")
    wire.poll(60)
    assert headline("orrin-2") == "Ferries run until five"
    wire.publish("orrin")  # the site goes back to its former release
    wire.poll(60)
    assert [headline("orrin"), headline("orrin-2")] == ["Ferries run all night", "410"]


def test_a_new_id_does_not_get_round_an_editors_withdrawal(wire):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    now = datetime.now(UTC)
    put_over(settings().bucket, tombstone("orrin", now), b"", now)
    wire.publish("orrin-2", path="/news/orrin")
    for _ in range(2):
        wire.poll(10)
    assert [headline("orrin"), headline("orrin-2")] == ["410", "404"]


def test_the_new_id_is_stored_before_the_former_one_is_withdrawn(wire, monkeypatch):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    wire.publish("orrin-2", path="/news/orrin")
    stored = []

    def store(bucket: str, article: Article, *more: object, **options: object) -> str:
        stored.append(article)
        return store_article(bucket, article, *more, **options)

    monkeypatch.setattr(feed_pages, "store_article", store)
    wire.poll(10)
    assert [(article.id, article.status) for article in stored] == [("orrin-2", "published"), ("orrin", "withdrawn")]


def test_an_id_that_another_page_still_has_is_kept(wire):
    wire.publish("orrin")
    wire.publish("orrin", path="/news/copy")
    wire.lists("orrin", "copy")
    wire.poll()
    wire.publish("orrin-2", path="/news/orrin")
    wire.poll(10)
    assert [headline("orrin"), headline("orrin-2")] == ["Ferries run all night"] * 2


def test_not_modified_behind_a_redirect_leaves_the_page_unanswered(wire):
    wire.publish("orrin")
    wire.site.pages["/news/orrin"] = with_etag(wire.site.pages["/news/orrin"])
    wire.lists("orrin")
    wire.poll()
    wire.publish("other", "Something else")
    wire.site.pages["/news/other"] = with_etag(wire.site.pages["/news/other"])
    wire.answer("orrin", 302, Location="/news/other")
    found = []
    for _ in range(3):
        wire.poll(10)
        found.append(headline("orrin"))
    assert found == ["Ferries run all night", "Ferries run all night", "410"]


def test_a_page_behind_a_lasting_redirect_is_fetched_without_conditions(wire):
    wire.publish("orrin", path="/news/moved")
    wire.site.pages["/news/moved"] = with_etag(wire.site.pages["/news/moved"])
    wire.answer("orrin", 301, Location="/news/moved")
    wire.lists("orrin")
    wire.poll()
    wire.publish("orrin", "Ferries run until five", path="/news/moved", dateModified="2020-03-01T11:00:00Z")
    assert wire.poll(10) == ["orrin", "moved"]
    assert not [request for request in wire.site.requests if "if-none-match" in request.headers]
    assert headline("orrin") == "Ferries run until five"


def test_an_error_at_one_page_keeps_what_the_others_brought(wire, monkeypatch, capsys):
    read = feed_pages.read_article

    def fail_at_board(body: bytes, *more: object) -> object:
        if b"The board meets" in body:
            raise RuntimeError("articles/board/article.json: unreadable")
        return read(body, *more)

    monkeypatch.setattr(feed_pages, "read_article", fail_at_board)
    wire.publish("board", "The board meets")
    wire.publish("orrin")
    wire.lists("board", "orrin")
    with pytest.raises(RuntimeError, match="unreadable"):  # for the alarm
        wire.poll()
    wire.aws.work()
    assert headline("orrin") == "Ferries run all night"
    assert "FeedPagesFailed" in measured(capsys)
    assert wire.poll(1) == []  # neither of them is fetched each minute
    with pytest.raises(RuntimeError):
        wire.poll(2)
    monkeypatch.setattr(feed_pages, "read_article", read)
    wire.poll(10)
    assert headline("board") == "The board meets"


def test_a_page_that_ends_the_process_does_not_stop_the_others(wire, monkeypatch):
    """As a page does whose text takes all the time or memory of the function, so that nothing after it runs."""
    read = feed_pages.read_article

    class Killed(BaseException):
        pass

    def die_at_board(body: bytes, *more: object) -> object:
        if b"The board meets" in body:
            raise Killed
        return read(body, *more)

    monkeypatch.setattr(feed_pages, "read_article", die_at_board)
    names = [f"story-{number}" for number in range(6)]
    for name in names:
        wire.publish(name)
    wire.publish("board", "The board meets")
    wire.lists("board", *names)
    killed = 0
    for _ in range(12):
        try:
            wire.poll(1)
        except Killed:
            killed += 1
    assert killed <= 8
    assert {name: headline(name) for name in names} == dict.fromkeys(names, "Ferries run all night")
    monkeypatch.setattr(feed_pages, "read_article", read)
    wire.poll(60 * 24)
    assert headline("board") == "The board meets"


def test_a_page_that_leads_to_the_front_page_twice_is_gone(wire):
    wire.publish("orrin")
    wire.publish("front", "All the news", path="/")
    wire.lists("orrin")
    wire.poll()
    wire.answer("orrin", 302, Location="/")
    found = []
    for _ in range(2):
        wire.poll(10)
        found.append(headline("orrin"))
    assert found == ["Ferries run all night", "410"]


def test_an_article_under_two_addresses_is_withdrawn_with_the_last_one(wire):
    wire.publish("orrin")
    wire.publish("orrin", path="/news/orrin-2")
    wire.lists("orrin", "orrin-2")
    wire.poll()
    wire.answer("orrin", 410)
    wire.poll(10)
    assert headline("orrin") == "Ferries run all night"
    wire.answer("orrin-2", 410)
    wire.poll(10)
    assert headline("orrin") == "410"


def test_only_pages_of_the_feeds_hosts_are_fetched(open_site):
    wire = open_site()
    wire.publish("orrin")
    wire.site.pages["/feed.xml"] = page(
        f"<rss><item><link>{wire.site.base_url.replace('127.0.0.1', 'localhost')}/news/orrin</link></item></rss>".encode()
    )
    assert wire.poll() == []
    assert wire.aws.list_keys("articles/") == []


def test_a_poll_fetches_twenty_pages_and_the_next_one_goes_on(wire):
    names = [f"story-{number}" for number in range(25)]
    for name in names:
        wire.publish(name)
    wire.lists(*names, etag='"1"')
    assert wire.poll() == names[:20]
    wire.site.pages["/feed.xml"] = page(b"", 304)
    assert wire.poll(1) == names[20:]


def test_a_poll_ends_in_time(wire):
    wire.publish("orrin")
    wire.lists("orrin")
    assert wire.poll(seconds=-1) == []
    assert not wire.site.requests


def test_all_feeds_share_the_time_of_the_function(wire, monkeypatch):
    deadlines = []
    monkeypatch.setattr(feed_poller.app, "poll_feed", lambda *parameters: deadlines.append(parameters[-1]))
    wire.aws.connect(wire.toml + wire.toml.replace("wire", "sport"), "")
    latest = time.monotonic() + Context().get_remaining_time_in_millis() / 1000
    feed_poller.app.handler({}, Context())
    assert len(deadlines) == 2
    assert len(set(deadlines)) == 1
    assert latest - feed_poller.app.LAST_PAGE_SECONDS <= deadlines[0] < latest


@pytest.mark.parametrize("answer", [page(b"", 500), page(b"<html>Not found</html>"), page(b"", 410)])
def test_a_feed_that_fails_is_tried_more_rarely_and_its_pages_are_kept(wire, answer):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    wire.site.pages["/feed.xml"] = answer
    tried = [wire.poll(1) is not None and bool(wire.site.requests) for _ in range(16)]
    assert [minute for minute, was in enumerate(tried, 1) if was] == [1, 2, 4, 8, 16]
    assert headline("orrin") == "Ferries run all night"


def test_articles_of_another_source_are_not_touched(wire):
    other = as_body(native("orrin"))
    store_article(settings().bucket, read_native(other), other, wire.now, sender=Sender("desk"))
    wire.publish("orrin", "Stolen")
    wire.lists("orrin")
    wire.poll(5)
    assert find_article(settings().bucket, "orrin").article.headline == native("orrin")["headline"]
    assert wire.aws.list_keys("cards/") == []  # nor is anything rendered


def test_a_poll_without_news_writes_nothing(wire):
    wire.publish("orrin")
    wire.lists("orrin", etag='"1"')
    wire.poll()
    before = wire.aws.s3.objects["feeds/wire/state.json"]
    wire.site.pages["/feed.xml"] = page(b"", 304)
    wire.poll(1)
    assert wire.aws.s3.objects["feeds/wire/state.json"] is before


def test_another_feed_under_the_same_name_begins_anew(wire):
    wire.publish("orrin")
    wire.lists("orrin", etag='"1"')
    wire.poll()
    wire.site.pages["/other.xml"] = wire.site.pages["/feed.xml"]
    wire.feed = replace(wire.feed, url=wire.feed.url.replace("feed.xml", "other.xml"))
    assert wire.poll(1) == ["orrin"]
    assert "if-none-match" not in wire.site.requests[0].headers
    assert wire.poll(1) == []


def test_the_pages_that_left_the_feed_longest_ago_are_forgotten_first(wire, monkeypatch):
    monkeypatch.setattr(feeds, "MAX_KNOWN", 2)
    for name in ("one", "two", "three"):
        wire.publish(name)
        wire.lists(name)
        wire.poll(1)
    assert sorted(wire.poll(60)) == ["three", "two"]


def test_an_unchanged_page_is_not_stored_again(wire):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    before = wire.aws.s3.objects["articles/orrin/article.json"]
    script = wire.site.pages["/news/orrin"]
    wire.publish("orrin", path="/news/orrin", nonce="2")
    assert wire.site.pages["/news/orrin"] is not script
    assert wire.poll(10) == ["orrin"]
    assert wire.aws.s3.objects["articles/orrin/article.json"] is before


def test_ids_have_the_sources_prefix(open_site):
    wire = open_site('id_prefix = "w-"\n')
    wire.publish("orrin")
    wire.lists("orrin")
    wire.poll()
    wire.answer("orrin", 410)
    assert headline("w-orrin") == "Ferries run all night"
    wire.poll(10)
    assert headline("w-orrin") == "410"


def test_the_function_polls_every_feed_of_the_secret(wire):
    wire.publish("orrin")
    wire.lists("orrin")
    wire.aws.connect(wire.toml, "")
    feed_poller.app.handler({}, Context())
    wire.aws.work()
    assert headline("orrin") == "Ferries run all night"
    wire.aws.connect("", "")
    feed_poller.app.handler({}, Context())  # a stack that was just created has no feeds


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('url = "feed.xml"', "feeds.wire.url: expected the https URL of a feed, got 'feed.xml'"),
        ('url = "https://[a"', "feeds.wire.url: expected the https URL of a feed"),
        ("language = 1", "feeds.wire.url: expected"),
        ('url = "https://a.example/"\nhosts = "b"', "feeds.wire.hosts: expected"),
        ('url = "https://a.example/"\n[feeds."a b"]', "feeds.a b: expected a name of letters"),
    ],
)
def test_a_wrong_key_is_named(line, said):
    with pytest.raises(ConfigInvalid) as caught:
        parse_feeds(f"[feeds.wire]\n{line}\n")
    assert said in str(caught.value)


def test_a_feed_may_have_pages_on_other_hosts():
    assert parse_feeds('[feeds.wire]\nurl = "https://www.news.example/rss"\nhosts = ["Other.example"]\n')["wire"].hosts == {
        "www.news.example",
        "news.example",
        "other.example",
    }


def test_looks_become_rarer_but_never_end():
    assert timedelta(0) < feeds.SOONEST < feeds.FIRST_LOOK < feeds.LAST_LOOK < feeds.KEPT
