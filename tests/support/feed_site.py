"""Runs a small news site with a feed, and polls it at moments that a test sets."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.config.feed_sources import parse_feeds
from adapters.config.settings import settings
from publishing.intake.feeds import poll_feed
from support.aws_in_memory import AwsInMemory, aws_in_memory
from support.web_server import Site, page, web_server

START = datetime.now(UTC) - timedelta(days=50)  # all moments of a test are past
DEFAULTS = {"inLanguage": "en", "dateModified": "2020-03-01T10:00:00Z", "creativeWorkStatus": "Published"}


class FeedSite:
    """A site under `/news/...` and the system that polls its feed as the source `wire`."""

    def __init__(self, site: Site, aws: AwsInMemory, options: str = "") -> None:
        self.site, self.aws, self.now = site, aws, START
        self.toml = f'[feeds.wire]\nurl = "{site.base_url}/feed.xml"\n{options}'
        self.feed = parse_feeds(self.toml)["wire"]

    def lists(self, *names: str, etag: str = "", changed: str = "") -> None:
        """Makes the feed list these pages; with another `changed`, their entries have changed."""
        items = "".join(f"<item><title>{changed}</title><link>/news/{name}</link></item>" for name in names)
        headers = {"ETag": etag} if etag else {}
        self.site.pages["/feed.xml"] = page(f"<rss><channel>{items}</channel></rss>".encode(), **headers)

    def publish(self, name: str, headline: str = "Ferries run all night", path: str = "", **story: object) -> None:
        """Puts a page on the site, whose article has the ID `name`."""
        fields = {"@type": "NewsArticle", "identifier": name, "headline": headline, **DEFAULTS, **story}
        script = f'<script type="application/ld+json">{json.dumps(fields)}</script>'
        html = f"<html lang=en><title>{headline}</title>{script}<article><p>Boats sail every hour.</p></article></html>"
        self.site.pages[path or f"/news/{name}"] = page(html.encode(), Content_Type="text/html; charset=utf-8", ETag='"1"')

    def answer(self, name: str, status: int, **headers: str) -> None:
        self.site.pages[f"/news/{name}"] = page(b"", status, **headers)

    def poll(self, minutes: float = 0, seconds: float = 30) -> list[str]:
        """Polls the feed after some minutes, lets the workers work, and returns the paths that were fetched.

        The poll begins no request after `seconds`.
        """
        self.now += timedelta(minutes=minutes)
        self.site.requests.clear()
        poll_feed(settings(), self.feed, self.now, time.monotonic() + seconds)
        self.aws.work()
        return [request.path.removeprefix("/news/") for request in self.site.requests if request.path.startswith("/news/")]


@contextmanager
def feed_site(assets: Path, options: str = "") -> Iterator[FeedSite]:
    with web_server() as site, aws_in_memory(assets) as aws:
        aws.connect("", "")
        yield FeedSite(site, aws, options)
