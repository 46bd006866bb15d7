"""Posts done events to the configured receiver, signed as Standard Webhooks specifies."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from adapters.config.connections import Outgoing
from adapters.outbound.safe_fetch import FetchFailed, Rules, post_url
from adapters.telemetry import without_query

MAX_ANSWER = 65_536  # bytes; the body of the response is not used
# Seconds before each further attempt, more than a day in all; then the message goes to the dead-letter queue.
PAUSES = (5, 60, 300, 1_800, 7_200, 18_000, 36_000, 36_000)


class DeliveryFailed(Exception):
    """The receiver did not accept the event. The message is for the operator's log."""


def deliver(outgoing: Outgoing, event: Mapping[str, Any], now: datetime, *, local: bool) -> None:
    """Posts one event, signed with every key at `now`. Raises DeliveryFailed unless the response has a 2xx status."""
    occurred = {"type": event["type"], "timestamp": now.astimezone(UTC).isoformat(), "data": event["data"]}
    body = json.dumps(occurred, ensure_ascii=False).encode()
    try:
        answer = post_url(outgoing.url, body, Rules(MAX_ANSWER, local=local), signature_headers(outgoing, event["id"], now, body))
    except FetchFailed as error:
        raise DeliveryFailed(str(error)) from error
    if not 200 <= answer.status < 300:
        raise DeliveryFailed(f"{without_query(outgoing.url)}: expected a status from 200 to 299, got {answer.status}")


def signature_headers(outgoing: Outgoing, message_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """Builds the headers of https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"""
    timestamp = str(int(now.timestamp()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    digests = [hmac.digest(key, signed, hashlib.sha256) for key in outgoing.keys]
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join("v1," + base64.b64encode(digest).decode() for digest in digests),
    }


def pause_after(attempts: int) -> int:
    """Returns the seconds to wait after `attempts` attempts (at least 1)."""
    return PAUSES[min(attempts, len(PAUSES)) - 1]
