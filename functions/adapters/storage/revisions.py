"""A write to S3 that an older revision of an article can never win, whatever order events arrive in."""

import hashlib
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from adapters.storage.s3_objects import head_object, put_object
from storycard.article import Article

Outcome = Literal["stored", "unchanged", "older"]

ATTEMPTS = 30  # every lost race means that somebody else's write went through: enough for as many writers at once
PAUSE = 0.05  # seconds; grows with every attempt and is random, so that writers part


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """How new one state of an article is: of two revisions the greater wins.

    The article's own word comes first. Where it has none, or says the same of two states, the later delivery is
    the newer one; the hash only makes the outcome the same everywhere when even that is equal.
    """

    modified_at: datetime
    received_at: datetime
    source_sha256: str


def revision_of(article: Article, source: bytes, received_at: datetime) -> Revision:
    """The revision that `source`, received then, makes of `article`; an undated one counts as modified when received."""
    modified_at = (article.modified_at or received_at).astimezone(UTC)
    return Revision(modified_at, received_at.astimezone(UTC), hashlib.sha256(source).hexdigest())


def read_revision(metadata: Mapping[str, str]) -> Revision:
    """The revision an object was written at."""
    moments = (datetime.fromisoformat(metadata[name]) for name in ("modified-at", "received-at"))
    return Revision(*moments, metadata["source-sha256"])


def put_newest(bucket: str, key: str, body: bytes, revision: Revision, **headers: str) -> Outcome:
    """Writes `body` unless a newer revision, or the very same bytes at the same revision, stand there already.

    Raises TimeoutError when other writers kept winning.
    """
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
            theirs = read_revision(existing.metadata)
            if theirs > revision:
                return "older"
            if theirs == revision and existing.metadata["body-sha256"] == body_sha256:
                return "unchanged"
            condition = {"IfMatch": existing.etag}
        if put_object(bucket, key, body, Metadata=metadata, **headers, **condition):
            return "stored"
    raise TimeoutError(f"{key}: lost {ATTEMPTS} conditional writes in a row")
