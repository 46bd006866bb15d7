"""Tests share pages: meta tags, Content-Security-Policy, error pages, and escaping."""

import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.config.settings import settings
from http_api import app
from http_api.app import handler
from http_api.pages.share_page import SharePage, build_page
from storycard.ingest import read_native
from support.lambda_events import as_body, call, native
from support.paths import ASSETS
from support.stored_articles import store_article

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

ARABIC = {"headline": "العبّارات تعمل طوال الليل", "language": "ar", "quotes": []}
LINK = "https://news.example/ferries?a=1&b=2"


class Page(HTMLParser):
    """Collects what a crawler reads from a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.tags: list[tuple[str, dict]] = []
        self.data: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag == "meta":
            self.metas[found.get("property") or found.get("name")] = found.get("content")
        elif tag == "link":
            self.links[found["rel"]] = found["href"]
        elif tag != "img":
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open:
            self.data[self._open[-1]] = self.data.get(self._open[-1], "") + data


def store(aws, **fields: object) -> None:
    store_article(aws, canonical_url=LINK, byline=["Ida Holm"], deck="From Friday on", **fields)


def test_a_page_describes_its_card_to_crawlers(aws):
    store(aws)
    answer = call(handler, "GET", "/share/ferry/quote")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    found = Page(answer.body.decode())
    image = found.metas["og:image"]
    assert re.fullmatch(r"https://cards\.example/cards/ferry/[0-9a-f]{16}/quote/og\.png", image)
    assert call(handler, "GET", image.removeprefix("https://cards.example")).status == 200
    assert {name: found.metas[name] for name in found.metas if name and name.startswith("og:")} == {
        "og:type": "article",
        "og:url": "https://cards.example/share/ferry/quote",
        "og:site_name": "Storycard",
        "og:title": "Harbour night ferries",
        "og:description": "From Friday on",
        "og:locale": "en_US",
        "og:image": image,
        "og:image:secure_url": image,
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": found.metas["twitter:image:alt"],
    }
    assert "swim home" in found.metas["og:image:alt"]
    assert found.metas["twitter:card"] == "summary_large_image"
    assert found.metas["twitter:image"] == image
    assert found.metas["article:author"] == "Ida Holm"
    assert found.links["canonical"] == LINK
    assert json.loads(found.data["script"])["image"]["url"] == image
    assert [attrs["href"] for tag, attrs in found.tags if tag == "a"] == [LINK, LINK]
    oembed = found.links["alternate"].removeprefix("https://cards.example")
    path, _, query = oembed.partition("?")
    assert call(handler, "GET", path, query=query).json["url"] == image


def test_a_page_has_the_titles_for_social_networks(aws):
    store(aws, social_headlines={"all": "Ferries by night", "x": "Night ferries"})
    found = Page(call(handler, "GET", "/share/ferry").body.decode())
    assert (found.metas["og:title"], found.metas["twitter:title"]) == ("Ferries by night", "Night ferries")
    oembed = found.links["alternate"].removeprefix("https://cards.example")
    path, _, query = oembed.partition("?")
    assert call(handler, "GET", path, query=query).json["title"] == "Ferries by night"


def test_the_policy_allows_no_script(aws):
    store(aws)
    answer = call(handler, "GET", "/share/ferry")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=60"
    assert call(handler, "GET", "/share/ferry", {"if-none-match": answer.headers["etag"]}).status == 304
    head = call(handler, "HEAD", "/share/ferry")
    assert (head.status, head.body, head.headers) == (200, b"", answer.headers)


def test_a_page_has_the_direction_of_its_language(aws):
    store(aws, **ARABIC)
    found = Page(call(handler, "GET", "/share/ferry").body.decode())
    [html] = [attrs for tag, attrs in found.tags if tag == "html"]
    assert (html["lang"], html["dir"], found.metas["og:locale"]) == ("ar", "rtl", "ar_AR")
    assert found.data["title"] == ARABIC["headline"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/share/nobody", 404), ("/share/a%20b", 400), ("/share/ferry/poster", 404), ("/share/ferry/quote", 404), ("/share/", 404)],
)
@pytest.mark.parametrize("accept", ["text/html,image/avif", "*/*", ""])
def test_a_missing_page_is_html_for_browsers_and_a_problem_for_programs(aws, path, status, accept):
    store(aws, **ARABIC)
    answer = call(handler, "GET", path, {"accept": accept})
    assert (answer.status, answer.headers["content-type"], answer.headers["cache-control"]) == (
        status,
        "text/html; charset=utf-8",
        "no-store",
    )
    assert "default-src 'none'; style-src 'sha256-" in answer.headers["content-security-policy"]
    found = Page(answer.body.decode())
    assert (found.data["title"], found.metas["robots"]) == ("There is no such story here", "noindex")
    assert found.data["p"].endswith("Storycard")
    head = call(handler, "HEAD", path, {"accept": accept})
    assert (head.status, head.body, head.headers) == (status, b"", answer.headers)
    reason = call(handler, "GET", path, {"accept": "application/json"})
    assert (reason.status, reason.headers["content-type"]) == (status, "application/problem+json")


def test_a_withdrawn_page_reveals_nothing_of_the_story(aws):
    store(aws)
    store(aws, status="withdrawn", updated_at="2026-03-02T10:00:00Z")
    answer = call(handler, "GET", "/share/ferry/quote", {"accept": "text/html"})
    assert (answer.status, Page(answer.body.decode()).data["title"]) == (410, "This story was withdrawn")
    assert not re.search("ferr|swim|Holm", answer.body.decode(), re.IGNORECASE)


def test_the_error_page_links_to_the_brands_site(aws, tmp_path, monkeypatch):
    shutil.copytree(ASSETS, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("fonts"))
    (tmp_path / "fonts").symlink_to(ASSETS / "fonts")
    brand = tmp_path / "brands" / "storycard.toml"
    brand.write_text('site = "news.example"\n' + brand.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(app, "settings", lambda: replace(settings(), assets_dir=tmp_path))
    found = Page(call(handler, "GET", "/share/nobody").body.decode())
    assert [attrs["href"] for tag, attrs in found.tags if tag == "a"] == ["https://news.example/"]


CARD = {"url": "https://c.example/a.png", "width": 1, "height": 1, "type": "png", "alt": ""}
ARTICLE = read_native(as_body(native("ferry")))
NASTY = st.text(st.sampled_from("<>&\"'/!-\\${}scriptل\u202e\u2028") | st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)


@given(NASTY, NASTY, NASTY)
def test_escapes_any_text(headline, deck, alt):
    article = replace(ARTICLE, headline=headline, deck=deck, byline=(alt,))
    html = build_page(
        SharePage(article, CARD | {"alt": alt}, "rtl", alt, "ar_AR", "https://c.example/share/a", "https://c.example/o?a&b")
    )
    found = Page(html)
    assert [found.metas[name] for name in ("og:title", "og:description", "og:image:alt")] == [headline, deck, alt]
    assert json.loads(found.data["script"])["headline"] == headline
    assert [tag for tag, _ in found.tags if tag == "script"] == ["script"]
    assert [tag for tag, _ in found.tags].count("img") == 1
