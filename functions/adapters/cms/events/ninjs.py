"""Reads news items in ninjs: bare, or in an envelope that names the event.

https://iptc.org/standards/ninjs/
"""

from adapters.cms.events.event import CmsEvent, Irrelevant, Withdrawal, as_content, member
from adapters.cms.events.event_names import event_names, says_withdrawn
from adapters.storage.inbox import Delivery
from storycard.ingest.article_ids import safe_id
from storycard.ingest.article_kinds import ninjs_kind
from storycard.ingest.fields import first_text, read_object, text


def read_event(delivery: Delivery) -> CmsEvent:
    envelope = read_object(delivery.body)
    inner = next(filter(None, (member(envelope, name) for name in ("item", "data", "newsitem"))), None)
    item = inner if inner and "uri" not in envelope else envelope
    kind = ninjs_kind(item)
    if kind != "text" and not says_withdrawn([kind]):
        return Irrelevant(f"a ninjs item of the type {kind[:60]}")
    if says_withdrawn(event_names(envelope, delivery.topic)):
        fields = {name.lower().replace("_", ""): value for name, value in item.items()}
        return Withdrawal(safe_id(first_text(text(fields, "guid"), text(fields, "uri"), text(fields, "altids", 0, "value"))))
    return as_content(item, "ninjs")
