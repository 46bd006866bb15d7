"""Stores why queue messages failed: under the message's ID, and under its article or delivery until that succeeds.

S3 holds the reasons because SQS cannot change a message that is on a queue.
"""

import hashlib
import heapq
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from itertools import islice

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from adapters.clients import s3
from adapters.render_queue import RenderRequest
from adapters.storage.s3_objects import delete_object, get_object, head_object, put_object
from storycard.errors import ArticleInvalid

MAX_REASON, MAX_FIELD = 2_000, 200  # characters
MAX_PAGES = 50  # of 1,000 keys each, read to find the newest; 100 ms each
OF_ARTICLES, OF_DELIVERIES = "failures/articles/", "failures/deliveries/"


@dataclass(frozen=True, slots=True)
class Failure:
    """The last failed attempt at one message."""

    message_id: str
    reason: str
    attempt: int
    failed_at: str  # ISO 8601
    inbox: str = ""  # key of the delivery, if the article is not known
    field: str = ""  # of the article, if that is invalid

    @classmethod
    def of(cls, record: SQSRecord, error: Exception, now: datetime, inbox: str = "") -> "Failure":
        attempt = int(record.attributes.approximate_receive_count or 1)
        reason = f"{type(error).__name__}: {error}"[:MAX_REASON]
        field = error.field[:MAX_FIELD] if isinstance(error, ArticleInvalid) else ""
        return cls(record.message_id, reason, attempt, now.isoformat(timespec="seconds"), inbox, field)


_FIELDS = {field.name for field in fields(Failure)}  # another release may have stored more


def put_failure(bucket: str, failure: Failure, request: RenderRequest | None = None) -> None:
    """Stores the reason for `find_failure` and, if the message could be read, for the list of articles.

    If S3 itself is what failed, this raises too, and the log shows both errors.
    """
    body = json.dumps(asdict(failure)).encode()
    for key in (_key(failure.message_id), *([_subject_key(request)] if request else [])):
        put_object(bucket, key, body, ContentType="application/json")


def clear_failures(bucket: str, *requests: RenderRequest) -> None:
    """Deletes the reasons stored for the articles or deliveries of these requests, which have now succeeded."""
    for key in map(_subject_key, requests):
        if head_object(bucket, key):  # in a versioned bucket, deleting a missing key would leave a delete marker
            delete_object(bucket, key)


def find_failure(bucket: str, message_id: str) -> Failure | None:
    """Returns the last failure of a message; None if its function ended before it could store one."""
    return _read(bucket, _key(message_id))


def find_article_failure(bucket: str, article_id: str) -> Failure | None:
    """Returns why the article's last message failed; None if it did not."""
    return _read(bucket, f"{OF_ARTICLES}{article_id}.json")


def failed_deliveries(bucket: str, most: int) -> Iterator[Failure]:
    """Yields the `most` newest failures of deliveries that could not be read as an article, newest first.

    The keys are hashes, so every page is listed, up to MAX_PAGES of them.
    """
    pages = s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=OF_DELIVERIES)
    listed = (item for page in islice(pages, MAX_PAGES) for item in page.get("Contents", ()))
    for item in heapq.nlargest(most, listed, key=lambda item: item["LastModified"]):
        if failure := _read(bucket, item["Key"]):
            yield failure


def _read(bucket: str, key: str) -> Failure | None:
    stored = get_object(bucket, key)
    return Failure(**{name: value for name, value in json.loads(stored.body).items() if name in _FIELDS}) if stored else None


def _key(message_id: str) -> str:
    return f"failures/{message_id}.json"


def _subject_key(request: RenderRequest) -> str:
    if request.article_id:
        return f"{OF_ARTICLES}{request.article_id}.json"
    return delivery_failure_key(request.inbox or "")


def delivery_failure_key(inbox: str) -> str:
    """Returns the key of the failure of a delivery, by the key of the delivery."""
    return f"{OF_DELIVERIES}{hashlib.sha256(inbox.encode()).hexdigest()[:32]}.json"
