"""A bearer token into the name and role it stands for, by a table that holds only hashes (RFC 6750).

`[tokens.NAME]` in the operator's TOML: `sha256`, the token's own in hex, and `role`, viewer or editor. A token is 32 random
bytes, not a word somebody chose, so its plain SHA-256 tells nobody anything.
"""

import hashlib
import hmac
import re
import tomllib
from dataclasses import dataclass
from typing import Literal

from adapters.config.connections import connections_document
from adapters.errors import ConfigInvalid, TokenInvalid, TokenTooWeak
from storycard.errors import shown

Role = Literal["viewer", "editor"]
ROLES: tuple[Role, ...] = ("viewer", "editor")  # each may what those before it may
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Token:
    """Who may do what."""

    name: str
    sha256: str
    role: Role


def authorise(secret_name: str, authorization: str | None, role: Role) -> Token:
    """The token of an Authorization header. Raises TokenInvalid for none that we know, TokenTooWeak for one without this role."""
    scheme, _, credentials = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not credentials.strip():
        raise TokenInvalid
    offered = hashlib.sha256(credentials.strip().encode()).hexdigest()
    known = parse_tokens(connections_document(secret_name))
    # All are compared, each in constant time: how long it takes says nothing about any.
    matches = [token for token in known if hmac.compare_digest(token.sha256, offered)]
    if not matches:
        raise TokenInvalid
    if ROLES.index(matches[0].role) < ROLES.index(role):
        raise TokenTooWeak(role)
    return matches[0]


def parse_tokens(document: str) -> tuple[Token, ...]:
    """The tokens of a TOML document, none if it has no such tables. Raises ConfigInvalid naming the key."""
    try:
        tables = tomllib.loads(document).get("tokens", {})
    except tomllib.TOMLDecodeError as error:
        raise ConfigInvalid("tokens", "a TOML document", str(error)) from None  # the document holds secrets
    if not isinstance(tables, dict):
        raise ConfigInvalid("tokens", "[tokens.NAME] tables", type(tables).__name__)
    return tuple(_token(name, table) for name, table in tables.items())


def _token(name: str, table: object) -> Token:
    if not isinstance(table, dict):
        raise ConfigInvalid(f"tokens.{name}", "a table", type(table).__name__)
    digest, role = table.get("sha256"), table.get("role")
    if not isinstance(digest, str) or not SHA256.fullmatch(digest):
        raise ConfigInvalid(f"tokens.{name}.sha256", "64 hexadecimal digits in lower case", "something else")
    if role not in ROLES:
        raise ConfigInvalid(f"tokens.{name}.role", "one of " + ", ".join(ROLES), shown(role))
    return Token(name, digest, role)
