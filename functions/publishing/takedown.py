"""Deletes cards that must no longer be public from S3 and the CDN; the bucket's versioning keeps them for a month."""

import random
from datetime import UTC, datetime
from uuid import uuid4

from botocore.exceptions import ClientError

from adapters.clients import cloudfront, s3
from adapters.config.settings import Settings
from adapters.errors import ArticleUnknown, ArticleWithdrawn
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import find_article, is_public
from adapters.storage.s3_objects import error_code
from adapters.storage.version_store import versions_prefix

CDN = "(cdn)"  # the source of messages that invalidate the CDN; parentheses cannot occur in a webhook source's name
RETRY_DELAY = (30, 600)  # seconds, at random, so that requests refused together are not retried together


def delete_all(bucket: str, prefix: str, but: tuple[str, ...] = ()) -> int:
    """Deletes every object whose key starts with `prefix`, but with none of `but`, and returns their number.

    Raises OSError if S3 keeps one.
    """
    deleted = 0
    # A page has 1,000 keys, as many as one batch may delete.
    for page in s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        keys = [{"Key": item["Key"]} for item in page.get("Contents", ()) if not item["Key"].startswith(but)]
        if not keys:
            continue
        answer = s3().delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
        if errors := answer.get("Errors"):
            raise OSError(f"{errors[0]['Key']}: expected it to be deleted, got {errors[0]['Code']} ({len(errors)} of them)")
        deleted += len(keys)
    return deleted


def take_down(bucket: str, article_id: str) -> int:
    """Deletes an article's cards of every version and what is known of them, and returns the number of objects."""
    return sum(
        delete_all(bucket, prefix) for prefix in (f"cards/{article_id}/", _variants(article_id), versions_prefix(article_id))
    )


def variant_key(article_id: str, version: str) -> str:
    """Returns the key that holds what is known of the card of a shared post's link preview."""
    return f"{_variants(article_id)}{version}.json"


def _variants(article_id: str) -> str:
    return f"articles/{article_id}/variants/"


def invalidate(settings: Settings, article_id: str) -> None:
    """Invalidates the CDN's copies of this article, or queues a retry if CloudFront is busy. Does nothing without a CDN."""
    if not settings.distribution_id:
        return
    paths = _cdn_paths(article_id)
    batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": uuid4().hex}
    try:
        cloudfront().create_invalidation(DistributionId=settings.distribution_id, InvalidationBatch=batch)
    except ClientError as error:
        # CloudFront handles 15 wildcards at once. Raising would use up the message's five attempts when a hundred articles
        # are withdrawn together, and a retry would find no cards and so not invalidate again.
        if error_code(error) != "TooManyInvalidationsInProgress":
            raise
        enqueue(settings.queue_url, RenderRequest(CDN, article_id=article_id), delay=random.randint(*RETRY_DELAY))


def _cdn_paths(article_id: str) -> list[str]:
    """Returns the paths of this article alone: withdrawing article 12 must not invalidate the copies of article 120.

    The manifest and the archive are never cached, and oEmbed responses expire within minutes.
    """
    prefix, tilde, _ = article_id.partition("~")
    if tilde:  # CloudFront refuses paths with a tilde, so everything that starts with the part before it is invalidated
        return [f"/cards/{prefix}*", f"/share/{prefix}*"]
    return [f"/cards/{article_id}/*", f"/share/{article_id}", f"/share/{article_id}/*"]


def require_still_public(settings: Settings, article_id: str) -> None:
    """Deletes the article's cards and raises ArticleWithdrawn or ArticleUnknown if it is no longer public.

    Call it after writing cards. A withdrawal is stored before the cards are deleted, so for a concurrent render either that
    deletion covers the new cards, or this check sees the withdrawal. The CDN may have cached the cards in between; only the
    worker may invalidate it, so a message is queued.
    """
    stored = find_article(settings.bucket, article_id)
    if stored is None or not is_public(stored.article, datetime.now(UTC)):
        take_down(settings.bucket, article_id)
        enqueue(settings.queue_url, RenderRequest(CDN, article_id=article_id))
        raise (ArticleWithdrawn if stored is not None and stored.is_gone else ArticleUnknown)(article_id)
