"""Reads pages and JSON-LD as a webhook's body. An event about JSON-LD may withdraw the article by its identifier."""

from adapters.cms.events.event import CmsEvent, Content, Withdrawal, first_id, member
from adapters.cms.events.event_names import event_names, says_withdrawn
from adapters.storage.inbox import Delivery
from storycard.errors import ArticleInvalid
from storycard.ingest.article_ids import safe_id
from storycard.ingest.fields import read_object

_ID_NAMES = ("identifier", "id", "url", "@id")


def read_event(delivery: Delivery) -> CmsEvent:
    if not delivery.body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return Content(delivery.body, "jsonld")
    try:
        envelope = read_object(delivery.body)
    except ArticleInvalid:
        return Content(delivery.body, "jsonld")  # its reader tolerates faulty JSON
    if says_withdrawn(event_names(envelope, delivery.topic)):
        article = member(envelope, "data") or member(envelope, "article")
        return Withdrawal(safe_id(first_id(article, *_ID_NAMES) or first_id(envelope, *_ID_NAMES)))
    return Content(delivery.body, "jsonld")
