"""Reads and writes S3 objects. A missing object and a lost conditional write are return values; other failures are raised."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError, IncompleteReadError, ReadTimeoutError, ResponseStreamingError

from adapters.clients import s3

# Codes of a failed precondition; NoSuchKey answers an If-Match on an object that was deleted meanwhile.
# ConditionalRequestConflict means that another write is in progress, and that the request should be sent again.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
LOST_RACE = frozenset({"PreconditionFailed", "NoSuchKey"})
CONFLICT = "ConditionalRequestConflict"
CUT_SHORT = (IncompleteReadError, ReadTimeoutError, ResponseStreamingError)
PAUSES = (0.05, 0.1, 0.2, 0.4)  # seconds before each further attempt


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object. `head_object` leaves `body` empty; `size` (bytes) is always that of the object."""

    body: bytes
    size: int
    etag: str  # with quotes, as in HTTP
    last_modified: datetime
    media_type: str
    metadata: Mapping[str, str]
    disposition: str = ""  # Content-Disposition


def get_object(bucket: str, key: str) -> StoredObject | None:
    """Returns the object with its body, or None if it does not exist."""
    pauses = iter(PAUSES)
    while True:
        try:
            response = s3().get_object(Bucket=bucket, Key=key)
            return _stored(response, response["Body"].read())
        except ClientError as error:
            if error_code(error) == "NoSuchKey":
                return None
            raise
        except CUT_SHORT:  # botocore retries only until a response begins
            if (pause := next(pauses, None)) is None:
                raise
        time.sleep(pause)


def head_object(bucket: str, key: str) -> StoredObject | None:
    """Returns the object without its body, or None if it does not exist."""
    try:
        response = s3().head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error_code(error) == "404":  # a response to HEAD has no body to carry S3's own code
            return None
        raise
    return _stored(response, b"")


def put_object(bucket: str, key: str, body: bytes, **options: Any) -> bool:
    """Writes the object. Returns False if its condition (IfMatch, IfNoneMatch) failed because of another write."""
    return put_for_etag(bucket, key, body, **options) is not None


def put_for_etag(bucket: str, key: str, body: bytes, **options: Any) -> str | None:
    """Writes the object. Returns its ETag; None if its condition (IfMatch, IfNoneMatch) failed because of another write."""
    pauses = iter(PAUSES)
    while True:
        try:
            return str(s3().put_object(Bucket=bucket, Key=key, Body=body, **options)["ETag"])
        except ClientError as error:
            if error_code(error) in LOST_RACE:
                # A botocore retry may fail its own precondition if the first attempt succeeded but its response was lost. For an
                # empty object, such as an index entry, it does not matter who wrote it, and few functions may read those.
                retried = error.response["ResponseMetadata"].get("RetryAttempts", 0) > 0
                existing = get_object(bucket, key) if retried and body else None
                return existing.etag if existing and existing.body == body else None
            pause = next(pauses, None)
            if error_code(error) != CONFLICT or pause is None:
                raise
        time.sleep(pause)


def delete_object(bucket: str, key: str) -> None:
    """Deletes the object if it exists."""
    s3().delete_object(Bucket=bucket, Key=key)


def error_code(error: ClientError) -> str:
    return error.response["Error"]["Code"]


def _stored(response: Mapping[str, Any], body: bytes) -> StoredObject:
    return StoredObject(
        body=body,
        size=response["ContentLength"],
        etag=response["ETag"],
        last_modified=response["LastModified"],
        media_type=response["ContentType"],
        metadata=response["Metadata"],
        disposition=response.get("ContentDisposition", ""),
    )
