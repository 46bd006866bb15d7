"""Verifies an HMAC over the body alone, in hexadecimal: SHA-1 (Storyblok, Superdesk, Drupal) or SHA-256 (GitHub, most plugins).

https://www.storyblok.com/tp/webhook-secret-with-different-technologies
https://github.com/superdesk/superdesk-core/blob/develop/superdesk/publish/transmitters/http_push.py
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
HUB_SHA1_HEADER = "x-hub-signature"
SUPERDESK_HEADER = "x-superdesk-signature"


def verify_storyblok(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    return _check_sha1(request, credentials, STORYBLOK_HEADER, header(request, STORYBLOK_HEADER))


def verify_superdesk(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    """Verifies `sha1=<hex>`, which Superdesk sends if its destination has a secret token."""
    return _verify_marked_sha1(request, credentials, SUPERDESK_HEADER)


def verify_sha1(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    """Verifies `sha1=<hex>` in the configured header, as Drupal's module Webhooks and GitHub before 2021 sign."""
    return _verify_marked_sha1(request, credentials, credentials.header)


def verify_sha256(request: WebhookRequest, credentials: Credentials) -> SignedEvent:
    """Verifies `sha256=<hex>` in the configured header."""
    name, value = credentials.header, header(request, credentials.header)
    if not value.startswith("sha256="):
        raise SignatureInvalid(f"{name}: expected 'sha256=' and 64 hexadecimal digits, got something else")
    if not any_matches([read_hex(value.removeprefix("sha256="))], sha256_hmacs(credentials, request.body)):
        raise wrong_signature(name)
    return untimed_event(request)


def _verify_marked_sha1(request: WebhookRequest, credentials: Credentials, name: str) -> SignedEvent:
    value = header(request, name)
    if not value.startswith("sha1="):
        raise SignatureInvalid(f"{name}: expected 'sha1=' and 40 hexadecimal digits, got something else")
    return _check_sha1(request, credentials, name, value.removeprefix("sha1="))


def _check_sha1(request: WebhookRequest, credentials: Credentials, name: str, digits: str) -> SignedEvent:
    expected = (hmac.digest(key, request.body, hashlib.sha1) for key in credentials.keys)
    if not any_matches([read_hex(digits)], expected):
        raise wrong_signature(name)
    return untimed_event(request)
