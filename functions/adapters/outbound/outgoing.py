"""Posts done events to a receiver: signed as Standard Webhooks specifies, or as a message in Slack or Microsoft Teams."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from adapters.chat.done_messages import chat_message
from adapters.config.connections import Outgoing
from adapters.outbound.safe_fetch import FetchFailed, Rules, post_url
from adapters.telemetry import without_query

MAX_ANSWER = 65_536  # bytes; the body of the response is not used
# Seconds before each further attempt, more than a day in all; then the message goes to the dead-letter queue.
PAUSES = (5, 60, 300, 1_800, 7_200, 18_000, 36_000, 36_000)


class DeliveryFailed(Exception):
    """The receiver did not accept the event. The message is for the operator's log.

    `retry_after` is the number of seconds that the receiver asks to wait; 0 if it does not say.
    """

    def __init__(self, reason: str, retry_after: int = 0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


def deliver(outgoing: Outgoing, event: Mapping[str, Any], now: datetime, *, local: bool) -> None:
    """Posts one event, signed with every key at `now`. Raises DeliveryFailed unless the response has a 2xx status."""
    body = json.dumps(_content(outgoing, event, now), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"} if outgoing.is_chat else signature_headers(outgoing, event["id"], now, body)
    try:
        answer = post_url(outgoing.url, body, Rules(MAX_ANSWER, local=local), headers)
    except FetchFailed as error:
        raise DeliveryFailed(str(error)) from error
    if not 200 <= answer.status < 300:
        # The path of a chat's URL is secret.
        name = urlsplit(outgoing.url).hostname if outgoing.is_chat else without_query(outgoing.url)
        reason = f"{name}: expected a status from 200 to 299, got {answer.status}"
        raise DeliveryFailed(reason, _seconds(answer.headers.get("retry-after", "")))


def _content(outgoing: Outgoing, event: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    if outgoing.is_chat:
        return chat_message(outgoing.format, event)
    return {"type": event["type"], "timestamp": now.astimezone(UTC).isoformat(), "data": event["data"]}


def _seconds(retry_after: str) -> int:
    """Reads Retry-After (RFC 9110, 10.2.3). A date counts as nothing: the usual pauses are longer than its precision."""
    return int(retry_after) if re.fullmatch(r"[0-9]{1,6}", retry_after) else 0


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


def pause_after(attempts: int, retry_after: int = 0) -> int:
    """Returns the seconds to wait after `attempts` attempts (at least 1): as long as the receiver asks for, up to the last pause.

    Longer pauses would end after the queue has dropped the message.
    """
    return min(max(PAUSES[min(attempts, len(PAUSES)) - 1], retry_after), PAUSES[-1])
