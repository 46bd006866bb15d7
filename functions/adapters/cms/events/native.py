"""Reads native JSON as a webhook's body: the article, bare or under `data` or `article`, or a withdrawal by its ID alone.

The envelope `{type, timestamp, data}` is the one that Standard Webhooks recommends.
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from adapters.cms.events.event import CmsEvent, Content, Irrelevant, Withdrawal, as_content, first_id, member, native_content
from adapters.cms.events.event_names import event_names, is_about_something_else, says_withdrawn
from adapters.storage.inbox import Delivery
from storycard.errors import ArticleInvalid
from storycard.ingest.fields import first_time, read_object


def read_event(delivery: Delivery) -> CmsEvent:
    try:
        source = read_object(delivery.body)
    except ArticleInvalid:
        return Content(delivery.body, "native")  # the reader of the article reports the error
    article = next(filter(None, (member(source, name) for name in ("data", "article"))), source)
    names = event_names(source, delivery.topic)
    if "withdrawn" in (source.get("status"), article.get("status")) or says_withdrawn(names):
        if is_about_something_else(names):
            return Irrelevant(f"about no article: {names[0][:60]}")
        return Withdrawal(first_id(article, "id") or first_id(source, "id", "article_id"), first_time(article, "updated_at"))
    if article.get("status") == "draft":
        return native_content(article)
    return Content(delivery.body, "native") if "headline" in source else as_content(article, "native")
