"""Reads the feeds to poll from the TOML document about connections.

They are not among the webhook sources, because a function that fetches from the Internet must not read signing keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import urlsplit

from adapters.config.connections import connections_document, read_id_prefix, read_paid_text, read_social_titles
from adapters.config.settings import Settings
from adapters.errors import ConfigInvalid
from adapters.storage.ownership import Sender
from storycard.article import ARTICLE_ID, LANGUAGE, is_web_address
from storycard.errors import shown
from storycard.toml_reader import Table, parse_toml


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to poll, and how its pages are read. Pages are fetched from `hosts` only."""

    name: str
    url: str
    hosts: frozenset[str]
    language: str | None
    id_prefix: str
    paid_text: bool
    social_titles: bool

    @property
    def sender(self) -> Sender:
        """The owner of the feed's articles: the same as that of a webhook source of this name."""
        return Sender(self.name)


def load_feeds(settings: Settings) -> Mapping[str, Feed]:
    """Returns the feeds by name, cached for some minutes; a secret without a value has none. Raises ConfigInvalid."""
    return parse_feeds(connections_document(settings.connections_secret))


@lru_cache(maxsize=1)  # each request needs them, and a secret rarely changes
def parse_feeds(document: str) -> Mapping[str, Feed]:
    """Reads the tables `[feeds.NAME]`: `url`, and optionally `hosts`, `language`, `id_prefix`, `paid_text` and `social_titles`.

    Raises ConfigInvalid naming the feed and the key.
    """
    root = Table("", parse_toml(document.encode(), "connections", ConfigInvalid), error=ConfigInvalid)
    feeds = root.table("feeds", {})
    for name in feeds.values:
        if not ARTICLE_ID.fullmatch(name):  # the name is part of S3 keys
            raise feeds.wrong(name, "a name of letters, digits, '.', '_', '~' or '-'", shown(name))
    return MappingProxyType({name: _feed(name, table) for name, table in feeds.tables().items()})


def _feed(name: str, table: Table) -> Feed:
    url = table.text("url")
    if not is_web_address(url):
        raise table.wrong("url", "the https URL of a feed", shown(url))
    return Feed(
        name,
        url,
        _hosts(urlsplit(url).netloc.lower(), table),
        table.text("language", "", pattern=LANGUAGE, expected="a BCP 47 tag such as 'en'") or None,
        read_id_prefix(table),
        read_paid_text(table),
        read_social_titles(table),
    )


def _hosts(own: str, table: Table) -> frozenset[str]:
    """Returns the hosts of pages: that of the feed, with and without `www.`, and those in `hosts`."""
    bare = own.removeprefix("www.")
    return frozenset({bare, f"www.{bare}", *(host.lower() for host in table.text_list("hosts", ()))})
