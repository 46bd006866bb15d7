"""Cards that must not be public any more, out of S3 and out of the CDN; the bucket's versions keep them for a month."""

from datetime import UTC, datetime
from uuid import uuid4

from adapters.article_store import find_article, is_public
from adapters.clients import cloudfront, s3
from adapters.errors import ArticleUnknown, ArticleWithdrawn


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


def invalidate(distribution_id: str, article_id: str) -> None:
    """Makes the CDN forget what it holds of this article; nothing without a CDN."""
    if not distribution_id:
        return
    # CloudFront refuses a path with a tilde in it, and may hold one escaped: all that begins like it is forgotten instead.
    begin = article_id.partition("~")[0]
    paths = [f"/cards/{begin}*", f"/share/{begin}*", "/oembed*"]
    batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": uuid4().hex}
    cloudfront().create_invalidation(DistributionId=distribution_id, InvalidationBatch=batch)


def still_public(bucket: str, article_id: str) -> None:
    """To be called once public bytes are written: removes them again if the article was withdrawn meanwhile.

    Whoever withdraws stores that first and deletes second. So of a render in flight, either the deletion sees the bytes,
    or this look sees the withdrawal. Raises ArticleWithdrawn or ArticleUnknown then.
    """
    stored = find_article(bucket, article_id)
    if stored is None or not is_public(stored.article, datetime.now(UTC)):
        take_down(bucket, article_id)
        withdrawn = stored is not None and stored.article.status == "withdrawn"
        raise (ArticleWithdrawn if withdrawn else ArticleUnknown)(article_id)
