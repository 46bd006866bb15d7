"""The operator's secret TOML into what this system talks to on its own: the CMS, hosts of photographs, who hears of new cards."""

import base64
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from adapters.config.secrets_cache import secret_text
from adapters.config.settings import Settings
from adapters.errors import ConfigInvalid
from storycard.article import LANGUAGE
from storycard.errors import shown
from storycard.ingest import FORMATS

ALGORITHMS = ("es256", "es384", "es512", "ps256", "ps384", "ps512", "ed25519")  # C2PA 2.2, 13.2.1
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, section 5.1
HEADER_VALUE = re.compile(r"[\x20-\x7e]*")


@dataclass(frozen=True, slots=True)
class Cms:
    """Where an article is asked for by its ID: `url` has `{id}`; `headers` carry the CMS's own secrets."""

    url: str
    format: str
    language: str | None
    headers: Mapping[str, str] = field(repr=False)

    @property
    def hosts(self) -> frozenset[str]:
        """The one host that this URL names, and its port where it names one."""
        return frozenset({urlsplit(self.url).netloc.lower()})


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Who is told of new cards by a signed webhook, and every key to sign with: two while one is being replaced."""

    url: str
    keys: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signing:
    """What cards are signed with (C2PA): certificates in PEM, the signer's own first, and its private key in PEM (PKCS #8)."""

    certificates: str
    key: str = field(repr=False)
    algorithm: str


@dataclass(frozen=True, slots=True)
class Connections:
    """All of them; `photo_hosts` None means any host of the Internet."""

    cms: Cms | None
    photo_hosts: frozenset[str] | None
    outgoing: Outgoing | None
    signing: Signing | None


def load_connections(settings: Settings) -> Connections:
    """The connections, some minutes old at most; a secret that nobody has filled yet adds none. Raises ConfigInvalid."""
    cms = {"url": settings.cms_url, "format": settings.cms_format} if settings.cms_url else None
    return parse_connections(connections_document(settings.connections_secret), cms)


def connections_document(secret_name: str) -> str:
    """What the operator wrote, in TOML, some minutes old at most; nothing in a secret that nobody has filled yet."""
    try:
        return secret_text(secret_name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return ""
        raise


def parse_connections(document: str, cms_known: Mapping[str, object] | None = None) -> Connections:
    """The tables `[cms]`, `[photos]`, `[outgoing]`, `[credentials]`, all optional. Raises ConfigInvalid naming the key.

    What is known of the CMS already needs not stand in its table, and yields to what does.
    """
    try:
        tables = tomllib.loads(document)
    except tomllib.TOMLDecodeError as error:
        raise ConfigInvalid("connections", "a TOML document", str(error)) from None  # the document holds secrets
    cms, photos, outgoing, signing = (_table(tables, name) for name in ("cms", "photos", "outgoing", "credentials"))
    return Connections(
        cms=None if cms is None and cms_known is None else _cms({**(cms_known or {}), **(cms or {})}),
        photo_hosts=None if photos is None else _hosts(photos),
        outgoing=None if outgoing is None else Outgoing(_text(outgoing, "outgoing", "url"), _keys(outgoing)),
        signing=None if signing is None else _signing(signing),
    )


def _table(tables: Mapping[str, object], name: str) -> Mapping[str, object] | None:
    table = tables.get(name)
    if table is not None and not isinstance(table, dict):
        raise ConfigInvalid(name, "a table", shown(table))
    return table


def _cms(table: Mapping[str, object]) -> Cms:
    url, language, headers = _text(table, "cms", "url"), table.get("language"), table.get("headers", {})
    if "{id}" not in url or "{" in urlsplit(url).netloc or not url.startswith(("https://", "http://")):
        raise ConfigInvalid("cms.url", "an https URL with {id} in its path or query", shown(url))
    if table.get("format") not in FORMATS:
        raise ConfigInvalid("cms.format", "one of " + ", ".join(FORMATS), shown(table.get("format")))
    if language is not None and not (isinstance(language, str) and LANGUAGE.fullmatch(language)):
        raise ConfigInvalid("cms.language", "a BCP 47 tag such as 'en'", shown(language))
    if not isinstance(headers, dict):
        raise ConfigInvalid("cms.headers", "a table", type(headers).__name__)
    for name, value in headers.items():
        if not (HEADER_NAME.fullmatch(name) and isinstance(value, str) and HEADER_VALUE.fullmatch(value)):
            raise ConfigInvalid(f"cms.headers.{name}", "an HTTP header of visible ASCII characters", "something else")
    return Cms(url, table["format"], language, headers)


def _signing(table: Mapping[str, object]) -> Signing:
    """PEM is looked at no closer: what is wrong with a key is for the library that signs with it to say."""
    algorithm = table.get("algorithm", ALGORITHMS[0])
    if algorithm not in ALGORITHMS:
        raise ConfigInvalid("credentials.algorithm", "one of " + ", ".join(ALGORITHMS), shown(algorithm))
    for name in ("certificates", "key"):
        value = table.get(name)
        if not (isinstance(value, str) and value.lstrip().startswith("-----BEGIN ")):
            raise ConfigInvalid(f"credentials.{name}", "PEM", "something else" if value else "nothing")
    return Signing(table["certificates"].lstrip(), table["key"].lstrip(), algorithm)


def _hosts(table: Mapping[str, object]) -> frozenset[str]:
    hosts = table.get("hosts")
    if not isinstance(hosts, list) or not all(isinstance(host, str) for host in hosts):
        raise ConfigInvalid("photos.hosts", "a list of host names", shown(hosts))
    return frozenset(host.lower() for host in hosts)


def _text(table: Mapping[str, object], place: str, name: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value:
        raise ConfigInvalid(f"{place}.{name}", "text", shown(value))
    return value


def _keys(table: Mapping[str, object]) -> tuple[bytes, ...]:
    secrets_given = table.get("secrets")
    if not isinstance(secrets_given, list) or not secrets_given:
        raise ConfigInvalid("outgoing.secrets", "a list of at least one secret", type(secrets_given).__name__)
    keys = []
    for index, secret in enumerate(secrets_given):
        try:
            keys.append(base64.b64decode(secret.removeprefix("whsec_"), validate=True))
        except (ValueError, AttributeError):
            raise ConfigInvalid(f"outgoing.secrets[{index}]", "whsec_ and base64", "something else") from None
    return tuple(keys)
