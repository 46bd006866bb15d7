"""Why a queue message failed, kept in S3 under the message's ID: nothing can be written on a message that is in a queue."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from adapters.s3_objects import fetch, put

MAX_REASON = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Failure:
    """The last attempt at one message: which one it was, when, and what went wrong."""

    message_id: str
    reason: str
    attempt: int
    failed_at: str  # ISO 8601

    @classmethod
    def of(cls, record: SQSRecord, error: Exception, now: datetime) -> "Failure":
        attempt = int(record.attributes.approximate_receive_count or 1)
        return cls(record.message_id, f"{type(error).__name__}: {error}"[:MAX_REASON], attempt, now.isoformat(timespec="seconds"))


def note_failure(bucket: str, failure: Failure) -> None:
    """Leaves the reason where find_failure looks for it. When S3 itself is what failed, this fails too, and the log has both."""
    put(bucket, _key(failure.message_id), json.dumps(asdict(failure)).encode(), ContentType="application/json")


def find_failure(bucket: str, message_id: str) -> Failure | None:
    """The last failure of a message; None where its function was ended before it could say anything."""
    stored = fetch(bucket, _key(message_id))
    return Failure(**json.loads(stored.body)) if stored else None


def _key(message_id: str) -> str:
    return f"failures/{message_id}.json"
