"""Looks up the name and role of a bearer token (RFC 6750) in a table that holds only hashes.

The operator's TOML has a table `[tokens.NAME]` for each token, with `sha256` (the token's SHA-256 in hex) and `role` (viewer
or editor). A token is 32 random bytes, so an unsalted SHA-256 does not reveal it.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from adapters.config.connections import connections_document
from adapters.errors import ConfigInvalid, TokenInvalid, TokenTooWeak
from storycard.errors import kind_of
from storycard.toml_reader import Table, parse_toml

Role = Literal["viewer", "editor"]
ROLES: tuple[Role, ...] = ("viewer", "editor")  # in rising order: each includes the rights of those before it
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Token:
    """One configured token: its owner's name, its hash and its role."""

    name: str
    sha256: str
    role: Role


def authorise(secret_name: str, authorization: str | None, role: Role) -> Token:
    """Returns the token in an Authorization header.

    Raises TokenInvalid if it is missing or unknown, TokenTooWeak if its role is below `role`.
    """
    scheme, _, credentials = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not credentials.strip():
        raise TokenInvalid
    offered = hashlib.sha256(credentials.strip().encode("utf-8", "surrogatepass")).hexdigest()
    known = parse_tokens(connections_document(secret_name))
    # Compares with every token, each in constant time, so that timing reveals nothing about any of them.
    matches = [token for token in known if hmac.compare_digest(token.sha256, offered)]
    if not matches:
        raise TokenInvalid
    if ROLES.index(matches[0].role) < ROLES.index(role):
        raise TokenTooWeak(role)
    return matches[0]


@lru_cache(maxsize=1)  # each request needs them, and a secret rarely changes
def parse_tokens(document: str) -> tuple[Token, ...]:
    """Reads the `[tokens.NAME]` tables of a TOML document; there may be none. Raises ConfigInvalid naming the key."""
    root = Table("", parse_toml(document.encode(), "tokens", ConfigInvalid), error=ConfigInvalid, describe=kind_of)
    return tuple(
        Token(
            name=name,
            sha256=table.text("sha256", pattern=SHA256, expected="64 hexadecimal digits in lower case"),
            role=table.choice("role", ROLES),
        )
        for name, table in root.table("tokens", {}).tables().items()
    )
