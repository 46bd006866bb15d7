"""The table of webhook sources, a TOML document in Secrets Manager, into frozen values."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.cms.events import FORMATS
from adapters.cms.signatures import SCHEMES
from adapters.cms.signatures.scheme import Credentials, Scheme
from adapters.config.secrets_cache import secret_text
from adapters.errors import ConfigInvalid
from storycard.article import ARTICLE_ID, LANGUAGE
from storycard.errors import shown

HEADER_NAME = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]+")  # a token (RFC 9110, 5.6.2), in lower case


@dataclass(frozen=True, slots=True)
class Source:
    """One CMS: how it signs, what it sends, the language of articles that do not name theirs, and what it proves itself by."""

    name: str
    scheme: str
    format: str
    language: str | None
    credentials: Credentials


def load_sources(secret_name: str) -> Mapping[str, Source]:
    """The sources by name, some minutes old at most. Raises ConfigInvalid."""
    return parse_sources(secret_text(secret_name))


def parse_sources(document: str) -> Mapping[str, Source]:
    """`[sources.NAME]` tables of `scheme`, `format`, `secrets`, perhaps `language` and `header`, into sources by name.

    Raises ConfigInvalid naming the source and the key.
    """
    try:
        tables = tomllib.loads(document).get("sources")
    except tomllib.TOMLDecodeError as error:
        raise ConfigInvalid("webhook sources", "a TOML document", str(error)) from None  # the document holds secrets
    if not isinstance(tables, dict):
        raise ConfigInvalid("sources", "[sources.NAME] tables", shown(tables))
    return MappingProxyType({name: _source(name, table) for name, table in tables.items()})


def _source(name: str, table: object) -> Source:
    place = f"sources.{name}"
    if not ARTICLE_ID.fullmatch(name):  # it stands in a URL and in S3 keys, as an article's ID does
        raise ConfigInvalid(place, "a name of letters, digits, '.', '_', '~' or '-'", shown(name))
    if not isinstance(table, dict):
        raise ConfigInvalid(place, "a table", shown(table))
    scheme, language = table.get("scheme"), table.get("language")
    if not isinstance(scheme, str) or scheme not in SCHEMES:
        raise ConfigInvalid(f"{place}.scheme", "one of " + ", ".join(SCHEMES), shown(scheme))
    if not isinstance(table.get("format"), str) or table["format"] not in FORMATS:
        raise ConfigInvalid(f"{place}.format", "one of " + ", ".join(FORMATS), shown(table.get("format")))
    if language is not None and not (isinstance(language, str) and LANGUAGE.fullmatch(language)):
        raise ConfigInvalid(f"{place}.language", "a BCP 47 tag such as 'en'", shown(language))
    credentials = Credentials(
        keys=_keys(place, scheme, table.get("secrets")),
        header=_header(place, SCHEMES[scheme], table.get("header")),
    )
    return Source(name, scheme, table["format"], language, credentials)


def _keys(place: str, scheme: str, secrets: object) -> tuple[bytes, ...]:
    if not isinstance(secrets, list) or not secrets:
        raise ConfigInvalid(
            f"{place}.secrets", "a list of at least one secret", type(secrets).__name__
        )  # never the secret itself
    keys = []
    for index, secret in enumerate(secrets):
        try:
            keys.append(SCHEMES[scheme].read_key(secret))
        except (ValueError, TypeError, AttributeError):
            raise ConfigInvalid(f"{place}.secrets[{index}]", f"a secret as {scheme} writes it", "something else") from None
    return tuple(keys)


def _header(place: str, scheme: Scheme, name: object) -> str:
    """The header that carries the proof, in lower case; empty where the scheme itself says which."""
    if name is None and scheme.header != "":
        return scheme.header or ""
    if scheme.header is None:
        raise ConfigInvalid(f"{place}.header", "none: this scheme names its headers itself", shown(name))
    if not isinstance(name, str) or not HEADER_NAME.fullmatch(name.lower()):
        raise ConfigInvalid(f"{place}.header", "the name of the header that carries the secret or signature", shown(name))
    return name.lower()
