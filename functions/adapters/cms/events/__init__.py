"""A webhook delivery into what it says happened to which article: one reader for each CMS with an envelope of its own."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from adapters.cms.events import contentful, ghost, native, sanity, storyblok, wordpress
from adapters.cms.events.event import CmsEvent, Content
from adapters.storage.inbox import Delivery
from storycard import ingest

READERS: Mapping[str, Callable[[Delivery], CmsEvent]] = MappingProxyType(
    {
        "native": native.read_event,
        "ghost": ghost.read_event,
        "wordpress": wordpress.read_event,
        "contentful": contentful.read_event,
        "sanity": sanity.read_event,
        "storyblok": storyblok.read_event,
    }
)
# What a source may be configured with; the last three exist as webhooks alone.
FORMATS = (*ingest.FORMATS, "contentful", "sanity", "storyblok")


def read_event(delivery: Delivery) -> CmsEvent:
    """What happened. A format without an envelope is the article itself. Raises ArticleInvalid."""
    reader = READERS.get(delivery.format)
    return reader(delivery) if reader else Content(delivery.body, delivery.format)
