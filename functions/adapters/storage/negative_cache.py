"""Caches failed article lookups in S3 for some seconds, so that repeated requests do not reach the CMS."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from adapters.storage.s3_objects import head_object, put_object

Miss = Literal["absent", "down"]  # the CMS has no such article; the CMS did not answer


def put_miss(bucket: str, article_id: str, miss: Miss, seconds: float) -> None:
    """Caches the miss for `seconds`, replacing the one before it."""
    until = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()
    put_object(bucket, _key(article_id), b"", Metadata={"state": miss, "until": until}, CacheControl="private")


def find_miss(bucket: str, article_id: str) -> Miss | None:
    """Returns the cached miss, or None if there is none or it has expired."""
    existing = head_object(bucket, _key(article_id))
    if existing is None or datetime.now(UTC) >= datetime.fromisoformat(existing.metadata["until"]):
        return None
    match existing.metadata["state"]:
        case "absent":
            return "absent"
        case "down":
            return "down"
        case _:  # written by an earlier release, which kept its leases here too
            return None


def _key(article_id: str) -> str:
    return f"lookups/{article_id}"
