"""Writes S3 objects so that an older revision of an article never replaces a newer one, in whatever order events arrive."""

import hashlib
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Literal

from adapters.storage.ownership import Sender
from adapters.storage.s3_objects import StoredObject, head_object, put_object
from storycard.article import Article

Requirement = Callable[[StoredObject | None], None]
Outcome = Literal["stored", "unchanged", "older", "foreign"]

OWNER = "source"  # key of the metadata that names the owner of an article
ATTEMPTS = 30  # each lost race means that another write succeeded, so this allows as many concurrent writers
NOTHING: Mapping[str, str] = MappingProxyType({})
PAUSE = 0.05  # seconds; multiplied by the attempt and random, so that concurrent writers spread out


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """The position of one state of an article in the order of its revisions: the greatest wins.

    docs/webhooks.md explains the order to newsrooms under "Which revision wins".
    """

    modified_at: datetime  # the event's own date, at most the time when it was sent
    arrived_at: datetime  # on this system's clock; the first arrival of an event that was sent several times
    withdrawn: bool
    source_sha256: str  # breaks the remaining ties deterministically

    @property
    def name(self) -> str:
        """A name that no other revision of the article has."""
        return f"{self.modified_at.isoformat()}/{self.arrived_at.isoformat()}/{self.source_sha256[:16]}"


def revision_of(article: Article, source: bytes, received_at: datetime, arrived_at: datetime) -> Revision:
    """Returns the revision that an event makes of an article.

    `received_at` is when the event was sent, if its signature proves that, or else its arrival. An event that arrives within the
    second that its sender signed was sent before its arrival, not at the end of that second.
    """
    is_within_signed_second = timedelta(0) <= received_at - arrived_at < timedelta(seconds=1)
    modified_at = modification_time(article, arrived_at if is_within_signed_second else received_at)
    return Revision(modified_at, arrived_at.astimezone(UTC), article.status == "withdrawn", _sha256(source))


def modification_time(article: Article, received_at: datetime) -> datetime:
    """Returns an article's modification time by its own dates, in UTC; without a plausible date it is the time of receipt.

    Nothing can have been modified after it was received. A publication date that is still to come, or is that of the embargo,
    is a plan: counting it would let a scheduled article outrank its own withdrawal. A date in whole seconds counts as the end of
    its second, so that a CMS that keeps no fractions can correct what an editor stored in the same second.
    """
    if article.updated_at:
        modified_at = min(_end_of_second(article.updated_at), received_at)
    elif article.published_at and article.published_at != article.embargo_until:
        modified_at = min(_end_of_second(article.published_at), received_at)
    else:
        modified_at = received_at
    return modified_at.astimezone(UTC)


def revision_over(existing: Revision | None, article: Article, source: bytes, now: datetime) -> Revision:
    """Returns the revision of an editor's call, which always outranks the stored one."""
    modified_at = arrived_at = now.astimezone(UTC)
    if existing:
        modified_at = max(modified_at, existing.modified_at)
        arrived_at = max(arrived_at, existing.arrived_at + timedelta(microseconds=1))
    return Revision(modified_at, arrived_at, article.status == "withdrawn", _sha256(source))


def read_revision(metadata: Mapping[str, str]) -> Revision:
    """Reads the revision of a stored object."""
    modified_at, arrived_at = (datetime.fromisoformat(metadata[name]) for name in ("modified-at", "received-at"))
    withdrawn = metadata.get("withdrawn")
    if withdrawn is None:  # written by a release that accepted future dates: without a limit it could never be replaced
        modified_at = min(modified_at, arrived_at)
    return Revision(modified_at, arrived_at, withdrawn == "true", metadata["source-sha256"])


def put_newest(
    bucket: str,
    key: str,
    body: bytes,
    revision: Revision,
    more_metadata: Mapping[str, str] = NOTHING,
    *,
    sender: Sender | None = None,
    require: Requirement | None = None,
    known: Sequence[StoredObject | None] = (),
    **headers: str,
) -> Outcome:
    """Writes `body` unless a newer revision, or the same bytes at the same revision, is stored already.

    With a `sender`, the object gets an owner, and is not written ("foreign") if it belongs to another sender. `require` may
    raise an error for the object that is about to be replaced, None if there is none. `known` has one item, the object that the
    caller has just read, or is empty: with an item, the first attempt reads nothing, which is safe because its write is
    conditional. Raises TimeoutError after losing to other writers ATTEMPTS times.
    """
    owner = sender.name if sender else None
    body_sha256 = _sha256(body)
    metadata = {
        **more_metadata,
        "modified-at": revision.modified_at.isoformat(),
        "received-at": revision.arrived_at.isoformat(),
        "withdrawn": "true" if revision.withdrawn else "false",
        "source-sha256": revision.source_sha256,
        "body-sha256": body_sha256,
    }
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(random.uniform(0, PAUSE * attempt))
        existing = known[0] if known and not attempt else head_object(bucket, key)
        if require:
            require(existing)
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


def _end_of_second(moment: datetime) -> datetime:
    return moment if moment.microsecond else moment.replace(microsecond=999_999)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
