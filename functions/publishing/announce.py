"""What became of an article's cards into events for whoever waits for them: on EventBridge, and for a signed webhook."""

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from adapters.clients import events, sqs
from adapters.config.connections import load_connections
from adapters.config.settings import Settings
from adapters.storage.article_store import StoredArticle
from adapters.storage.card_store import manifest_key
from adapters.storage.s3_objects import get_object, put_object
from adapters.telemetry import correlation_id

State = Literal["published", "withdrawn"]

DETAIL_TYPES = {"published": "Cards Published", "withdrawn": "Cards Withdrawn"}
MAX_DETAIL = 240_000  # bytes; EventBridge takes 256 KB with everything around them


@dataclass(frozen=True, slots=True)
class Announcement:
    """What was last told about an article."""

    state: State
    version: str


def last_announcement(bucket: str, article_id: str) -> Announcement | None:
    """What was last told, None if nothing ever was."""
    existing = get_object(bucket, _key(article_id))
    return Announcement(**json.loads(existing.body)) if existing else None


def announce(settings: Settings, stored: StoredArticle, news: Announcement) -> bool:
    """Tells the news unless it is none; True if it was told.

    It is noted down last: told twice, if something fails in between, under an ID that says so, but never not at all.
    """
    article_id = stored.article.id
    if last_announcement(settings.bucket, article_id) == news:
        return False
    detail = _detail(settings, stored, news)
    entry = {
        "Source": "storycard",
        "DetailType": DETAIL_TYPES[news.state],
        "Detail": json.dumps(detail, ensure_ascii=False),
        "EventBusName": settings.event_bus,
    }
    answer = events().put_events(Entries=[entry])
    if answer["FailedEntryCount"]:
        raise OSError(f"{settings.event_bus}: expected the event to be taken, got {answer['Entries'][0]['ErrorCode']}")
    if load_connections(settings).outgoing:
        message = {"id": detail["id"], "type": f"cards.{news.state}", "data": detail, "correlation_id": correlation_id()}
        sqs().send_message(QueueUrl=settings.done_queue_url, MessageBody=json.dumps(message, ensure_ascii=False))
    note = json.dumps({"state": news.state, "version": news.version}).encode()
    put_object(settings.bucket, _key(article_id), note, ContentType="application/json", CacheControl="private")
    return True


def _detail(settings: Settings, stored: StoredArticle, news: Announcement) -> dict[str, object]:
    """Both events' content; its `id` is the same whenever the same is told again."""
    article_id, revision = stored.article.id, stored.revision
    said = "\n".join((article_id, news.state, news.version, revision.modified_at.isoformat(), revision.source_sha256))
    detail: dict[str, object] = {
        "id": f"msg_{hashlib.sha256(said.encode()).hexdigest()[:32]}",
        "article_id": article_id,
        "version": news.version,
        "modified_at": revision.modified_at.isoformat(),
    }
    if news.state == "withdrawn":
        return detail
    detail["manifest_url"] = f"{settings.public_base_url}/cards/{article_id}"
    manifest = get_object(settings.bucket, manifest_key(article_id))
    if manifest and manifest.size <= MAX_DETAIL:
        detail["manifest"] = json.loads(manifest.body)
    return detail


def _key(article_id: str) -> str:
    return f"articles/{article_id}/announced.json"
