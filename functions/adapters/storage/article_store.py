"""Stores the newest revision of each article in S3: the normalised article, and next to it the source that the CMS sent."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote

from adapters.storage.article_index import put_received_entry, put_recent_entry
from adapters.storage.ownership import EDITORS, Sender
from adapters.storage.revisions import (
    ATTEMPTS,
    OWNER,
    Outcome,
    Requirement,
    Revision,
    put_newest,
    read_revision,
    revision_of,
    revision_over,
)
from adapters.storage.s3_objects import StoredObject, get_object, head_object
from adapters.storage.side_by_side import side_by_side
from storycard.article import Article
from storycard.errors import ArticleInvalid
from storycard.ingest import read_native
from storycard.ingest.formats.native import to_native

CHANGED_BY = "changed-by"  # key of the metadata that names who sent a revision
Known = Sequence[StoredObject | None]
MAX_NAME = 64  # characters of a sender's name; S3 allows 2 KB of metadata per object, and a character can take 12 bytes


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article, its revision and the S3 object that holds them."""

    article: Article
    revision: Revision
    stored: StoredObject

    @property
    def etag(self) -> str:
        """The ETag of the stored object, with quotes, as in HTTP."""
        return self.stored.etag

    @property
    def owner(self) -> str | None:
        """The name of the Sender that it belongs to; None if an earlier release stored it."""
        return self.stored.metadata.get(OWNER)

    @property
    def changed_by(self) -> str:
        """The source or the editor that sent this revision; "" if an earlier release stored it."""
        return unquote(self.stored.metadata.get(CHANGED_BY, ""))

    @property
    def never_public(self) -> bool:
        """Whether it was withdrawn before any reader could see it."""
        return self.stored.metadata.get("never-public") == "true"

    @property
    def is_gone(self) -> bool:
        """Whether requests are answered with 410; for an article that never was public, that would reveal it."""
        return self.article.status == "withdrawn" and not self.never_public

    def was_public(self, now: datetime) -> bool:
        """Returns whether readers can see the article, or could before it was withdrawn."""
        return is_public(self.article, now) or self.is_gone


def put_if_newer(
    bucket: str,
    article: Article,
    source: bytes,
    received_at: datetime,
    arrived_at: datetime | None = None,
    *,
    sender: Sender,
    never_public: bool = False,
    known: Known = (),
) -> Outcome:
    """Stores the article and its source unless a newer revision is stored, or the article belongs to another sender.

    `received_at` is when the event was sent, if its signature proves that; `arrived_at` is its arrival, if that differs. `known`
    holds the stored article if the caller has just read it, None if there was none.
    """
    revision = revision_of(article, source, received_at, arrived_at or received_at)
    return _put(bucket, article, source, revision, sender, never_public, known)


def put_over(
    bucket: str,
    article: Article,
    source: bytes,
    now: datetime,
    *,
    sender: Sender = EDITORS,
    changed_by: str = "",
    never_public: bool = False,
    require: Requirement | None = None,
) -> Outcome:
    """Stores what an editor sent, or what the CMS has now, whatever the dates of the stored revision.

    `changed_by` names the editor. `require` may raise an error for the stored article that is about to be replaced.
    Raises TimeoutError after ATTEMPTS lost writes.
    """
    for _ in range(ATTEMPTS):
        existing = head_object(bucket, _key(article.id))
        revision = revision_over(read_revision(existing.metadata) if existing else None, article, source, now)
        outcome = _put(bucket, article, source, revision, sender, never_public, (existing,), require, changed_by)
        if outcome != "older":
            return outcome
    raise TimeoutError(f"{article.id}: a newer revision was stored {ATTEMPTS} times in a row")


def _put(
    bucket: str,
    article: Article,
    source: bytes,
    revision: Revision,
    sender: Sender,
    never_public: bool,
    known: Known,
    require: Requirement | None = None,
    changed_by: str = "",
) -> Outcome:
    """Stores the article, its source and its index entries at this revision.

    Both writes follow the same order of revisions, so once all writers are done, the newest article is stored with its own
    source. An unchanged article still writes its source, in case an earlier writer crashed between the two writes.
    """
    if article.status == "withdrawn":
        article = tombstone(article.id, min(article.updated_at or revision.modified_at, revision.modified_at))
    # S3's ETag is a hash of the body alone. Without the revision in it, a restored text would have the ETag of the earlier one,
    # and the conditional write of a revision between the two would succeed.
    body = json.dumps(to_native(article) | {"revision": revision.name}, ensure_ascii=False).encode()
    if article.status == "withdrawn":
        source = body  # a concurrent writer of an older revision must find a newer object here too
    changed_by = quote((changed_by or sender.title)[:MAX_NAME], errors="replace")
    more = {CHANGED_BY: changed_by} | ({"never-public": "true"} if never_public else {})
    outcome = put_newest(
        bucket,
        _key(article.id),
        body,
        revision,
        more,
        sender=sender,
        require=require,
        known=known,
        ContentType="application/json",
        CacheControl="private",
    )
    if outcome in ("stored", "unchanged"):
        side_by_side(
            lambda: put_newest(
                bucket,
                f"articles/{article.id}/source.json",
                source,
                revision,
                known=known if known == (None,) else (),  # a new article has no source either
                ContentType="application/octet-stream",
                CacheControl="private",
            ),
            lambda: put_recent_entry(bucket, article, revision),
            lambda: put_received_entry(bucket, article, revision),
        )
    return outcome


def tombstone(article_id: str, withdrawn_at: datetime | None = None) -> Article:
    """Builds the article that replaces a withdrawn one: its ID and the time, if known, without its text or language (`und`)."""
    return Article(id=article_id, headline=article_id, language="und", updated_at=withdrawn_at, status="withdrawn")


def find_article(bucket: str, article_id: str) -> StoredArticle | None:
    """Returns the newest revision of an article, or None. Raises RuntimeError if the stored object cannot be read."""
    key = _key(article_id)
    stored = get_object(bucket, key)
    if stored is None:
        return None
    try:
        article = read_native(stored.body)
    except ArticleInvalid as error:
        raise RuntimeError(f"{key}: {error}") from error
    return StoredArticle(article, read_revision(stored.metadata), stored)


def is_public(article: Article, now: datetime) -> bool:
    """Returns whether the public may see cards of this article at `now`."""
    embargoed = article.embargo_until is not None and article.embargo_until > now
    return article.status == "published" and not embargoed


def _key(article_id: str) -> str:
    return f"articles/{article_id}/article.json"
