"""Defines an entry of a feed, and builds it from a link."""

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from storycard.ingest.web_addresses import web_address

MAX_ENTRIES = 1000  # as many as a news sitemap may have
_TRACKING = ("utm_", "at_medium", "at_campaign")  # parameters that count where readers came from


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A page that a feed lists. Another `marker` means that the page may have changed."""

    url: str
    marker: str


def build_entry(link: str, base: str, *said: str) -> FeedEntry | None:
    """Builds the entry of the page that `link` leads to, marked by what the feed said of it, or None without a valid link."""
    url = page_address(web_address(link, base))
    marker = hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return FeedEntry(url, marker) if url else None


def page_address(url: str) -> str:
    """Returns the URL without its fragment and without parameters that only count readers, which may differ in each feed."""
    parts = urlsplit(url)
    query = parts.query
    if any(name in query for name in _TRACKING):
        query = urlencode([(name, value) for name, value in parse_qsl(query, True) if not name.startswith(_TRACKING)])
    return urlunsplit(parts._replace(query=query, fragment=""))
