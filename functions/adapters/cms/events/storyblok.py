"""Reads Storyblok's webhooks, which contain only what happened to which story.

https://www.storyblok.com/docs/concepts/webhooks
"""

from adapters.cms.events.event import CmsEvent, Irrelevant, Notice, Withdrawal, first_id
from adapters.cms.events.event_names import says_withdrawn
from adapters.storage.inbox import Delivery
from storycard.ingest.fields import raw_text, read_object


def read_event(delivery: Delivery) -> CmsEvent:
    event = read_object(delivery.body)
    story_id = first_id(event, "story_id")
    action = raw_text(event, "action")
    if not story_id:
        return Irrelevant(f"no story: {action}")
    if says_withdrawn([action]):
        return Withdrawal(story_id)
    if action.rpartition(".")[2] == "published":  # also called "story.published"
        return Notice(story_id)
    return Irrelevant(f"action {action}")
