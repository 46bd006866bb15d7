"""Stores the article of a webhook delivery; called by the webhook, and by the worker if the webhook failed."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from adapters.cms.article_map import Found, read_found
from adapters.cms.events import read_event
from adapters.cms.events.event import Content, Irrelevant, Notice, Withdrawal
from adapters.cms.events.mapped import mapped_ids
from adapters.config.settings import Settings
from adapters.storage.article_store import StoredArticle, find_article, put_if_newer, tombstone
from adapters.storage.inbox import Delivery, index_delivery
from adapters.storage.named_articles import named_articles
from adapters.storage.ownership import Sender
from adapters.storage.revisions import Outcome
from adapters.storage.side_by_side import side_by_side
from adapters.telemetry import logger
from publishing.intake.languages import languages_in
from storycard.article import ARTICLE_ID, Article, check_article_id
from storycard.errors import ArticleInvalid
from storycard.ingest import read_article


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """Which article a delivery is about, and what it changed; an "announced" article must still be fetched from the CMS."""

    article_id: str | None
    outcome: Outcome | Literal["announced", "ignored"]  # "foreign": the article belongs to another source


def store_delivery(settings: Settings, delivery: Delivery) -> DeliveryResult:
    """Normalises and stores what the CMS sent. Raises ArticleInvalid if it is not a valid article.

    A delivery without an article is noted under the IDs that it names, so that it is erased with them: a draft has text.
    """
    try:
        result = _store_article(settings, delivery)
    except ArticleInvalid:
        _note_named(settings.bucket, delivery)
        raise
    if result.article_id is None:
        _note_named(settings.bucket, delivery)
    return result


def _store_article(settings: Settings, delivery: Delivery) -> DeliveryResult:
    bucket = settings.bucket
    match read_event(delivery):
        case Irrelevant(_, article_id):
            if not article_id or not _has_published(bucket, delivery, delivery.id_prefix + article_id):
                return DeliveryResult(None, "ignored")
            article = tombstone(_full_id(delivery, article_id), delivery.received_at)
        case Notice(article_id):
            article_id = _full_id(delivery, article_id)
            existing = _note_and_find(bucket, delivery, article_id)
            return DeliveryResult(article_id, "announced" if existing is None or _owns(delivery, existing) else "foreign")
        case Withdrawal(article_id, at):
            article = tombstone(_full_id(delivery, article_id), at or delivery.received_at)
        case Content(data, format_name):
            article = _with_prefix(delivery, read_article(data, format_name, delivery.read_options(languages_in(settings))))
        case Found() as found:
            article = _with_prefix(delivery, read_found(found, delivery.read_options(languages_in(settings))))
    existing = _note_and_find(bucket, delivery, article.id)
    outcome = _store_over(
        existing, bucket, article, delivery.body, delivery.received_at, delivery.sender, arrived_at=delivery.arrived_at
    )
    return DeliveryResult(article.id, outcome)


def store_article(bucket: str, article: Article, source: bytes, received_at: datetime, *, sender: Sender) -> Outcome:
    """Stores a source's revision of an article, unless a newer one is stored. The parameters are those of `put_if_newer`.

    Setting a public article back to draft withdraws it. A withdrawn article stays withdrawn until it is published again.
    """
    return _store_over(find_article(bucket, article.id), bucket, article, source, received_at, sender)


def _store_over(
    existing: StoredArticle | None,
    bucket: str,
    article: Article,
    source: bytes,
    received_at: datetime,
    sender: Sender,
    arrived_at: datetime | None = None,
) -> Outcome:
    now = datetime.now(UTC)
    was_public = existing is not None and existing.was_public(now)
    if article.status == "draft" and was_public:
        article = replace(article, status="withdrawn")
    never_public = article.status == "withdrawn" and existing is not None and not was_public
    known = (existing.stored if existing else None,)
    return put_if_newer(bucket, article, source, received_at, arrived_at, sender=sender, never_public=never_public, known=known)


def _with_prefix(delivery: Delivery, article: Article) -> Article:
    """Logs the article's notices, and returns it with the source's prefix before its ID."""
    article = replace(article, id=_full_id(delivery, article.id))
    for notice in article.notices:
        logger.warning("%s: %s", article.id, notice)
    return article


def _note_named(bucket: str, delivery: Delivery) -> None:
    for article_id in named_articles(delivery.body) | mapped_ids(delivery):
        if ARTICLE_ID.fullmatch(delivery.id_prefix + article_id):
            index_delivery(bucket, delivery, delivery.id_prefix + article_id)


def _full_id(delivery: Delivery, article_id: str) -> str:
    """Returns the ID with the source's prefix. Raises ArticleInvalid if the prefix makes it too long."""
    return check_article_id(delivery.id_prefix + article_id)


def _note_and_find(bucket: str, delivery: Delivery, article_id: str) -> StoredArticle | None:
    """Stores which article the delivery is about, and returns that article, None if it is not stored."""
    return side_by_side(lambda: find_article(bucket, article_id), lambda: index_delivery(bucket, delivery, article_id))


def _has_published(bucket: str, delivery: Delivery, article_id: str) -> bool:
    """Returns whether the article is this source's and published, or will be when its embargo ends."""
    existing = find_article(bucket, article_id)
    return existing is not None and existing.article.status == "published" and _owns(delivery, existing)


def _owns(delivery: Delivery, stored: StoredArticle) -> bool:
    return delivery.sender.owner_after(stored.owner) is not None
