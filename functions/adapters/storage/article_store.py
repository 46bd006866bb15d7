"""Stores the newest revision of each article in S3: the normalised article, and next to it the source that the CMS sent."""

import json
from dataclasses import dataclass
from datetime import datetime

from adapters.storage.article_index import put_recent_entry
from adapters.storage.ownership import Sender
from adapters.storage.revisions import OWNER, Outcome, Revision, put_newest, read_revision, revision_of
from adapters.storage.s3_objects import get_object
from storycard.article import Article
from storycard.errors import ArticleInvalid
from storycard.ingest import read_article
from storycard.ingest.formats.native import to_native


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article and its revision."""

    article: Article
    revision: Revision
    owner: str | None = None  # name of the Sender it belongs to; None if an earlier release stored it


def put_if_newer(bucket: str, article: Article, source: bytes, received_at: datetime, *, sender: Sender) -> Outcome:
    """Stores the article and its source unless a newer revision is stored, or the article belongs to another sender.

    Both writes follow the same order of revisions, so once all writers are done, the newest article is stored with its own
    source. An unchanged article still writes its source, in case an earlier writer crashed between the two writes.
    """
    revision = revision_of(article, source, received_at)
    if article.status == "withdrawn":
        # An empty source instead of none: an older revision that is still being written must find something newer.
        article, source = tombstone(article.id, article.modified_at or received_at), b""
    body = json.dumps(to_native(article), ensure_ascii=False).encode()
    outcome = put_newest(
        bucket,
        f"articles/{article.id}/article.json",
        body,
        revision,
        sender=sender,
        ContentType="application/json",
        CacheControl="private",
    )
    if outcome in ("stored", "unchanged"):
        put_newest(
            bucket,
            f"articles/{article.id}/source.json",
            source,
            revision,
            ContentType="application/octet-stream",
            CacheControl="private",
        )
        put_recent_entry(bucket, article, revision)
    return outcome


def tombstone(article_id: str, withdrawn_at: datetime) -> Article:
    """Builds the article that replaces a withdrawn one: its ID and the time, without its text or language (`und`)."""
    return Article(id=article_id, headline=article_id, language="und", updated_at=withdrawn_at, status="withdrawn")


def find_article(bucket: str, article_id: str) -> StoredArticle | None:
    """Returns the newest revision of an article, or None. Raises RuntimeError if the stored object cannot be read."""
    key = f"articles/{article_id}/article.json"
    stored = get_object(bucket, key)
    if stored is None:
        return None
    try:
        article = read_article(stored.body, "native")
    except ArticleInvalid as error:
        raise RuntimeError(f"{key}: {error}") from error
    return StoredArticle(article, read_revision(stored.metadata), stored.metadata.get(OWNER))


def is_public(article: Article, now: datetime) -> bool:
    """Returns whether the public may see cards of this article at `now`."""
    embargoed = article.embargo_until is not None and article.embargo_until > now
    return article.status == "published" and not embargoed
