"""Reads Arc XP's events: `{key: "story:update", body: {...}}` of an IFX integration, an ANS operation, or a bare story.

https://dev.arcxp.com/integrations/events/ifx-content-events/ ·
https://github.com/washingtonpost/ans-schema (story_operation.json)
"""

from adapters.cms.events.event import CmsEvent, Irrelevant, Withdrawal, as_content, first_id, member
from adapters.cms.events.event_names import event_names, says_withdrawn
from adapters.storage.inbox import Delivery
from storycard.ingest.article_ids import safe_id
from storycard.ingest.article_kinds import ans_kind
from storycard.ingest.fields import first_time, raw_text, read_object


def read_event(delivery: Delivery) -> CmsEvent:
    envelope = read_object(delivery.body)
    story = envelope if "headlines" in envelope else member(envelope, "body") or member(envelope, "story") or envelope
    subject = raw_text(envelope, "key").rpartition(":")[0]  # "story" of "story:first-publish"
    operated = raw_text(envelope, "type").removesuffix("_operation") if story is not envelope else ""
    kind = ans_kind(story).removesuffix("_operation")
    names = event_names(envelope, delivery.topic)
    for other in (subject, operated, "" if says_withdrawn([kind]) else kind):
        if other not in ("", "story"):
            return Irrelevant(f"an ANS document of the type {other[:60]}")
    if says_withdrawn(names):
        article_id = first_id(story, "_id", "id", "uuid") or first_id(envelope, "story_id", "_id", "id")
        return Withdrawal(safe_id(article_id), first_time(envelope, "date", "time"))
    return as_content(story, "ans")
