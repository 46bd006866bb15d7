"""Stores when an article was last fetched from the CMS, with the validators for a conditional request (RFC 9110, 13.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.storage.s3_objects import head_object, put_object

MAX_VALIDATOR = 500  # characters; S3 allows 2 KB of metadata per object


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long the stored article counts as current, and the validators of the CMS's last response, "" if it sent none."""

    until: datetime
    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, headers: Mapping[str, str], until: datetime) -> "Freshness":
        return cls(until, _plain(headers.get("etag", "")), _plain(headers.get("last-modified", "")))

    @property
    def conditions(self) -> dict[str, str]:
        """The headers of a conditional request, which the CMS answers with 304 if the article has not changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


def put_freshness(bucket: str, article_id: str, freshness: Freshness) -> None:
    values = {"until": freshness.until.isoformat(), "etag": freshness.etag, "last-modified": freshness.last_modified}
    metadata = {name: value for name, value in values.items() if value}
    put_object(bucket, _key(article_id), b"", Metadata=metadata, CacheControl="private")


def find_freshness(bucket: str, article_id: str) -> Freshness | None:
    """Returns the stored value, even if it has expired, or None; S3 deletes it after a day."""
    stored = head_object(bucket, _key(article_id))
    if stored is None:
        return None
    until = datetime.fromisoformat(stored.metadata["until"])
    return Freshness(until, stored.metadata.get("etag", ""), stored.metadata.get("last-modified", ""))


def _plain(value: str) -> str:
    """Returns a header's value if S3 can keep it in an object's metadata, else ""."""
    return value if value.isascii() and value.isprintable() and len(value) <= MAX_VALIDATOR else ""


def _key(article_id: str) -> str:
    return f"lookups/{article_id}/fetched"
