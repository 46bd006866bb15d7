"""Reads Ghost's webhooks, `{event, post: {current, previous}}`.

Older releases of Ghost do not send `event`. The two states of the post say what happened: no current state is a deletion.
https://github.com/TryGhost/Ghost/blob/main/ghost/core/core/server/services/webhooks/serialize.js
"""

from adapters.cms.events.event import CmsEvent, Content, Irrelevant, Withdrawal, as_content, first_id, member
from adapters.storage.inbox import Delivery
from storycard.ingest.fields import first_time, raw_text, read_object


def read_event(delivery: Delivery) -> CmsEvent:
    envelope = read_object(delivery.body)
    event = raw_text(envelope, "event")
    if "post" not in envelope:
        if "title" in envelope:  # no envelope: a post in the format of the API
            return Content(delivery.body, "ghost")
        return Irrelevant(f"about a page, a tag or a member: {event}")
    current, previous = member(member(envelope, "post"), "current"), member(member(envelope, "post"), "previous")
    if not current or event == "post.deleted":
        return Withdrawal(first_id(current | previous, "id", "slug"))
    was_public, is_public = raw_text(previous, "status") == "published", raw_text(current, "status") == "published"
    if event == "post.unpublished" or (was_public and not is_public):
        return Withdrawal(first_id(current, "id", "slug"), first_time(current, "updated_at"))
    return as_content(current, "ghost")
