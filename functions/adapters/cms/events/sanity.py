"""Reads Sanity's webhooks, whose body is a projection with the field names of native JSON.

https://www.sanity.io/docs/content-lake/webhook-best-practices
"""

from adapters.cms.events.event import CmsEvent, Irrelevant, Withdrawal, first_id, native_content
from adapters.cms.events.event_names import event_names, says_withdrawn
from adapters.storage.inbox import Delivery
from storycard.ingest.fields import read_object

UNPUBLISHED = ("drafts.", "versions.")  # prefixes of the IDs of unpublished documents


def read_event(delivery: Delivery) -> CmsEvent:
    document = read_object(delivery.body)
    article_id = first_id(document, "id", "_id")
    if first_id(document, "_id", "id").startswith(UNPUBLISHED):
        return Irrelevant("a draft or a version of a release")
    names = event_names(document, delivery.topic)
    if document.get("_deleted") is True or says_withdrawn(names) or document.get("status") == "withdrawn":
        return Withdrawal(article_id)
    updated_at = document.get("updated_at") or document.get("_updatedAt")
    return native_content(document | {"id": article_id, "updated_at": updated_at})
