"""Reads native JSON as a webhook's body: the article itself, or its withdrawal, which needs only the ID."""

from adapters.cms.events.event import CmsEvent, Content, Withdrawal, first_id
from adapters.storage.inbox import Delivery
from storycard.errors import ArticleInvalid
from storycard.ingest.fields import first_time, read_object


def read_event(delivery: Delivery) -> CmsEvent:
    try:
        source = read_object(delivery.body)
    except ArticleInvalid:
        return Content(delivery.body, "native")  # the reader of the article reports the error
    if source.get("status") == "withdrawn":
        return Withdrawal(first_id(source, "id"), first_time(source, "updated_at"))
    return Content(delivery.body, "native")
