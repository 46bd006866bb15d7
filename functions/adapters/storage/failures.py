"""Why a queue message failed, kept in S3 under its ID, and under that of its article or delivery until that succeeds.

Nothing can be written on a message that is in a queue.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from adapters.clients import s3
from adapters.render_queue import RenderRequest
from adapters.storage.s3_objects import delete_object, get_object, head_object, put_object

MAX_REASON = 2_000  # characters
OF_ARTICLES, OF_DELIVERIES = "failures/articles/", "failures/deliveries/"


@dataclass(frozen=True, slots=True)
class Failure:
    """The last attempt at one message: which one it was, when, and what went wrong."""

    message_id: str
    reason: str
    attempt: int
    failed_at: str  # ISO 8601
    inbox: str = ""  # the delivery that it was about, where no article is known

    @classmethod
    def of(cls, record: SQSRecord, error: Exception, now: datetime, inbox: str = "") -> "Failure":
        attempt = int(record.attributes.approximate_receive_count or 1)
        reason = f"{type(error).__name__}: {error}"[:MAX_REASON]
        return cls(record.message_id, reason, attempt, now.isoformat(timespec="seconds"), inbox)


def note_failure(bucket: str, failure: Failure, request: RenderRequest | None = None) -> None:
    """Leaves the reason where find_failure looks for it, and for an understood message where the list of articles does.

    When S3 itself is what failed, this fails too, and the log has both.
    """
    for key in filter(None, (_key(failure.message_id), request and _subject_key(request))):
        put_object(bucket, key, json.dumps(asdict(failure)).encode(), ContentType="application/json")


def forget_failures(bucket: str, *requests: RenderRequest) -> None:
    """What these requests are about has succeeded now."""
    for key in map(_subject_key, requests):
        if head_object(bucket, key):  # in a bucket with versions, deleting nothing leaves a marker
            delete_object(bucket, key)


def find_failure(bucket: str, message_id: str) -> Failure | None:
    """The last failure of a message; None where its function was ended before it could say anything."""
    return _read(bucket, _key(message_id))


def find_article_failure(bucket: str, article_id: str) -> Failure | None:
    """Why the newest cards of an article are not there, if its last message failed."""
    return _read(bucket, f"{OF_ARTICLES}{article_id}.json")


def failed_deliveries(bucket: str, most: int) -> Iterator[Failure]:
    """The newest deliveries of which no article could be made."""
    listed = s3().list_objects_v2(Bucket=bucket, Prefix=OF_DELIVERIES).get("Contents", ())
    for item in sorted(listed, key=lambda item: item["LastModified"], reverse=True)[:most]:
        if failure := _read(bucket, item["Key"]):
            yield failure


def _read(bucket: str, key: str) -> Failure | None:
    stored = get_object(bucket, key)
    return Failure(**json.loads(stored.body)) if stored else None


def _key(message_id: str) -> str:
    return f"failures/{message_id}.json"


def _subject_key(request: RenderRequest) -> str:
    if request.article_id:
        return f"{OF_ARTICLES}{request.article_id}.json"
    return f"{OF_DELIVERIES}{hashlib.sha256(request.inbox.encode()).hexdigest()[:32]}.json"
