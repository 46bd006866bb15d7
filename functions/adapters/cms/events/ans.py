"""Reads Arc XP's events: `{key: "story:update", time, body: {...}}` of an IFX integration, an ANS operation, or a bare story.

The event's `time` orders the revisions, because a story that is published again unchanged keeps its `last_updated_date`. The
event's `version` is that of its schema.
https://dev.arcxp.com/integrations/events/ifx-events/ · https://dev.arcxp.com/integrations/events/ifx-content-events/ ·
https://github.com/washingtonpost/ans-schema (story_operation.json)
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from adapters.cms.events.event import CmsEvent, Irrelevant, Notice, Withdrawal, as_content, first_id, member
from adapters.cms.events.event_names import event_names, says_withdrawn
from adapters.storage.inbox import Delivery
from storycard.ingest.article_ids import safe_id
from storycard.ingest.article_kinds import ans_kind
from storycard.ingest.fields import at, first_time, raw_text, read_object

_MILLISECONDS = 100_000_000_000  # the least `time` in milliseconds, 3 March 1973; in seconds it would be the year 5138


def read_event(delivery: Delivery) -> CmsEvent:
    envelope = read_object(delivery.body)
    story = envelope if "headlines" in envelope else member(envelope, "body") or member(envelope, "story") or envelope
    subject = raw_text(envelope, "key").rpartition(":")[0]  # "story" of "story:first-publish"
    operated = raw_text(envelope, "type").removesuffix("_operation") if story is not envelope else ""
    kind = ans_kind(story).lower().removesuffix("_operation")
    names = event_names(envelope, delivery.topic)
    for other in (subject, operated, "" if says_withdrawn([kind]) else kind):
        if other not in ("", "story"):
            return Irrelevant(f"an ANS document of the type {other[:60]}")
    sent_at = _sent_at(envelope)
    if says_withdrawn(names):
        article_id = first_id(story, "_id", "id", "uuid") or first_id(envelope, "story_id", "_id", "id")
        return Withdrawal(safe_id(article_id), sent_at)
    if at(story, "revision", "published") is False and at(story, "publishing", "has_published_edition") is True:
        return Irrelevant("a draft of a story whose published edition stays as it is")
    if subject and not story.keys() & {"headlines", "headline", "status"} and (article_id := first_id(story, "_id", "id")):
        return Notice(safe_id(article_id))
    return as_content(story if story is envelope else _dated(story, sent_at), "ans")


def _dated(story: dict[str, object], sent_at: datetime | None) -> dict[str, object]:
    """Returns the story as changed when the event was sent, unless it says that it was changed later."""
    edited_at = first_time(story, "last_updated_date")
    if sent_at is None or (edited_at and edited_at >= sent_at):
        return story
    return story | {"last_updated_date": sent_at.isoformat()}


def _sent_at(envelope: Mapping[str, object]) -> datetime | None:
    """Returns the time of the event, which Arc gives in seconds or milliseconds since 1970, or as text."""
    moment = envelope.get("time")
    if isinstance(moment, bool) or not isinstance(moment, int | float):
        return first_time(envelope, "date", "time")
    try:
        return datetime.fromtimestamp(moment / 1000 if moment >= _MILLISECONDS else moment, UTC)
    except (ValueError, OverflowError, OSError):
        return None
