"""Verifies Ghost's `X-Ghost-Signature: sha256=<hex>, t=<ms>`.

Since July 2024 the signature covers the body and then the timestamp (https://github.com/TryGhost/Ghost/pull/20500). Before
that, it covered the body alone. Both have the same form, so the configuration names the scheme.
https://github.com/TryGhost/Ghost/blob/main/ghost/core/core/server/services/webhooks/WebhookTrigger.js
"""

import re

from adapters.cms.signatures.scheme import (
    Credentials,
    SignedEvent,
    WebhookRequest,
    any_matches,
    header,
    read_hex,
    read_timestamp,
    sha256_hmacs,
    to_utf8,
    untimed_event,
    wrong_signature,
)
from adapters.errors import SignatureInvalid

HEADER = "x-ghost-signature"
_SIGNATURE = re.compile(r"sha256=([0-9a-f]{64}), ?t=([0-9]{1,15})")


def verify(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    match = _parts(request)
    sent_at = read_timestamp(match[2], f"{HEADER}: t", request.received_at, per_second=1000)
    _check(match, sha256_hmacs(credentials, request.body, to_utf8(match[2])))
    return SignedEvent(match[2], sent_at)


def verify_body_only(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    """Verifies the signature of Ghost before July 2024, and ignores its timestamp, which is not signed."""
    _check(_parts(request), sha256_hmacs(credentials, request.body))
    return untimed_event(request)


def _parts(request: WebhookRequest) -> re.Match[str]:
    match = _SIGNATURE.fullmatch(header(request, HEADER))
    if match is None:
        raise SignatureInvalid(f"{HEADER}: expected 'sha256=<64 hexadecimal digits>, t=<milliseconds>', got something else")
    return match


def _check(match: re.Match[str], expected: tuple[bytes, ...]) -> None:
    if not any_matches([read_hex(match[1])], expected):
        raise wrong_signature(HEADER)
