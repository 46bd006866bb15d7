"""Verifies a fixed secret in a header, for a CMS that cannot sign: it proves the sender, not the body."""

import hashlib

from adapters.cms.signatures.scheme import (
    Credentials,
    SignedEvent,
    WebhookRequest,
    any_matches,
    header,
    plain_key,
    to_utf8,
    untimed_event,
)
from adapters.errors import SignatureInvalid


def read_key(secret: str) -> bytes:
    """Returns the key. Raises ValueError for a secret that a header cannot carry (RFC 9110, 5.5)."""
    if not (secret.isascii() and secret.isprintable()):
        raise ValueError("expected printable ASCII")
    return plain_key(secret)


def verify(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    # Hashes first, so that the time does not reveal the length of the secret either.
    got = hashlib.sha256(to_utf8(header(request, credentials.header))).digest()
    if not any_matches([got], (hashlib.sha256(key).digest() for key in credentials.keys)):
        raise SignatureInvalid(f"{credentials.header}: expected this source's secret, got something else")
    return untimed_event(request)
