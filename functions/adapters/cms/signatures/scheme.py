"""Defines what all signature schemes share: the request, the credentials, the verified event, and helpers for checks."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from adapters.errors import SignatureInvalid

TOLERANCE = timedelta(minutes=5)  # in both directions; allows for clock skew and limits replays


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """A received request: headers by lower-case name, `path` with its query, and the raw `body`."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Credentials:
    """All valid keys of a source, and the header that carries the signature if the scheme lets the operator choose it."""

    keys: tuple[bytes, ...] = field(repr=False)
    header: str = ""


@dataclass(frozen=True, slots=True)
class SignedEvent:
    """A verified event: its ID, when it was sent, and the kind of event if a header names it.

    If the sender gives no ID, the timestamp is the ID: together with the body's hash, it tells a retry from a new event.
    """

    id: str  # "" if the scheme signs neither an ID nor a time
    sent_at: datetime  # the last microsecond of the second or millisecond that was signed; the arrival if no time was
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One signature scheme.

    `read_key` turns a configured secret into a key, or raises ValueError. `verify` raises SignatureInvalid. `header` is the
    default of the configurable header: "" if the operator must set one, None if the scheme fixes its headers.
    """

    read_key: Callable[[str], bytes]
    verify: Callable[[WebhookRequest, Credentials], SignedEvent]
    header: str | None = None


def plain_key(secret: str) -> bytes:
    """Returns the secret in UTF-8. Raises ValueError if it is empty or has spaces around it from pasting."""
    if not secret or secret != secret.strip():
        raise ValueError("expected text without spaces around it")
    return secret.encode()


def header(request: WebhookRequest, name: str) -> str:
    """Returns the header's value. Raises SignatureInvalid if it is missing or empty."""
    value = request.headers.get(name)
    if not value:
        raise SignatureInvalid(f"{name}: expected this header, got nothing")
    return value


def wrong_signature(name: str) -> SignatureInvalid:
    """Builds the error for a well-formed signature in the header `name` that no secret of the source gives."""
    return SignatureInvalid(f"{name}: expected this request's signature by the source's secret, got another: compare the secrets")


def to_utf8(text: str) -> bytes:
    """Returns the text in UTF-8; accepts unpaired surrogates, which the event's JSON may contain."""
    return text.encode("utf-8", "surrogatepass")


def any_matches(candidates: Iterable[bytes], expected: Iterable[bytes]) -> bool:
    """Returns whether any candidate is one of the expected digests; compares in constant time."""
    expected = tuple(expected)
    return any(hmac.compare_digest(ours, theirs) for theirs in candidates for ours in expected)


def sha256_hmacs(credentials: Credentials, *parts: bytes) -> tuple[bytes, ...]:
    """Returns the HMAC-SHA256 of the joined parts with each key."""
    message = b"".join(parts)
    return tuple(hmac.digest(key, message, hashlib.sha256) for key in credentials.keys)


def read_hex(text: str) -> bytes:
    """Decodes hexadecimal digits. Returns b"", which matches no digest, for anything else."""
    try:
        digits = text.isalnum() and text.isascii()  # bytes.fromhex takes spaces too
        return bytes.fromhex(text) if digits else b""
    except ValueError:
        return b""


def read_timestamp(text: str, name: str, now: datetime, per_second: int) -> datetime:
    """Reads a Unix timestamp with `per_second` units per second, and returns the last microsecond of its unit.

    The last one, so that a change in the same second does not count as later than the signature. Raises SignatureInvalid
    outside TOLERANCE of now.
    """
    unit = "seconds" if per_second == 1 else "milliseconds"
    # int() alone would accept spaces, underscores and digits of any script.
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise SignatureInvalid(f"{name}: expected {unit} since 1970, got something else")
    try:
        moment = datetime.fromtimestamp(int(text) / per_second, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise SignatureInvalid(f"{name}: expected {unit} since 1970, got a time out of range") from error
    if abs(now - moment) > TOLERANCE:
        minutes = TOLERANCE.seconds // 60
        raise SignatureInvalid(f"{name}: expected within {minutes} minutes of now, got {moment:%FT%TZ}")
    return moment + timedelta(microseconds=1_000_000 // per_second - 1)


def untimed_event(request: WebhookRequest) -> SignedEvent:
    """Builds the event of a scheme that signs neither an ID nor a time."""
    return SignedEvent("", request.received_at)
