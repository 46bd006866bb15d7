"""Articles in S3: the normalised article and, beside it, what the CMS sent; the newest revision stays."""

import json
from dataclasses import dataclass
from datetime import datetime

from adapters.storage.article_index import put_recent_entry
from adapters.storage.revisions import Outcome, Revision, put_newest, read_revision, revision_of
from adapters.storage.s3_objects import get_object
from storycard.article import Article
from storycard.errors import ArticleInvalid
from storycard.ingest import read_article
from storycard.ingest.formats.native import to_native


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article and how new the store holds it to be."""

    article: Article
    revision: Revision


def put_if_newer(bucket: str, article: Article, source: bytes, received_at: datetime) -> Outcome:
    """Stores the article and its source, unless the store knows a newer revision.

    Both are written under the same rule, so once every writer is done the newest article stands beside its own source;
    "unchanged" still looks after the source, for the writer that was interrupted between the two.
    """
    revision = revision_of(article, source, received_at)
    body = json.dumps(to_native(article), ensure_ascii=False).encode()
    outcome = put_newest(
        bucket, f"articles/{article.id}/article.json", body, revision, ContentType="application/json", CacheControl="private"
    )
    if outcome != "older":
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


def find_article(bucket: str, article_id: str) -> StoredArticle | None:
    """The newest revision of an article. Raises RuntimeError if what is stored cannot be read: no fault of the caller."""
    key = f"articles/{article_id}/article.json"
    stored = get_object(bucket, key)
    if stored is None:
        return None
    try:
        article = read_article(stored.body, "native")
    except ArticleInvalid as error:
        raise RuntimeError(f"{key}: {error}") from error
    return StoredArticle(article, read_revision(stored.metadata))


def is_public(article: Article, now: datetime) -> bool:
    """Whether cards of this article may stand where the public can reach them."""
    embargoed = article.embargo_until is not None and article.embargo_until > now
    return article.status == "published" and not embargoed
