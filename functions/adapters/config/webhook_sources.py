"""Reads the webhook sources from a TOML document in Secrets Manager."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from adapters.cms.article_map import MAPPED, ArticleMap
from adapters.cms.events import FORMATS
from adapters.cms.signatures import SCHEMES
from adapters.cms.signatures.scheme import Credentials, Scheme
from adapters.config.connections import (
    HEADER_NAME,
    read_article_map,
    read_id_prefix,
    read_paid_text,
    read_post_types,
    read_secrets,
    read_social_titles,
)
from adapters.config.secrets_cache import secret_text
from adapters.errors import ConfigInvalid
from adapters.storage.inbox import Delivery
from storycard.article import ARTICLE_ID, LANGUAGE
from storycard.errors import shown
from storycard.ingest.article_kinds import POST_TYPES
from storycard.toml_reader import Table, parse_toml


@dataclass(frozen=True, slots=True)
class Source:
    """One CMS: its signature scheme and keys, the format it sends, and the language of articles that name none."""

    name: str
    scheme: str
    format: str
    language: str | None
    credentials: Credentials
    id_prefix: str = ""  # the prefix of every ID of this source
    takes_over: frozenset[str] = frozenset()  # names of other sources whose articles this one may replace
    paid_text: bool = False  # cards may show what a reader without an account may not see
    social_titles: bool = True  # titles for social networks head the cards
    post_types: tuple[str, ...] = POST_TYPES  # of WordPress; other types are not articles
    article_map: ArticleMap | None = None  # where the article's fields are, instead of a format

    def delivery(
        self,
        body: bytes,
        received_at: datetime,
        arrived_at: datetime,
        *,
        event_id: str = "",
        topic: str = "",
        charset: str = "",
    ) -> Delivery:
        """Returns a delivery of this source, with the settings that are needed to read it later."""
        return Delivery(
            source=self.name,
            event_id=event_id,
            received_at=received_at,
            arrived_at=arrived_at,
            format=self.format,
            language=self.language,
            body=body,
            topic=topic,
            id_prefix=self.id_prefix,
            takes_over=self.takes_over,
            paid_text=self.paid_text,
            social_titles=self.social_titles,
            post_types=self.post_types,
            charset=charset,
            article_map=self.article_map,
        )


def load_sources(secret_name: str) -> Mapping[str, Source]:
    """Returns the sources by name, cached for some minutes. Raises ConfigInvalid."""
    return parse_sources(secret_text(secret_name))


@lru_cache(maxsize=1)  # each request needs them, and a secret rarely changes
def parse_sources(document: str, *, with_secrets: bool = True) -> Mapping[str, Source]:
    """Returns the sources in the tables `[sources.NAME]`, by name.

    Each has a `scheme`, `secrets` and either a `format` or a table `map` of expressions, and may have `language`, `header`,
    `id_prefix`, `takes_over`, `paid_text`, `social_titles` and `post_types`. `with_secrets` False ignores the secrets, which a
    file that is being written may not have yet.
    Raises ConfigInvalid naming the source and the key.
    """
    root = Table("", parse_toml(document.encode(), "webhook sources", ConfigInvalid), error=ConfigInvalid)
    sources = root.table("sources")
    for name in sources.values:
        if not ARTICLE_ID.fullmatch(name):  # the name is part of URLs and S3 keys, as an article's ID is
            raise sources.wrong(name, "a name of letters, digits, '.', '_', '~' or '-'", shown(name))
    return MappingProxyType({name: _source(name, table, with_secrets) for name, table in sources.tables().items()})


def _source(name: str, table: Table, with_secrets: bool) -> Source:
    scheme_name = table.choice("scheme", tuple(SCHEMES))
    scheme = SCHEMES[scheme_name]
    keys = read_secrets(table, scheme.read_key, f"a secret as {scheme_name} writes it") if with_secrets else ()
    return Source(
        name=name,
        scheme=scheme_name,
        format=MAPPED if "map" in table else table.choice("format", FORMATS),
        language=table.text("language", "", pattern=LANGUAGE, expected="a BCP 47 tag such as 'en'") or None,
        credentials=Credentials(keys, _header(table, scheme)),
        id_prefix=read_id_prefix(table),
        takes_over=_names(table, "takes_over"),
        paid_text=read_paid_text(table),
        social_titles=read_social_titles(table),
        post_types=read_post_types(table),
        article_map=read_article_map(table),
    )


def _names(table: Table, key: str) -> frozenset[str]:
    names = table.text_list(key, ())
    for name in names:
        if not ARTICLE_ID.fullmatch(name):
            raise table.wrong(key, "a list of names of sources", shown(name))
    return frozenset(names)


def _header(table: Table, scheme: Scheme) -> str:
    """Returns the name of the header that carries the proof, in lower case; "" if the scheme fixes its headers."""
    if scheme.header is None:
        if "header" in table:
            raise table.wrong("header", "no key of this name, since the scheme fixes its headers", shown(table.values["header"]))
        return ""
    expected = "the name of the header that carries the secret or signature"
    return table.text("header", scheme.header or None, pattern=HEADER_NAME, expected=expected).lower()
