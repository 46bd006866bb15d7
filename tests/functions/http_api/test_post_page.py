"""Tests share pages of posts: what crawlers read, who sees them when, and what corrections and withdrawals do to them."""

import json
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

import render_worker.app
from http_api.app import handler
from http_api.posts import link_card
from support.lambda_events import Context, call
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS

BASE = "https://cards.example"
LATER, LATEST = "2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z"
SECOND = datetime(2026, 3, 2, tzinfo=UTC)


class Metas(HTMLParser):
    """Collects the meta tags and the title of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self._in_title = tag == "title"
        if tag == "meta":
            self.found[named.get("property") or named.get("name")] = named.get("content")

    def handle_data(self, data):
        if self._in_title:
            self.found["title"] = data
            self._in_title = False


@pytest.fixture(autouse=True)
def ferry(system):
    system.connect(TOKENS, "")
    store_article(system, "ferry")


def create(**fields: object):
    made = call(handler, "POST", "/articles/ferry/posts", EDITOR, json.dumps({"status": "shared", **fields}).encode())
    assert made.status == 201, made.body
    return made


def save(made, etag: str = "*", **fields: object):
    return call(handler, "PUT", made.headers["location"], EDITOR | {"if-match": etag}, json.dumps(fields).encode())


def page_of(made, method: str = "GET"):
    return call(handler, method, f"/share/ferry/p/{made.json['post']}")


def metas(made) -> dict[str, str]:
    answer = page_of(made)
    assert answer.status == 200, answer.body
    return Metas(answer.body.decode()).found


def test_a_shared_post_has_a_page_with_its_own_words_and_pinned_card():
    made = create(changes={"headline": "Boats by night"}, format_changes={"x": {"headline": "Boats"}})
    card = made.json["card"]
    assert made.json["share_url"] == f"{BASE}/share/ferry/p/{made.json['post']}"
    assert (card["alt"], card["width"], card["height"]) == ("Boats by night", 1200, 630)
    assert card["url"] == f"{BASE}/cards/ferry/{card['version']}/headline/og.png"
    image = call(handler, "GET", card["url"].removeprefix(BASE))
    assert (image.status, image.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    found = metas(made)
    names = ("title", "og:title", "twitter:title", "og:image", "twitter:image", "og:image:alt", "og:url")
    expected = ["Boats by night", "Boats by night", "Boats", card["url"], card["url"], card["alt"], made.json["share_url"]]
    assert [found[name] for name in names] == expected
    photo = call(handler, "GET", "/oembed", query=urlencode({"url": made.json["share_url"], "maxwidth": "600"})).json
    assert [photo[name] for name in ("title", "url", "width", "alt")] == ["Boats by night", card["url"], 600, card["alt"]]


def test_a_post_may_change_the_link_preview_alone():
    made = create(changes={"headline": "Boats by night"}, format_changes={"og": {"headline": "Ships", "theme": "civic"}})
    found = metas(made)
    assert (made.json["card"]["alt"], found["og:title"], found["twitter:title"]) == ("Ships", "Ships", "Boats by night")


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_post_that_is_not_shared_has_no_page(accept):
    draft, shared = create(status="draft"), create()
    assert save(shared, changes={}).json["history"][-1]["action"] == "unshared"
    addresses = [made.json["post"] for made in (draft, shared)] + ["2345672345", "x"]
    answers = [call(handler, "GET", f"/share/ferry/p/{post}", {"accept": accept}) for post in addresses]
    assert [answer.status for answer in answers] == [404, 404, 404, 400]
    assert page_of(draft, "HEAD").status == 404
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    oembed = [call(handler, "GET", "/oembed", query=urlencode({"url": f"{BASE}/share/ferry/p/{post}"})) for post in addresses]
    assert [answer.status for answer in oembed] == [404, 404, 404, 400]


def test_what_a_post_leaves_as_it_is_follows_corrections(system):
    themed = create(changes={"theme": "civic"})
    edited = create(changes={"headline": "Boats by night"})
    before = themed.json["card"]["url"]
    store_article(system, "ferry", headline="Harbour ferries do NOT run", kicker="Update", updated_at=LATER)
    found = metas(themed)
    assert found["og:title"] == found["og:image:alt"] == "Harbour ferries do NOT run"
    assert found["og:image"] != before
    assert call(handler, "GET", found["og:image"].removeprefix(BASE)).status == 200
    found = metas(edited)
    assert (found["og:title"], found["article:section"]) == ("Boats by night", "Update")
    assert found["og:image"] != edited.json["card"]["url"]  # has the new kicker
    assert page_of(edited, "HEAD").status == 200


def test_a_page_outlives_changes_that_are_no_longer_possible(system, monkeypatch):
    monkeypatch.setattr(link_card, "PHOTO_WAIT", 0.01)
    image = {"url": "https://photos.example/a.jpg"}
    store_article(system, "ferry", image=image, updated_at=LATER)
    made = create(changes={"focal_point": [0.1, 0.9], "headline": "Boats"})
    store_article(system, "ferry", updated_at=LATEST)
    assert metas(made)["og:title"] == "Boats"


def test_a_page_is_not_found_under_embargo_and_gone_after_a_withdrawal(system):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    store_article(system, "ferry", embargo_until=tomorrow.isoformat(), updated_at=LATER)
    made = create(changes={"headline": "Boats"})
    assert "card" not in made.json
    assert page_of(made).status == 404
    assert system.list_keys("cards/") == []
    store_article(system, "ferry", updated_at=LATEST)
    assert page_of(made, "HEAD").headers["cache-control"] == "no-store"  # renders nothing
    assert metas(made)["og:title"] == "Boats"
    store_article(system, "ferry", SECOND, status="withdrawn", updated_at="2026-03-01T13:00:00Z")
    assert page_of(made).status == 410


def test_the_cdn_forgets_pages_that_change(system):
    made = create(changes={"headline": "Boats"})
    assert queued(system) == ["(cdn)"]
    save(made, changes={"headline": "Boats"}, text="Words of the post", status="shared")
    assert queued(system) == []
    save(made, changes={"headline": "Ships"}, status="shared")
    save(made, changes={"headline": "Ships"}, status="draft")
    assert queued(system) == ["(cdn)", "(cdn)"]
    save(made, changes={"headline": "Tugs"}, status="draft")
    call(handler, "DELETE", made.headers["location"], EDITOR)
    assert queued(system) == []
    other = create()
    call(handler, "DELETE", other.headers["location"], EDITOR)
    assert queued(system) == ["(cdn)", "(cdn)"]
    assert page_of(other).status == 404


def queued(system) -> list[str]:
    """Returns the sources of the messages to the render queue since the last call."""
    if hasattr(system, "queues"):
        bodies, system.queues["renders"] = system.queues["renders"], []
    else:
        messages = system.messages()
        bodies = [message["Body"] for message in messages]
        system.pump(render_worker.app.handler, Context())
    return [json.loads(body)["source"] for body in bodies]
