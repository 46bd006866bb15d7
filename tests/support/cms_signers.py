"""Signs webhooks as each CMS does. Written from the vendors' documentation, without the code under test."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

SECRET = "a secret of the newsroom"
CONTENTFUL_SECRET = "0123456789abcdef" * 4
TOPIC = "ContentManagement.Entry.publish"


def milliseconds(moment: datetime) -> str:
    return str(round(moment.timestamp() * 1000))


def hmac_sha256(secret: str, message: bytes) -> hmac.HMAC:
    return hmac.new(secret.encode(), message, hashlib.sha256)


def standard_webhooks(body: bytes, secret: str, at: datetime, path: str, event_id: str = "msg_1") -> dict[str, str]:
    timestamp = str(int(at.timestamp()))
    digest = hmac.new(base64.b64decode(secret[6:]), f"{event_id}.{timestamp}.".encode() + body, "sha256").digest()
    signature = "v1," + base64.b64encode(digest).decode()
    return {"webhook-id": event_id, "webhook-timestamp": timestamp, "webhook-signature": signature}


def ghost(body: bytes, secret: str, at: datetime, path: str) -> dict[str, str]:
    t = milliseconds(at)
    return {"x-ghost-signature": f"sha256={hmac_sha256(secret, body + t.encode()).hexdigest()}, t={t}"}


def ghost_body_only(body: bytes, secret: str, at: datetime, path: str) -> dict[str, str]:
    return {"x-ghost-signature": f"sha256={hmac_sha256(secret, body).hexdigest()}, t={milliseconds(at)}"}


def contentful(body: bytes, secret: str, at: datetime, path: str, topic: str = TOPIC) -> dict[str, str]:
    headers = {
        "content-type": "application/vnd.contentful.management.v1+json",
        "x-contentful-signed-headers": "content-type,x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic",
        "x-contentful-timestamp": milliseconds(at),
        "x-contentful-topic": topic,
    }
    lines = ["POST", path, ";".join(":".join(item) for item in headers.items()), ""]
    signature = hmac_sha256(secret, "\n".join(lines).encode() + body).hexdigest()
    return headers | {"x-contentful-signature": signature}


def sanity(body: bytes, secret: str, at: datetime, path: str) -> dict[str, str]:
    t = milliseconds(at)
    digest = hmac_sha256(secret, f"{t}.".encode() + body).digest()
    return {"sanity-webhook-signature": f"t={t},v1={base64.urlsafe_b64encode(digest).decode().rstrip('=')}"}


def hygraph(body: bytes, secret: str, at: datetime, path: str) -> dict[str, str]:
    text = json.dumps(body.decode("utf-8", "surrogateescape"), ensure_ascii=False).encode("utf-8", "surrogateescape")
    message = b'{"Body":' + text + f',"EnvironmentName":"master","TimeStamp":{milliseconds(at)}}}'.encode()
    signature = base64.b64encode(hmac_sha256(secret, message).digest()).decode()
    return {"gcms-signature": f"sign={signature}, env=master, t={milliseconds(at)}"}


def storyblok(body: bytes, secret: str, at: datetime, path: str) -> dict[str, str]:
    return {"webhook-signature": hmac.new(secret.encode(), body, "sha1").hexdigest()}


def superdesk(body: bytes, secret: str, at: datetime, path: str) -> dict[str, str]:
    return {"x-superdesk-signature": "sha1=" + hmac.new(secret.encode(), body, "sha1").hexdigest()}


def hmac_hub(body: bytes, secret: str, at: datetime, path: str) -> dict[str, str]:
    return {"x-hub-signature-256": "sha256=" + hmac_sha256(secret, body).hexdigest()}


def hmac_hub_sha1(body: bytes, secret: str, at: datetime, path: str) -> dict[str, str]:
    return {"x-hub-signature": "sha1=" + hmac.new(secret.encode(), body, "sha1").hexdigest()}


def static_header(body: bytes, secret: str, at: datetime, path: str) -> dict[str, str]:
    return {"x-newsroom": secret}


@dataclass(frozen=True)
class Signer:
    """A signature scheme: its signing function, two secrets, and whether the signature covers body and time."""

    sign: Callable[[bytes, str, datetime, str], Mapping[str, str]]
    secret: str = SECRET
    next_secret: str = "the secret that comes next"
    signs_body: bool = True
    signs_time: bool = True
    signs_seconds: bool = False  # its time is in seconds; that of others is in milliseconds
    header: str = ""  # its name in the source's configuration

    def toml(self, name: str, scheme: str, format_name: str, *secrets: str) -> str:
        listed = ", ".join(f'"{secret}"' for secret in secrets or (self.secret,))
        header = f'header = "{self.header}"\n' if self.header else ""
        return f'[sources.{name}]\nscheme = "{scheme}"\nformat = "{format_name}"\nlanguage = "nb"\nsecrets = [{listed}]\n{header}'


SIGNERS = {
    "standard-webhooks": Signer(
        standard_webhooks, "whsec_YSBrZXkgb2YgdGhlIG5ld3Nyb29t", "whsec_dGhlIGtleSB0aGF0IGNvbWVzIG5leHQ=", signs_seconds=True
    ),
    "ghost": Signer(ghost),
    "ghost-body-only": Signer(ghost_body_only, signs_time=False),
    "contentful": Signer(contentful, CONTENTFUL_SECRET, "fedcba9876543210" * 4),
    "sanity": Signer(sanity),
    "hygraph": Signer(hygraph),
    "storyblok": Signer(storyblok, signs_time=False),
    "superdesk": Signer(superdesk, signs_time=False),
    "hmac-sha1": Signer(hmac_hub_sha1, signs_time=False),
    "hmac-sha256": Signer(hmac_hub, signs_time=False),
    "static-header": Signer(static_header, signs_body=False, signs_time=False, header="X-Newsroom"),
}
