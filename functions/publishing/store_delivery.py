"""Stores the article of a webhook delivery; called by the webhook, and by the worker if the webhook failed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from adapters.cms.events import read_event
from adapters.cms.events.event import Content, Irrelevant, Notice, Withdrawal
from adapters.storage.article_store import find_article, put_if_newer
from adapters.storage.inbox import Delivery
from adapters.storage.revisions import Outcome
from storycard.article import Article
from storycard.ingest import read_article


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """Which article a delivery is about, and what it changed; an "announced" article must still be fetched from the CMS."""

    article_id: str | None
    outcome: Outcome | Literal["announced", "ignored"]


def store_delivery(bucket: str, delivery: Delivery) -> DeliveryResult:
    """Normalises and stores what the CMS sent. Raises ArticleInvalid if it is not a valid article."""
    match read_event(delivery):
        case Irrelevant():
            return DeliveryResult(None, "ignored")
        case Notice(article_id):
            return DeliveryResult(article_id, "announced")
        case Withdrawal(article_id, at):
            article = tombstone(article_id, at or delivery.received_at)
        case Content(data, format_name):
            article = read_article(data, format_name, language=delivery.language)
            if article.status == "withdrawn" or (article.status == "draft" and _was_public(bucket, article.id)):
                article = tombstone(article.id, article.modified_at or delivery.received_at)
    return DeliveryResult(article.id, put_if_newer(bucket, article, delivery.body, delivery.received_at))


def tombstone(article_id: str, withdrawn_at: datetime) -> Article:
    """Builds the article that replaces a withdrawn one: its ID and the time, without its text or language (`und`)."""
    return Article(id=article_id, headline=article_id, language="und", updated_at=withdrawn_at, status="withdrawn")


def _was_public(bucket: str, article_id: str) -> bool:
    # Setting an article back to draft withdraws it. A withdrawn article stays withdrawn until it is published again.
    stored = find_article(bucket, article_id)
    return stored is not None and stored.article.status != "draft"
