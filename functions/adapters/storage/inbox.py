"""Stores raw webhook deliveries in S3 before they are processed, and reads them back for the worker."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import quote, unquote

from adapters.clients import s3
from adapters.cms.article_map import ArticleMap, stored_map
from adapters.storage.ownership import Sender
from adapters.storage.s3_objects import get_object, put_object
from storycard.ingest.article_kinds import POST_TYPES
from storycard.ingest.read_options import ReadOptions
from storycard.language.languages import Languages

PLAIN_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._~-]{0,127}")
RETRIES = timedelta(minutes=5)  # how long the same bytes may be a retry, if the scheme signs neither an ID nor a time
ANSWERED = "/answered"  # follows the key of a delivery in the key of its marker
INDEX = "inbox-index/"  # of deliveries by article: empty objects, deleted by S3 when the deliveries are
MAPS = "maps/"  # of sources' tables by hash; S3's metadata is too small for them
MAX_TOPIC = 200  # characters; S3 allows 2 KB of metadata per object


@dataclass(frozen=True, slots=True)
class Delivery:
    """One verified webhook event: the raw body and everything needed to read it later, but no secrets of the source."""

    source: str
    event_id: str
    received_at: datetime  # the end of the second or millisecond that the sender signed; the arrival if it signs no time
    arrived_at: datetime  # on this system's clock
    format: str
    language: str | None
    body: bytes
    topic: str = ""  # the kind of event, if the sender's headers name it
    id_prefix: str = ""  # the prefix of every ID of the source
    takes_over: frozenset[str] = frozenset()  # former names of the source
    paid_text: bool = False  # cards may show what a reader without an account may not see
    social_titles: bool = True  # titles for social networks head the cards
    post_types: tuple[str, ...] = POST_TYPES  # of WordPress; other types are not articles
    charset: str = ""  # the encoding that the Content-Type header names
    article_map: ArticleMap | None = None  # the source's table, of the format "map"

    @property
    def sender(self) -> Sender:
        return Sender(self.source, self.takes_over)

    def read_options(self, languages: Languages) -> ReadOptions:
        """Returns how to read the article in the body."""
        return ReadOptions(
            languages,
            language=self.language,
            paid_text=self.paid_text,
            social_titles=self.social_titles,
            post_types=self.post_types,
            charset=self.charset,
        )

    @property
    def key(self) -> str:
        """`inbox/{source}/{event ID}/{hash}`: the hash keeps both bodies if a sender reuses an ID."""
        return f"inbox/{self.source}/{self.event_id}/{self.body_hash}"

    @property
    def body_hash(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:16]


def plain_event_id(event_id: str) -> str:
    """Returns the sender's event ID if it can be part of an S3 key, else its hash."""
    return event_id if PLAIN_ID.fullmatch(event_id) else hashlib.sha256(event_id.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class EarlierDelivery:
    """A delivery of the same bytes: its key, and whether it was answered with 2xx."""

    key: str
    answered: bool


def name_unsigned(delivery: Delivery) -> Delivery:
    """Names an event whose scheme signs neither an ID nor a time after its bytes and its arrival: `{hash}.{ms}`."""
    return replace(delivery, event_id=f"{delivery.body_hash}.{_milliseconds(delivery.arrived_at)}")


def find_earlier(bucket: str, delivery: Delivery) -> EarlierDelivery | None:
    """Finds the last delivery of the same bytes within RETRIES, among those that `name_unsigned` named."""
    prefix = f"inbox/{delivery.source}/{delivery.body_hash}."
    after = prefix + _milliseconds(delivery.arrived_at - RETRIES)
    pages = s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, StartAfter=after)
    last = max((item["Key"] for page in pages for item in page.get("Contents", ())), default=None)
    return last and EarlierDelivery(last.removesuffix(ANSWERED), last.endswith(ANSWERED))


def mark_answered(bucket: str, delivery: Delivery) -> None:
    """Stores a marker that the delivery is answered with 2xx, after which its sender has no reason to retry."""
    put_object(bucket, delivery.key + ANSWERED, b"", CacheControl="private")


def _milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))


def put_delivery(bucket: str, delivery: Delivery) -> bool:
    """Stores the delivery. Returns False for a replay, which leaves the first delivery and its time unchanged."""
    metadata = {
        "source": delivery.source,
        "event-id": delivery.event_id,
        "received-at": delivery.received_at.isoformat(),
        "arrived-at": delivery.arrived_at.isoformat(),
        "format": delivery.format,
    }
    if delivery.language:
        metadata["language"] = delivery.language
    if delivery.topic:
        metadata["topic"] = quote(delivery.topic[:MAX_TOPIC], errors="replace")
    if delivery.id_prefix:
        metadata["id-prefix"] = delivery.id_prefix
    if delivery.takes_over:
        metadata["takes-over"] = " ".join(sorted(delivery.takes_over))
    if delivery.paid_text:
        metadata["paid-text"] = "cards"
    if not delivery.social_titles:
        metadata["social-titles"] = "none"
    if delivery.post_types != POST_TYPES:
        metadata["post-types"] = " ".join(delivery.post_types)
    if delivery.charset:
        metadata["charset"] = quote(delivery.charset[:MAX_TOPIC], errors="replace")
    if delivery.article_map:
        metadata["map"] = delivery.article_map.hash
        put_object(bucket, _map_key(delivery.article_map.hash), delivery.article_map.document, IfNoneMatch="*")
    return put_object(
        bucket,
        delivery.key,
        delivery.body,
        IfNoneMatch="*",
        Metadata=metadata,
        ContentType="application/octet-stream",
        CacheControl="private",
    )


def index_delivery(bucket: str, delivery: Delivery, article_id: str) -> None:
    """Stores which article the delivery is about, so that it can be erased with the article."""
    put_object(bucket, f"{INDEX}{article_id}/{delivery.key.removeprefix('inbox/')}", b"", IfNoneMatch="*")


def get_delivery(bucket: str, key: str) -> Delivery:
    """Returns the delivery under `key`. Raises LookupError if there is none."""
    stored = get_object(bucket, key)
    if stored is None:
        raise LookupError(f"{key}: expected a webhook delivery, got nothing")
    return Delivery(
        source=stored.metadata["source"],
        event_id=stored.metadata["event-id"],
        received_at=datetime.fromisoformat(stored.metadata["received-at"]),
        arrived_at=datetime.fromisoformat(stored.metadata.get("arrived-at", stored.metadata["received-at"])),
        format=stored.metadata["format"],
        language=stored.metadata.get("language"),
        body=stored.body,
        topic=unquote(stored.metadata.get("topic", "")),
        id_prefix=stored.metadata.get("id-prefix", ""),
        takes_over=frozenset(stored.metadata.get("takes-over", "").split()),
        paid_text=stored.metadata.get("paid-text") == "cards",
        social_titles=stored.metadata.get("social-titles") != "none",
        post_types=tuple(stored.metadata.get("post-types", "").split()) or POST_TYPES,
        charset=unquote(stored.metadata.get("charset", "")),
        article_map=_get_map(bucket, stored.metadata["map"]) if "map" in stored.metadata else None,
    )


def _map_key(name: str) -> str:
    return f"{MAPS}{name}.json"


def _get_map(bucket: str, name: str) -> ArticleMap:
    stored = get_object(bucket, _map_key(name))
    if stored is None:
        raise LookupError(f"{_map_key(name)}: expected the table of a source, got nothing")
    return stored_map(stored.body)
