"""Reads the operator's TOML about connections: the CMS, the hosts of photographs, the receivers of webhooks, Slack, signing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Literal
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from adapters.cms.article_map import MAPPED, ArticleMap, read_map
from adapters.cms.signatures import standard_webhooks
from adapters.cms.signatures.scheme import plain_key
from adapters.config.secrets_cache import secret_text
from adapters.config.settings import Settings
from adapters.errors import ConfigInvalid
from storycard.article import ARTICLE_ID, LANGUAGE
from storycard.errors import kind_of, shown
from storycard.ingest import FORMATS
from storycard.ingest.article_kinds import POST_TYPES
from storycard.toml_reader import Table, parse_toml

ALGORITHMS = ("es256", "es384", "es512", "ps256", "ps384", "ps512", "ed25519")  # C2PA 2.2, 13.2.1
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, section 5.1
HEADER_VALUE = re.compile(r"[\x20-\x7e]*")
ID_PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,63}")
POST_TYPE = re.compile(r"[a-z0-9_-]{1,20}")  # https://developer.wordpress.org/reference/functions/register_post_type/
PEM = re.compile(r"\s*-----BEGIN .*", re.DOTALL)

OutgoingFormat = Literal["standard-webhooks", "slack", "teams"]
OUTGOING_FORMATS: tuple[OutgoingFormat, ...] = ("standard-webhooks", "slack", "teams")


@dataclass(frozen=True, slots=True)
class Cms:
    """Where to fetch an article by its ID: `url` contains `{id}`, and `headers` may hold the CMS's own secrets."""

    url: str
    format: str
    language: str | None
    headers: Mapping[str, str] = field(repr=False)
    id_prefix: str = ""  # the prefix of every ID of this CMS
    refresh_after: timedelta = timedelta(minutes=5)  # the age at which a fetched article is fetched again
    paid_text: bool = False  # cards may show what a reader without an account may not see
    social_titles: bool = True  # titles for social networks head the cards
    post_types: tuple[str, ...] = POST_TYPES  # of WordPress; other types are not articles
    article_map: ArticleMap | None = None  # where the article's fields are, instead of a format

    def own_id(self, article_id: str) -> str | None:
        """Returns the article's ID in the CMS; None if it is not an article of this CMS."""
        own = article_id[len(self.id_prefix) :]
        return own if article_id.startswith(self.id_prefix) and ARTICLE_ID.fullmatch(own) else None

    @property
    def hosts(self) -> frozenset[str]:
        """The host of the URL, with its port if the URL names one."""
        return frozenset({urlsplit(self.url).netloc.lower()})


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A receiver of done events: their format, and all keys to sign them with, two while one is being replaced.

    Slack and Teams take no signature: whoever knows the URL may post there.
    """

    url: str = field(repr=False)
    keys: tuple[bytes, ...] = field(repr=False)
    format: OutgoingFormat = "standard-webhooks"

    @property
    def is_chat(self) -> bool:
        return self.format != "standard-webhooks"


@dataclass(frozen=True, slots=True)
class Slack:
    """The Slack app that may ask for cards, by its signing secrets: two while one is being replaced."""

    keys: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signing:
    """Credentials that sign cards (C2PA): certificates in PEM, the signer's own first, and the private key in PEM (PKCS #8)."""

    certificates: str
    key: str = field(repr=False)
    algorithm: str


@dataclass(frozen=True, slots=True)
class Connections:
    """All connections; `photo_hosts` None allows every public host. Receivers have names: "" is that of `[outgoing]` itself."""

    cms: Cms | None
    photo_hosts: frozenset[str] | None
    outgoing: Mapping[str, Outgoing]
    slack: Slack | None
    signing: Signing | None


def load_connections(settings: Settings) -> Connections:
    """Returns the connections, cached for some minutes; a secret without a value has none. Raises ConfigInvalid."""
    return _parse_once(connections_document(settings.connections_secret), settings.cms_url, settings.cms_format)


@lru_cache(maxsize=1)  # each request needs them, and a signing certificate takes milliseconds to read
def _parse_once(document: str, cms_url: str, cms_format: str) -> Connections:
    return parse_connections(document, {"url": cms_url, "format": cms_format} if cms_url else None)


def connections_document(secret_name: str) -> str:
    """Returns the operator's TOML, cached for some minutes; "" for a secret without a value."""
    try:
        return secret_text(secret_name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return ""
        raise


def parse_connections(document: str, cms_defaults: Mapping[str, object] | None = None) -> Connections:
    """Reads the tables `[cms]`, `[photos]`, `[outgoing]`, `[slack]` and `[credentials]`, all optional.

    Raises ConfigInvalid naming the key.

    `cms_defaults` are values for keys that `[cms]` does not have, or for the whole table.
    """
    values = parse_toml(document.encode(), "connections", ConfigInvalid)
    if cms_defaults and isinstance(cms := values.get("cms", {}), dict):
        values["cms"] = {**cms_defaults, **cms}
    root = Table("", values, error=ConfigInvalid)
    return Connections(
        cms=_cms(root.table("cms")) if "cms" in root else None,
        photo_hosts=_hosts(root.table("photos")) if "photos" in root else None,
        outgoing=_receivers(root.table("outgoing")) if "outgoing" in root else {},
        slack=_slack(root) if "slack" in root else None,
        signing=_signing(root.table("credentials")) if "credentials" in root else None,
    )


def read_paid_text(table: Table) -> bool:
    """Returns whether cards may use text that is not open to everybody: only with `paid_text = "cards"`."""
    return table.choice("paid_text", ("none", "cards"), "none") == "cards"


def read_social_titles(table: Table) -> bool:
    """Returns whether titles for social networks head the cards: not with `social_titles = "none"`."""
    return table.choice("social_titles", ("cards", "none"), "cards") == "cards"


def read_post_types(table: Table) -> tuple[str, ...]:
    """Returns WordPress's post types that are articles, `post` alone by default."""
    names = table.text_list("post_types", POST_TYPES)
    for name in names:
        if not POST_TYPE.fullmatch(name):
            raise table.wrong("post_types", "names of up to 20 lower-case letters, digits, '_' or '-'", shown(name))
    if not names or ("post_types" in table and table.values.get("format") != "wordpress"):
        raise table.wrong(
            "post_types", "at least one name, and only with format = 'wordpress'", ", ".join(names) or "an empty list"
        )
    return names


def _takes_id(url: str) -> bool:
    """Returns whether `url` is an address on the web with {id} in its path or query."""
    try:
        host = urlsplit(url).netloc
    except ValueError:  # brackets around something other than an IPv6 address
        return False
    return "{id}" in url and "{" not in host and url.startswith(("https://", "http://"))


def _cms(table: Table) -> Cms:
    url = table.text("url")
    if not _takes_id(url):
        raise table.wrong("url", "an https URL with {id} in its path or query", shown(url))
    language = table.text("language", "", pattern=LANGUAGE, expected="a BCP 47 tag such as 'en'")
    header_table, headers = table.table("headers", {}), dict[str, str]()
    for name, value in header_table.values.items():
        if not (HEADER_NAME.fullmatch(name) and isinstance(value, str) and HEADER_VALUE.fullmatch(value)):
            raise header_table.wrong(name, "an HTTP header of visible ASCII characters", kind_of(value))
        headers[name] = value
    refresh_after = timedelta(seconds=table.whole("refresh_seconds", 300, low=10, high=86_400))
    return Cms(
        url,
        MAPPED if "map" in table else table.choice("format", FORMATS),
        language or None,
        headers,
        id_prefix=read_id_prefix(table),
        refresh_after=refresh_after,
        paid_text=read_paid_text(table),
        social_titles=read_social_titles(table),
        post_types=read_post_types(table),
        article_map=read_article_map(table),
    )


def read_article_map(table: Table) -> ArticleMap | None:
    """Returns the expressions of the table `map`, if there is one, which stands instead of `format`."""
    if "map" not in table:
        return None
    if table.values.get("format"):
        raise table.wrong("format", "no key of this name beside the table map", shown(table.values["format"]))
    return read_map(table.table("map"))


def read_id_prefix(table: Table) -> str:
    """Returns the prefix of every ID of a source, which lets two sources use the same IDs; "" by default."""
    expected = "1 to 64 letters, digits, '.', '_', '~' or '-', the first a letter or digit"
    return table.text("id_prefix", "", pattern=ID_PREFIX, expected=expected)


def _receivers(table: Table) -> Mapping[str, Outgoing]:
    """Reads the receiver of the table itself, and those of the tables `[outgoing.NAME]`."""
    named = {name: table.table(name) for name, value in table.values.items() if isinstance(value, dict)}
    own = replace(table, values={name: value for name, value in table.values.items() if name not in named})
    tables = named if named and not own.values else {"": own, **named}
    return MappingProxyType({name: _outgoing(receiver) for name, receiver in tables.items()})


def _outgoing(table: Table) -> Outgoing:
    url, form = replace(table, describe=kind_of).text("url"), table.choice("format", OUTGOING_FORMATS, OUTGOING_FORMATS[0])
    if form == "standard-webhooks":
        return Outgoing(url, read_secrets(table, standard_webhooks.read_key, "whsec_ and base64"), form)
    if "secrets" in table:
        raise table.wrong("secrets", f"no key of this name, since {form} takes no signature", kind_of(table.values["secrets"]))
    return Outgoing(url, (), form)


def _slack(root: Table) -> Slack:
    table = replace(root, describe=kind_of).table("slack")
    return Slack(read_secrets(table, plain_key, "the signing secret of the Slack app"))


def _signing(table: Table) -> Signing:
    """Checks only that the values are PEM; the signing library reports what is wrong inside them."""
    secret = replace(table, describe=kind_of)
    algorithm = table.choice("algorithm", ALGORITHMS, ALGORITHMS[0])
    certificates, key = (secret.text(name, pattern=PEM, expected="PEM").lstrip() for name in ("certificates", "key"))
    return Signing(certificates, key, algorithm)


def _hosts(table: Table) -> frozenset[str]:
    if "hosts" not in table:
        raise table.wrong("hosts", "a list of host names", "nothing")
    return frozenset(host.lower() for host in table.text_list("hosts"))


def read_secrets(table: Table, read_key: Callable[[str], bytes], expected: str) -> tuple[bytes, ...]:
    """Returns the keys in the table's list `secrets`, which has at least one. Raises ConfigInvalid, quoting no secret."""
    secrets = replace(table, describe=kind_of).text_list("secrets")
    if not secrets:
        raise table.wrong("secrets", "a list of at least one secret", "an empty list")
    keys = []
    for index, secret in enumerate(secrets):
        try:
            keys.append(read_key(secret))
        except ValueError:
            raise table.wrong(f"secrets[{index}]", expected, "something else") from None
    return tuple(keys)
