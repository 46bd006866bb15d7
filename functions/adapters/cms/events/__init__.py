"""Reads which article a webhook delivery is about and what happened to it; each CMS with its own envelope has a reader."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from adapters.cms.article_map import MAPPED
from adapters.cms.events import ans, contentful, ghost, json_ld, mapped, native, ninjs, sanity, storyblok, wordpress
from adapters.cms.events.event import CmsEvent, Content
from adapters.storage.inbox import Delivery
from storycard import ingest

READERS: Mapping[str, Callable[[Delivery], CmsEvent]] = MappingProxyType(
    {
        "native": native.read_event,
        "jsonld": json_ld.read_event,
        "ghost": ghost.read_event,
        "wordpress": wordpress.read_event,
        "ans": ans.read_event,
        "ninjs": ninjs.read_event,
        "contentful": contentful.read_event,
        "sanity": sanity.read_event,
        "storyblok": storyblok.read_event,
        MAPPED: mapped.read_event,
    }
)
# The formats that a source may have; the last three exist only as webhooks.
FORMATS = (*ingest.FORMATS, "contentful", "sanity", "storyblok")


def read_event(delivery: Delivery) -> CmsEvent:
    """Reads the event. In a format without an envelope, the body is the article itself. Raises ArticleInvalid."""
    reader = READERS.get(delivery.format)
    return reader(delivery) if reader else Content(delivery.body, delivery.format)
