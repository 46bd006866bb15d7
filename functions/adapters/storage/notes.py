"""Short-lived notes between processes in S3: who is doing something right now, and what came of it a moment ago."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from adapters.storage.s3_objects import head_object, put_object


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote, valid until a moment."""

    state: str
    until: datetime
    etag: str

    @property
    def valid(self) -> bool:
        return datetime.now(UTC) < self.until


def read_note(bucket: str, key: str) -> Note | None:
    """The note under `key`, valid or not any more."""
    existing = head_object(bucket, key)
    if existing is None:
        return None
    return Note(existing.metadata["state"], datetime.fromisoformat(existing.metadata["until"]), existing.etag)


def claim(bucket: str, key: str, state: str, seconds: float, existing: Note | None) -> bool:
    """Writes a note in place of the one that was read before; False if somebody else was faster."""
    condition = {"IfMatch": existing.etag} if existing else {"IfNoneMatch": "*"}
    return _write(bucket, key, state, seconds, condition)


def leave(bucket: str, key: str, state: str, seconds: float) -> None:
    """Writes a note over whatever stands there."""
    _write(bucket, key, state, seconds, {})


def _write(bucket: str, key: str, state: str, seconds: float, condition: dict[str, str]) -> bool:
    until = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()
    # The body makes every note's ETag its own, which is what conditions compare.
    return put_object(bucket, key, uuid4().bytes, Metadata={"state": state, "until": until}, CacheControl="private", **condition)
