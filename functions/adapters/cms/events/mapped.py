"""Reads the events of any CMS by the source's own table, which says where the article's fields are."""

from adapters.cms.article_map import find_fields
from adapters.cms.events.event import CmsEvent, Irrelevant, Notice, Withdrawal
from adapters.storage.inbox import Delivery
from storycard.errors import ArticleInvalid
from storycard.ingest.article_ids import safe_id
from storycard.ingest.fields import read_object
from storycard.ingest.mapped.flags import is_set, read_status
from storycard.ingest.mapped.values import Values


def mapped_ids(delivery: Delivery) -> frozenset[str]:
    """Returns the ID that the source's table finds in an event that is ignored or cannot be read as an article."""
    if delivery.article_map is None:
        return frozenset()
    try:
        found = find_fields(delivery.article_map.id_alone, read_object(delivery.body))
    except ArticleInvalid:
        return frozenset()
    return frozenset(filter(None, (safe_id(Values(found.values).name("id")),)))


def read_event(delivery: Delivery) -> CmsEvent:
    """Reads the event. A table without `headline` only announces articles, which are then fetched. Raises ArticleInvalid."""
    if delivery.article_map is None:
        raise ArticleInvalid("map", "the table of the source", "nothing")
    found = find_fields(delivery.article_map, read_object(delivery.body))
    if "only" in delivery.article_map and not is_set(found.values["only"]):
        return Irrelevant("not what `only` asks for")
    values = Values(found.values)
    article_id = safe_id(values.name("id"))
    if is_set(found.values.get("withdrawn")) or read_status(found.values.get("status")) == "withdrawn":
        return Withdrawal(article_id, values.time("updated_at"))
    if "headline" not in delivery.article_map:
        return Notice(article_id)
    return found
