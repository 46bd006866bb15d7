"""Reads the events of any CMS by the source's own table, which says where the article's fields are."""

from adapters.cms.article_map import FIRST, find_fields
from adapters.cms.events.event import CmsEvent, Irrelevant, Notice, Withdrawal
from adapters.storage.inbox import Delivery
from storycard.errors import ArticleInvalid
from storycard.ingest.article_ids import safe_id
from storycard.ingest.fields import read_object
from storycard.ingest.mapped.flags import is_set, says_withdrawn
from storycard.ingest.mapped.values import Values


def mapped_ids(delivery: Delivery) -> frozenset[str]:
    """Returns the ID that the source's table finds in an event that is ignored or cannot be read as an article."""
    if delivery.article_map is None:
        return frozenset()
    try:
        found = find_fields(delivery.article_map.part("id"), read_object(delivery.body))
    except ArticleInvalid:
        return frozenset()
    return frozenset(filter(None, (safe_id(Values(found.values).name("id")),)))


def read_event(delivery: Delivery) -> CmsEvent:
    """Reads the event. A table without `headline` only announces articles, which are then fetched. Raises ArticleInvalid."""
    if delivery.article_map is None:
        raise ArticleInvalid("map", "the table of the source", "nothing")
    table, event = delivery.article_map, read_object(delivery.body)
    first = find_fields(table.part(*FIRST), event).values
    if "only" in table and not is_set(first["only"]):
        return Irrelevant("not what `only` asks for")
    article_id = safe_id(Values(first).name("id"))
    if is_set(first.get("withdrawn")):  # the article's own date may be that of an earlier edit
        return Withdrawal(article_id)
    if says_withdrawn(first):
        return Withdrawal(article_id, Values(find_fields(table.part("updated_at"), event).values).time("updated_at"))
    return find_fields(table, event) if "headline" in table else Notice(article_id)
