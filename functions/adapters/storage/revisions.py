"""Writes S3 objects so that an older revision of an article never replaces a newer one, in whatever order events arrive."""

import hashlib
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from adapters.storage.ownership import Sender
from adapters.storage.s3_objects import head_object, put_object
from storycard.article import Article

Outcome = Literal["stored", "unchanged", "older", "foreign"]

OWNER = "source"  # key of the metadata that names the owner of an article
ATTEMPTS = 30  # each lost race means that another write succeeded, so this allows as many concurrent writers
PAUSE = 0.05  # seconds; multiplied by the attempt and random, so that concurrent writers spread out


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """Orders the states of an article: the greater of two revisions wins.

    The article's own modification time comes first. If it is missing or equal, the later delivery is newer. The hash only
    makes the outcome deterministic if both times are equal.
    """

    modified_at: datetime
    received_at: datetime
    source_sha256: str


def revision_of(article: Article, source: bytes, received_at: datetime) -> Revision:
    """Returns the revision of `article` as read from `source`; an undated article counts as modified when received."""
    modified_at = (article.modified_at or received_at).astimezone(UTC)
    return Revision(modified_at, received_at.astimezone(UTC), hashlib.sha256(source).hexdigest())


def read_revision(metadata: Mapping[str, str]) -> Revision:
    """Reads the revision from an object's metadata."""
    modified_at, received_at = (datetime.fromisoformat(metadata[name]) for name in ("modified-at", "received-at"))
    return Revision(modified_at, received_at, metadata["source-sha256"])


def put_newest(
    bucket: str, key: str, body: bytes, revision: Revision, *, sender: Sender | None = None, **headers: str
) -> Outcome:
    """Writes `body` unless a newer revision, or the same bytes at the same revision, is stored already.

    With a `sender`, the object gets an owner, and is not written ("foreign") if it belongs to somebody else.
    Raises TimeoutError after losing to other writers ATTEMPTS times.
    """
    owner = sender.name if sender else None
    body_sha256 = hashlib.sha256(body).hexdigest()
    metadata = {
        "modified-at": revision.modified_at.isoformat(),
        "received-at": revision.received_at.isoformat(),
        "source-sha256": revision.source_sha256,
        "body-sha256": body_sha256,
    }
    for attempt in range(ATTEMPTS):
        time.sleep(random.uniform(0, PAUSE * attempt))
        existing = head_object(bucket, key)
        if existing is None:
            condition = {"IfNoneMatch": "*"}
        else:
            if sender and (owner := sender.owner_after(existing.metadata.get(OWNER))) is None:
                return "foreign"
            theirs = read_revision(existing.metadata)
            if theirs > revision:
                return "older"
            if theirs == revision and existing.metadata["body-sha256"] == body_sha256:
                return "unchanged"
            condition = {"IfMatch": existing.etag}
        if put_object(bucket, key, body, Metadata=metadata | ({OWNER: owner} if owner else {}), **headers, **condition):
            return "stored"
    raise TimeoutError(f"{key}: lost {ATTEMPTS} conditional writes in a row")
