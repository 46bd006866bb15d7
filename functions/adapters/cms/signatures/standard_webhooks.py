"""Verifies Standard Webhooks: an HMAC-SHA256 over the ID, the timestamp and the body, with one or more signatures.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii

from adapters.cms.signatures.scheme import (
    Credentials,
    SignedEvent,
    WebhookRequest,
    any_matches,
    header,
    read_timestamp,
    sha256_hmacs,
    to_utf8,
    wrong_signature,
)


def read_key(secret: str) -> bytes:
    """Decodes the key of a secret such as `whsec_MfKQ...`. Raises ValueError."""
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    if not key:
        raise ValueError("expected a key, got nothing")
    return key


def verify(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    event_id, timestamp, signatures = (header(request, f"webhook-{name}") for name in ("id", "timestamp", "signature"))
    sent_at = read_timestamp(timestamp, "webhook-timestamp", request.received_at, per_second=1)
    versions = (signature.partition(",") for signature in signatures.split(" "))
    candidates = [_base64(encoded) for version, _, encoded in versions if version == "v1"]
    if not any_matches(candidates, sha256_hmacs(credentials, to_utf8(f"{event_id}.{timestamp}."), request.body)):
        raise wrong_signature("webhook-signature")
    return SignedEvent(event_id, sent_at)


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return b""
