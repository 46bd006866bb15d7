"""Reads Contentful's webhooks: the topic says what happened, and each field holds its values by locale.

If an entry's fields have other names than native JSON, the payload must be transformed in Contentful's webhook settings.
https://www.contentful.com/developers/docs/webhooks/webhook-transformations/
"""

from collections.abc import Mapping

from adapters.cms.events.event import CmsEvent, Irrelevant, Withdrawal, first_id, member, native_content
from adapters.storage.inbox import Delivery
from storycard.errors import ArticleInvalid
from storycard.ingest.fields import first_time, read_object


def read_event(delivery: Delivery) -> CmsEvent:
    entry = read_object(delivery.body)
    system = member(entry, "sys")
    article_id = first_id(entry, "id") or first_id(system, "id")
    match delivery.topic.split("."):
        case ["ContentManagement", "Entry", "publish"]:
            return native_content(_native(entry, system, delivery.language) | {"id": article_id})
        case ["ContentManagement", "Entry", "unpublish" | "archive" | "delete"]:
            return Withdrawal(article_id, first_time(system, "deletedAt") or first_time(entry, "updated_at"))
        case _:
            return Irrelevant(f"topic {delivery.topic or 'not signed or not sent'}")


def _native(entry: Mapping[str, object], system: Mapping[str, object], language: str | None) -> dict[str, object]:
    fields = member(entry, "fields")
    if not fields:
        return dict(entry)  # a payload transformed in Contentful
    locale = _locale(fields, language)
    published_at = system.get("publishedAt") or system.get("updatedAt")
    values = {name: value[locale] for name, value in fields.items() if isinstance(value, dict) and locale in value}
    return {"language": locale, "updated_at": published_at, "published_at": system.get("firstPublishedAt")} | values


def _locale(fields: Mapping[str, object], language: str | None) -> str:
    """Returns the source's language, or else the headline's only locale. Raises ArticleInvalid if it has several."""
    locales = list(member(fields, "headline"))
    if language in locales:
        return language
    if len(locales) != 1:
        raise ArticleInvalid("fields.headline", f"a value in {language or 'one language'}", ", ".join(locales)[:60] or "nothing")
    return locales[0]
