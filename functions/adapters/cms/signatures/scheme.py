"""What every way of signing webhooks has in common: the request, the credentials, the event that is proved, and small checks."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from adapters.errors import SignatureInvalid

TOLERANCE = timedelta(minutes=5)  # both ways: clocks differ, and a recorded request must not work for long


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """A request as it came in: headers by lower-case name, `path` with its query, `body` the very bytes that were sent."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a source proves itself by: every key valid now, and the header that carries the proof where that can be chosen."""

    keys: tuple[bytes, ...] = field(repr=False)
    header: str = ""


@dataclass(frozen=True, slots=True)
class SignedEvent:
    """What a right signature proves: the event's name, when it was sent, and what the headers say happened, if they do.

    Where the sender names no event, it is named after its moment: with the body's hash, that tells a retry from an event anew.
    """

    id: str
    sent_at: datetime
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way of signing: the key a configured secret stands for (raises ValueError), and the check with all keys valid now.

    `verify` raises SignatureInvalid. `header` is the default for schemes whose header can be chosen: empty where there is
    none, so that it must be, and None where the header is part of the scheme.
    """

    read_key: Callable[[str], bytes]
    verify: Callable[[WebhookRequest, Credentials], SignedEvent]
    header: str | None = None


def plain_key(secret: str) -> bytes:
    """The secret's own characters in UTF-8. Raises ValueError when it is empty or has been pasted with spaces around it."""
    if not secret or secret != secret.strip():
        raise ValueError("expected text without spaces around it")
    return secret.encode()


def header(request: WebhookRequest, name: str) -> str:
    """The header's value. Raises SignatureInvalid where there is none."""
    value = request.headers.get(name)
    if not value:
        raise SignatureInvalid(f"{name}: expected this header, got nothing")
    return value


def to_utf8(text: str) -> bytes:
    """The text in UTF-8, whatever came out of the request's JSON: half a surrogate pair is no reason to fail."""
    return text.encode("utf-8", "surrogatepass")


def any_matches(candidates: Iterable[bytes], expected: Iterable[bytes]) -> bool:
    """Whether any of the digests is one of those expected; each comparison takes the same time wherever they differ."""
    expected = tuple(expected)
    return any(hmac.compare_digest(ours, theirs) for theirs in candidates for ours in expected)


def sha256_hmacs(credentials: Credentials, *parts: bytes) -> tuple[bytes, ...]:
    """The HMAC-SHA256 of the joined parts by each key."""
    message = b"".join(parts)
    return tuple(hmac.digest(key, message, hashlib.sha256) for key in credentials.keys)


def read_hex(text: str) -> bytes:
    """Bytes in hexadecimal digits and nothing else; empty, which no digest is, for anything else."""
    try:
        digits = text.isalnum() and text.isascii()  # bytes.fromhex takes spaces too
        return bytes.fromhex(text) if digits else b""
    except ValueError:
        return b""


def read_timestamp(text: str, name: str, now: datetime, per_second: int) -> datetime:
    """The moment in units since 1970, `per_second` of them. Raises SignatureInvalid outside TOLERANCE of now."""
    unit = "seconds" if per_second == 1 else "milliseconds"
    # Not int() alone: it takes spaces, underscores and any script's digits, which the sender never signed.
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise SignatureInvalid(f"{name}: expected {unit} since 1970, got something else")
    try:
        moment = datetime.fromtimestamp(int(text) / per_second, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise SignatureInvalid(f"{name}: expected {unit} since 1970, got a time out of range") from error
    if abs(now - moment) > TOLERANCE:
        minutes = TOLERANCE.seconds // 60
        raise SignatureInvalid(f"{name}: expected within {minutes} minutes of now, got {moment:%FT%TZ}")
    return moment


def untimed_event(request: WebhookRequest) -> SignedEvent:
    """The event of a scheme that signs neither a name nor a moment: named after the five minutes it came in.

    The same bytes within them are a retry. Later they are an event of their own: "story 7 was deleted" may be true twice.
    """
    seconds = int(request.received_at.timestamp())
    return SignedEvent(str(seconds - seconds % TOLERANCE.seconds), request.received_at)
