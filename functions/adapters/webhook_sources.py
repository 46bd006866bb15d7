"""The table of webhook sources, a TOML document in Secrets Manager, into frozen values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from aws_lambda_powertools.utilities.parameters import SecretsProvider

from adapters.clients import CONFIG
from adapters.errors import ConfigInvalid
from adapters.signatures import SCHEMES
from storycard.article import ARTICLE_ID, LANGUAGE
from storycard.errors import shown
from storycard.ingest import FORMATS

MAX_AGE = 300  # seconds a function keeps the table, so that a secret is rotated without a deployment


@dataclass(frozen=True, slots=True)
class Source:
    """One CMS: how it signs, what it sends, the language of articles that do not name theirs, and every key valid now."""

    name: str
    scheme: str
    format: str
    language: str | None
    keys: tuple[bytes, ...] = field(repr=False)


def load_sources(secret_name: str) -> Mapping[str, Source]:
    """The sources by name, at most MAX_AGE seconds old. Raises ConfigInvalid."""
    return parse_sources(secrets().get(secret_name, max_age=MAX_AGE))


def parse_sources(document: str) -> Mapping[str, Source]:
    """`[sources.NAME]` tables of `scheme`, `format`, `secrets`, perhaps `language`. Raises ConfigInvalid naming the key."""
    try:
        tables = tomllib.loads(document).get("sources")
    except tomllib.TOMLDecodeError as error:
        raise ConfigInvalid("webhook sources", "a TOML document", str(error)) from None  # the document holds secrets
    if not isinstance(tables, dict):
        raise ConfigInvalid("sources", "[sources.NAME] tables", shown(tables))
    return MappingProxyType({name: _source(name, table) for name, table in tables.items()})


@cache
def secrets() -> SecretsProvider:
    return SecretsProvider(boto_config=CONFIG)


def _source(name: str, table: object) -> Source:
    place = f"sources.{name}"
    if not ARTICLE_ID.fullmatch(name):  # it stands in a URL and in S3 keys, as an article's ID does
        raise ConfigInvalid(place, "a name of letters, digits, '.', '_', '~' or '-'", shown(name))
    if not isinstance(table, dict):
        raise ConfigInvalid(place, "a table", shown(table))
    scheme, language = table.get("scheme"), table.get("language")
    if scheme not in SCHEMES:
        raise ConfigInvalid(f"{place}.scheme", "one of " + ", ".join(SCHEMES), shown(scheme))
    if table.get("format") not in FORMATS:
        raise ConfigInvalid(f"{place}.format", "one of " + ", ".join(FORMATS), shown(table.get("format")))
    if language is not None and not (isinstance(language, str) and LANGUAGE.fullmatch(language)):
        raise ConfigInvalid(f"{place}.language", "a BCP 47 tag such as 'en'", shown(language))
    return Source(name, scheme, table["format"], language, _keys(place, scheme, table.get("secrets")))


def _keys(place: str, scheme: str, secrets: object) -> tuple[bytes, ...]:
    if not isinstance(secrets, list) or not secrets:
        raise ConfigInvalid(
            f"{place}.secrets", "a list of at least one secret", type(secrets).__name__
        )  # never the secret itself
    keys = []
    for index, secret in enumerate(secrets):
        try:
            keys.append(SCHEMES[scheme].read_key(secret))
        except (ValueError, AttributeError):
            raise ConfigInvalid(f"{place}.secrets[{index}]", f"a secret as {scheme} writes it", "something else") from None
    return tuple(keys)
