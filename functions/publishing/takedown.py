"""Cards that must not be public any more, out of S3 and out of the CDN; the bucket's versions keep them for a month."""

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

CDN = "(cdn)"  # whose turn it is to forget an article; no webhook source can be called so
RETRY_DELAY = (30, 600)  # seconds, at random, so that those who were refused together do not come back together


def delete_all(bucket: str, prefix: str) -> int:
    """Deletes every object whose key begins with `prefix`; how many there were. Raises OSError if S3 keeps one."""
    deleted = 0
    for page in s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):  # pages of 1000, what a batch takes
        keys = [{"Key": item["Key"]} for item in page.get("Contents", ())]
        if not keys:
            break
        answer = s3().delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
        if errors := answer.get("Errors"):
            raise OSError(f"{errors[0]['Key']}: expected it to be deleted, got {errors[0]['Code']} ({len(errors)} of them)")
        deleted += len(keys)
    return deleted


def take_down(bucket: str, article_id: str) -> int:
    """Removes an article's cards of every version, and its manifest; how many objects that were."""
    return delete_all(bucket, f"cards/{article_id}/")


def invalidate(settings: Settings, article_id: str) -> None:
    """Makes the CDN forget what it holds of this article, or asks the queue to try later if it is busy; nothing without a CDN."""
    if not settings.distribution_id:
        return
    # CloudFront refuses a path with a tilde in it, and may hold one escaped: all that begins like it is forgotten instead.
    # oEmbed's answers are too short-lived to be worth a third of the paths.
    begin = article_id.partition("~")[0]
    paths = [f"/cards/{begin}*", f"/share/{begin}*"]
    batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": uuid4().hex}
    try:
        cloudfront().create_invalidation(DistributionId=settings.distribution_id, InvalidationBatch=batch)
    except ClientError as error:
        # It works on 15 such paths at once. Who withdraws a hundred articles comes again until each had its turn: failing
        # instead would use up the message's five attempts, and the next would find no cards that tell it what to forget.
        if error_code(error) != "TooManyInvalidationsInProgress":
            raise
        enqueue(settings.queue_url, RenderRequest(CDN, article_id=article_id), delay=random.randint(*RETRY_DELAY))


def require_still_public(settings: Settings, article_id: str) -> None:
    """To be called once public bytes are written: removes them again if the article was withdrawn meanwhile.

    Whoever withdraws stores that first and deletes second. So of a render in flight, either the deletion sees the bytes,
    or this look sees the withdrawal. Raises ArticleWithdrawn or ArticleUnknown then. The CDN may have seen the bytes in between,
    and it is the worker alone that may tell it.
    """
    stored = find_article(settings.bucket, article_id)
    if stored is None or not is_public(stored.article, datetime.now(UTC)):
        take_down(settings.bucket, article_id)
        enqueue(settings.queue_url, RenderRequest(CDN, article_id=article_id))
        withdrawn = stored is not None and stored.article.status == "withdrawn"
        raise (ArticleWithdrawn if withdrawn else ArticleUnknown)(article_id)
