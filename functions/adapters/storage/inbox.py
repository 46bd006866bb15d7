"""Webhook deliveries as they came, kept in S3 before anything can fail, and read back by the worker."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote

from adapters.storage.s3_objects import get_object, put_object

PLAIN_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._~-]{0,127}")
MAX_TOPIC = 200  # characters: S3 keeps 2 KB of metadata, and topics are a few words


@dataclass(frozen=True, slots=True)
class Delivery:
    """One signed event of a CMS: the raw body and all it takes to understand it later, without the source's secrets."""

    source: str
    event_id: str
    received_at: datetime  # when the sender signed it, where the scheme says so
    format: str
    language: str | None
    body: bytes
    topic: str = ""  # what the sender's headers say happened, where they do

    @property
    def key(self) -> str:
        """`inbox/{source}/{event ID}/{hash}`: a sender that reuses an ID for another body loses nothing."""
        return f"inbox/{self.source}/{self.event_id}/{hashlib.sha256(self.body).hexdigest()[:16]}"


def plain_event_id(event_id: str) -> str:
    """The sender's ID where it can stand in an S3 key, else a hash of it."""
    return event_id if PLAIN_ID.fullmatch(event_id) else hashlib.sha256(event_id.encode("utf-8", "surrogatepass")).hexdigest()


def put_delivery(bucket: str, delivery: Delivery) -> bool:
    """Stores the delivery, False if it is a replay: then the first one stays, with the moment it came."""
    metadata = {
        "source": delivery.source,
        "event-id": delivery.event_id,
        "received-at": delivery.received_at.isoformat(),
        "format": delivery.format,
    }
    if delivery.language:
        metadata["language"] = delivery.language
    if delivery.topic:
        metadata["topic"] = quote(delivery.topic[:MAX_TOPIC], errors="replace")
    return put_object(
        bucket,
        delivery.key,
        delivery.body,
        IfNoneMatch="*",
        Metadata=metadata,
        ContentType="application/octet-stream",
        CacheControl="private",
    )


def get_delivery(bucket: str, key: str) -> Delivery:
    """The delivery under `key`. Raises LookupError if there is none."""
    stored = get_object(bucket, key)
    if stored is None:
        raise LookupError(f"{key}: expected a webhook delivery, got nothing")
    return Delivery(
        source=stored.metadata["source"],
        event_id=stored.metadata["event-id"],
        received_at=datetime.fromisoformat(stored.metadata["received-at"]),
        format=stored.metadata["format"],
        language=stored.metadata.get("language"),
        body=stored.body,
        topic=unquote(stored.metadata.get("topic", "")),
    )
