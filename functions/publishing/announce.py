"""Announces published and withdrawn cards: as an EventBridge event, and as a signed webhook if one is configured."""

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from adapters.clients import events, sqs
from adapters.config.connections import load_connections
from adapters.config.settings import Settings
from adapters.render_queue import ARCHIVE
from adapters.storage.article_index import CHECK_ID
from adapters.storage.article_store import StoredArticle
from adapters.storage.card_store import manifest_key
from adapters.storage.s3_objects import get_object, put_object
from adapters.telemetry import correlation_id

State = Literal["published", "withdrawn"]

DETAIL_TYPES = {"published": "Cards Published", "withdrawn": "Cards Withdrawn"}
MAX_DETAIL = 240_000  # bytes; EventBridge limits an entry to 256 KB in all


@dataclass(frozen=True, slots=True)
class Announcement:
    """An announcement about an article: its new state, and the version of its cards."""

    state: State
    version: str


def last_announcement(bucket: str, article_id: str) -> Announcement | None:
    """Returns the last announcement about an article, or None."""
    existing = get_object(bucket, _key(article_id))
    return Announcement(**json.loads(existing.body)) if existing else None


def announce(settings: Settings, stored: StoredArticle, announcement: Announcement, source: str = "") -> bool:
    """Sends the announcement unless it was the last one. Returns whether it was sent. Raises OSError if EventBridge refuses it.

    With `source` ARCHIVE, the webhook's event goes through a separate queue, so that news does not wait behind the run.

    The marker is written last, so delivery is at least once: after a crash the event is sent again with the same ID.
    """
    article_id = stored.article.id
    if article_id == CHECK_ID or last_announcement(settings.bucket, article_id) == announcement:
        return False
    detail = _detail(settings, stored, announcement)
    entry = {
        "Source": "storycard",
        "DetailType": DETAIL_TYPES[announcement.state],
        "Detail": json.dumps(detail, ensure_ascii=False),
        "EventBusName": settings.event_bus,
    }
    answer = events().put_events(Entries=[entry])
    if answer["FailedEntryCount"]:
        raise OSError(f"{settings.event_bus}: expected the event to be accepted, got {answer['Entries'][0]['ErrorCode']}")
    event = {"id": detail["id"], "type": f"cards.{announcement.state}", "data": detail, "correlation_id": correlation_id()}
    _send_to_receivers(settings, event, source)
    marker = json.dumps({"state": announcement.state, "version": announcement.version}).encode()
    put_object(settings.bucket, _key(article_id), marker, ContentType="application/json", CacheControl="private")
    return True


def _send_to_receivers(settings: Settings, event: dict[str, object], source: str) -> None:
    """Queues one message for each receiver, so that they are retried separately. Archive runs post nothing to chats."""
    for name, receiver in load_connections(settings).outgoing.items():
        if source == ARCHIVE and receiver.is_chat:
            continue
        queue_url = settings.archive_done_queue_url if source == ARCHIVE else settings.done_queue_url
        sqs().send_message(QueueUrl=queue_url, MessageBody=json.dumps({**event, "receiver": name}, ensure_ascii=False))


def _detail(settings: Settings, stored: StoredArticle, announcement: Announcement) -> dict[str, object]:
    """Builds the data of both events; its `id` is a hash, so that repeats have the same one."""
    article_id, revision = stored.article.id, stored.revision
    identity = "\n".join(
        (article_id, announcement.state, announcement.version, revision.modified_at.isoformat(), revision.source_sha256)
    )
    detail: dict[str, object] = {
        "id": f"msg_{hashlib.sha256(identity.encode()).hexdigest()[:32]}",
        "article_id": article_id,
        "version": announcement.version,
        "modified_at": revision.modified_at.isoformat(),
    }
    if announcement.state == "withdrawn":
        return detail
    detail |= {"headline": stored.article.headline, "canonical_url": stored.article.canonical_url}
    detail["manifest_url"] = f"{settings.public_base_url}/cards/{article_id}"
    manifest = get_object(settings.bucket, manifest_key(article_id))
    if manifest and manifest.size <= MAX_DETAIL:
        detail["manifest"] = json.loads(manifest.body)
    return detail


def _key(article_id: str) -> str:
    return f"articles/{article_id}/announced.json"
