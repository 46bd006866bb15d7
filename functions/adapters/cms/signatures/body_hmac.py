"""Verifies an HMAC over the body alone, in hexadecimal: Storyblok's SHA-1, GitHub's and most WordPress plugins' SHA-256.

https://www.storyblok.com/tp/webhook-secret-with-different-technologies
https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
"""

import hashlib
import hmac

from adapters.cms.signatures.scheme import (
    Credentials,
    SignedEvent,
    WebhookRequest,
    any_matches,
    header,
    read_hex,
    sha256_hmacs,
    untimed_event,
    wrong_signature,
)
from adapters.errors import SignatureInvalid

STORYBLOK_HEADER = "webhook-signature"  # Standard Webhooks uses the same name
HUB_HEADER = "x-hub-signature-256"


def verify_storyblok(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    expected = (hmac.digest(key, request.body, hashlib.sha1) for key in credentials.keys)
    if not any_matches([read_hex(header(request, STORYBLOK_HEADER))], expected):
        raise wrong_signature(STORYBLOK_HEADER)
    return untimed_event(request)


def verify_sha256(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    """Verifies `sha256=<hex>` in the configured header."""
    name, value = credentials.header, header(request, credentials.header)
    if not value.startswith("sha256="):
        raise SignatureInvalid(f"{name}: expected 'sha256=' and 64 hexadecimal digits, got something else")
    if not any_matches([read_hex(value.removeprefix("sha256="))], sha256_hmacs(credentials, request.body)):
        raise wrong_signature(name)
    return untimed_event(request)
