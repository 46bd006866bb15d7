"""Tests oEmbed: the photo within a size limit, and the addresses that are rejected."""

from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlencode

import pytest

from http_api.app import handler
from support.lambda_events import call
from support.stored_articles import store_article

BASE = "https://cards.example"


@pytest.fixture
def store(aws):
    store_article(aws)
    return partial(store_article, aws)


ONE_FORMAT = pytest.mark.usefixtures("one_format")  # renders less


def get_oembed(**query: str):
    return call(handler, "GET", "/oembed", query=urlencode(query))


@ONE_FORMAT
def test_answers_a_share_page_with_a_photo(store):
    answer = get_oembed(url=f"{BASE}/share/ferry")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    photo = answer.json
    assert (photo["version"], photo["type"], photo["width"], photo["height"]) == ("1.0", "photo", 1200, 630)
    assert photo["title"] == "Harbour night ferries"
    assert photo["url"].startswith(f"{BASE}/cards/ferry/")
    assert call(handler, "GET", photo["url"].removeprefix(BASE)).status == 200


def test_chooses_a_photo_within_the_size_limit(store):
    for path, limits, ending, size in (
        ("/share/ferry/quote", {}, "quote/og.png", (1200, 630)),
        ("/cards/ferry/headline/story.jpg", {}, "headline/story.", (1080, 1920)),
        ("/cards/ferry/bullet/square", {"maxwidth": "1080"}, "bullet/square.", (1080, 1080)),
        ("/share/ferry", {"maxwidth": "1100"}, "headline/story.", (1080, 1920)),
        ("/share/ferry", {"maxwidth": "1100", "maxheight": "1500"}, "headline/tall.", (1080, 1440)),
        ("/share/ferry", {"maxheight": "628"}, "headline/linkedin.", (1200, 627)),
        ("/share/ferry", {"maxwidth": "600"}, "headline/og.png", (600, 315)),
        ("/share/ferry?utm=x#y", {"maxwidth": "1"}, "headline/og.png", (1, 1)),
    ):
        photo = get_oembed(url=BASE + path, **limits).json
        assert ending in photo["url"], (path, limits)
        assert (photo["width"], photo["height"]) == size, (path, limits)


@ONE_FORMAT
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": f"{BASE}/share/ferry", "maxwidth": "0"}, 400),
        ({"url": f"{BASE}/share/ferry", "maxheight": "wide"}, 400),
        ({"url": f"{BASE}/share/ferry", "format": "xml"}, 501),
        ({"url": f"{BASE}/share/ferry", "format": ""}, 200),
        ({"url": "https://elsewhere.example/share/ferry"}, 404),
        ({"url": f"{BASE}.evil.example/share/ferry"}, 404),
        ({"url": f"{BASE}/healthz"}, 404),
        ({"url": f"{BASE}/share/nobody"}, 404),
        ({"url": f"{BASE}/share/ferry/poster"}, 404),
    ],
)
def test_answers_only_for_addresses_that_can_be_embedded(store, query, status):
    assert get_oembed(**query).status == status


def test_an_embargoed_article_looks_unknown(store):
    store(embargo_until=(datetime.now(UTC) + timedelta(hours=1)).isoformat(), updated_at="2026-03-02T10:00:00Z")
    hidden, unknown = get_oembed(url=f"{BASE}/share/ferry"), get_oembed(url=f"{BASE}/share/nobody")
    assert hidden.status == unknown.status == 404
    assert hidden.body == unknown.body.replace(b"nobody", b"ferry")


@ONE_FORMAT
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/share/ferry/quote", "Nobody should have to swim home from work."),
        ("/cards/ferry/quote/og.png", "Nobody should have to swim home from work."),
        ("/share/ferry/bullet", "Six boats leave every hour until five in the morning"),
        ("/share/ferry", "Harbour night ferries"),
    ],
)
def test_title_and_alt_are_the_text_of_the_card(store, path, words):
    photo = get_oembed(url=BASE + path).json
    assert words in photo["title"]
    assert words in photo["alt"]
