"""Reads WordPress webhooks: each plugin has its own envelope around a post in the format of the REST API.

Most envelopes have an `event`, `action` or `hook` whose words say what happened, and the post at the top level or under `post`
or `data`.
"""

import re

from adapters.cms.events.event import CmsEvent, Withdrawal, as_content, first_id, member
from adapters.storage.inbox import Delivery
from storycard.ingest.fields import first_time, raw_text, read_object

WITHDRAWN_WORDS = frozenset({"delete", "deleted", "trash", "trashed", "unpublish", "unpublished", "withdrawn"})
ID_NAMES = ("id", "ID", "post_id")


def read_event(delivery: Delivery) -> CmsEvent:
    envelope = read_object(delivery.body)
    post = member(envelope, "post") or member(envelope, "data") or envelope
    event = raw_text(envelope, "event") or raw_text(envelope, "action") or raw_text(envelope, "hook")
    words = re.split(r"[^a-z]+", event.lower())
    article_id = first_id(post, *ID_NAMES) or first_id(envelope, *ID_NAMES)
    was_public = "publish" in (envelope.get("old_status"), envelope.get("previous_status"))
    status = raw_text(post, "status") or raw_text(post, "post_status") or raw_text(envelope, "status")
    # The date of a deleted post is that of its last edit; of a trashed or unpublished post, that of this change.
    if "delete" in words or "deleted" in words:
        return Withdrawal(article_id)
    if not WITHDRAWN_WORDS.isdisjoint(words) or status == "trash" or (was_public and status != "publish"):
        return Withdrawal(article_id, first_time(post, "modified_gmt"))
    return as_content(post, "wordpress")
