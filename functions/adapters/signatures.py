"""A signed webhook request into the event it proves, one function and one row of SCHEMES for each way of signing."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from adapters.errors import SignatureInvalid

TOLERANCE = timedelta(minutes=5)  # both ways: clocks differ, and a recorded request must not work for long


@dataclass(frozen=True, slots=True)
class SignedEvent:
    """What a right signature proves: the sender's name for this event, and when it was signed."""

    id: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way of signing: the key a configured secret stands for (raises ValueError), and the check with all keys valid now.

    `verify` takes headers (lower case), the raw body, the keys and the time; raises SignatureInvalid.
    """

    read_key: Callable[[str], bytes]
    verify: Callable[[Mapping[str, str], bytes, tuple[bytes, ...], datetime], SignedEvent]


def _standard_webhooks_key(secret: str) -> bytes:
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    if not key:
        raise ValueError("empty")
    return key


def _standard_webhooks(headers: Mapping[str, str], body: bytes, keys: tuple[bytes, ...], now: datetime) -> SignedEvent:
    """https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"""
    event_id, timestamp, signatures = (_header(headers, f"webhook-{name}") for name in ("id", "timestamp", "signature"))
    sent_at = _unix_seconds(timestamp, "webhook-timestamp")
    if abs(now - sent_at) > TOLERANCE:
        minutes = TOLERANCE.seconds // 60
        raise SignatureInvalid(f"webhook-timestamp: expected within {minutes} minutes of now, got {sent_at:%FT%TZ}")
    signed = f"{event_id}.{timestamp}.".encode() + body
    expected = [hmac.digest(key, signed, hashlib.sha256) for key in keys]
    for signature in signatures.split(" "):
        version, _, encoded = signature.partition(",")
        if version == "v1" and any(hmac.compare_digest(_base64(encoded), digest) for digest in expected):
            return SignedEvent(event_id, sent_at)
    raise SignatureInvalid("webhook-signature: none of its v1 signatures fits this body")


SCHEMES: Mapping[str, Scheme] = MappingProxyType({"standard-webhooks": Scheme(_standard_webhooks_key, _standard_webhooks)})


def _header(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name)
    if not value:
        raise SignatureInvalid(f"{name}: expected this header, got nothing")
    return value


def _unix_seconds(text: str, field: str) -> datetime:
    # Not int(): it takes spaces, underscores and any script's digits, which the sender never signed.
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise SignatureInvalid(f"{field}: expected seconds since 1970, got something else")
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError) as error:
        raise SignatureInvalid(f"{field}: expected seconds since 1970, got a time out of range") from error


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return b""
