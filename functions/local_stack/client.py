"""Calls a running stack over HTTP, and signs webhooks as Standard Webhooks specifies."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def call(base_url: str, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """Makes one request, bypassing HTTP proxies. `path` is sent unchanged, including its query."""
    connection = HTTPConnection(urlsplit(base_url).netloc, timeout=60)
    try:
        connection.request(method, path, body, dict(headers or {}))
        response = connection.getresponse()
        fields = {name.lower(): value for name, value in response.getheaders()}
        return Answer(status=response.status, headers=fields, body=response.read())
    finally:
        connection.close()


def new_token() -> str:
    """Returns a new bearer token of 32 random bytes."""
    return secrets.token_urlsafe(32)


def new_webhook_secret() -> str:
    """Returns a new Standard Webhooks secret of 24 random bytes."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode("ascii")


def signed(body: bytes, secret: str, message_id: str | None = None) -> dict[str, str]:
    """Returns the headers that sign `body` as sent now, with `message_id` or a new ID.

    https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    """
    message_id = message_id or f"msg_{secrets.token_hex(12)}"
    moment = str(int(time.time()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{message_id}.{moment}.".encode() + body, hashlib.sha256)
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": "v1," + base64.b64encode(digest).decode("ascii"),
    }
