"""Stores when an article was last fetched from the CMS, with the validators for a conditional request (RFC 9110, 13.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.storage.s3_objects import head_object, put_object
from adapters.storage.validators import NO_VALIDATORS, Validators

MAX_VALIDATOR = 500  # characters; S3 allows 2 KB of metadata per object


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long the stored article counts as current, and the validators of the CMS's last response."""

    until: datetime
    validators: Validators = NO_VALIDATORS

    @classmethod
    def of(cls, headers: Mapping[str, str], until: datetime) -> "Freshness":
        given = Validators.of(headers)
        return cls(until, Validators(_plain(given.etag), _plain(given.last_modified)))


def put_freshness(bucket: str, article_id: str, freshness: Freshness) -> None:
    known = freshness.validators
    values = {"until": freshness.until.isoformat(), "etag": known.etag, "last-modified": known.last_modified}
    metadata = {name: value for name, value in values.items() if value}
    put_object(bucket, _key(article_id), b"", Metadata=metadata, CacheControl="private")


def find_freshness(bucket: str, article_id: str) -> Freshness | None:
    """Returns the stored value, even if it has expired, or None; S3 deletes it after a day."""
    stored = head_object(bucket, _key(article_id))
    if stored is None:
        return None
    until = datetime.fromisoformat(stored.metadata["until"])
    return Freshness(until, Validators.of(stored.metadata))


def _plain(value: str) -> str:
    """Returns a header's value if S3 can keep it in an object's metadata, else ""."""
    return value if value.isascii() and value.isprintable() and len(value) <= MAX_VALIDATOR else ""


def _key(article_id: str) -> str:
    return f"lookups/{article_id}/fetched"
