"""S3 objects as plain values, with "not there" and "somebody was faster" told apart from failures."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from botocore.exceptions import ClientError, IncompleteReadError, ReadTimeoutError, ResponseStreamingError

from adapters.clients import s3

# A conditional write whose condition does not hold; NoSuchKey is an If-Match on an object deleted meanwhile.
# A ConditionalRequestConflict only says that another write is under way: S3 wants it sent again.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
LOST_RACE = frozenset({"PreconditionFailed", "NoSuchKey"})
CONFLICT = "ConditionalRequestConflict"
CUT_SHORT = (IncompleteReadError, ReadTimeoutError, ResponseStreamingError)
PAUSES = (0.05, 0.1, 0.2, 0.4)  # seconds before each further attempt


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object; `body` is empty when only its head was asked for, `size` (bytes) is true either way."""

    body: bytes
    size: int
    etag: str  # quoted, as HTTP has it
    last_modified: datetime
    media_type: str
    metadata: Mapping[str, str]
    disposition: str = ""  # how a browser saves it (Content-Disposition)


def get_object(bucket: str, key: str) -> StoredObject | None:
    """The whole object, or None where there is none."""
    pauses = iter(PAUSES)
    while True:
        try:
            response = s3().get_object(Bucket=bucket, Key=key)
            return _stored(response, response["Body"].read())
        except ClientError as error:
            if error_code(error) == "NoSuchKey":
                return None
            raise
        except CUT_SHORT:  # botocore tries again until an answer begins, and no longer
            if (pause := next(pauses, None)) is None:
                raise
        time.sleep(pause)


def head_object(bucket: str, key: str) -> StoredObject | None:
    """The object without its body, or None where there is none."""
    try:
        response = s3().head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error_code(error) == "404":  # an answer to HEAD has no body to carry a code
            return None
        raise
    return _stored(response, b"")


def put_object(bucket: str, key: str, body: bytes, **options: object) -> bool:
    """Writes the object, False if its condition (IfMatch, IfNoneMatch) does not hold any more, and other bytes stand there."""
    pauses = iter(PAUSES)
    while True:
        try:
            s3().put_object(Bucket=bucket, Key=key, Body=body, **options)
            return True
        except ClientError as error:
            if error_code(error) in LOST_RACE:
                # Lost to ourselves, perhaps: botocore's first attempt was written, and its answer lost on the way.
                again = error.response["ResponseMetadata"].get("RetryAttempts", 0) > 0
                return again and (existing := get_object(bucket, key)) is not None and existing.body == body
            pause = next(pauses, None)
            if error_code(error) != CONFLICT or pause is None:
                raise
        time.sleep(pause)


def delete_object(bucket: str, key: str) -> None:
    """Deletes the object, if there is one."""
    s3().delete_object(Bucket=bucket, Key=key)


def error_code(error: ClientError) -> str:
    return error.response["Error"]["Code"]


def _stored(response: Mapping[str, object], body: bytes) -> StoredObject:
    return StoredObject(
        body=body,
        size=response["ContentLength"],
        etag=response["ETag"],
        last_modified=response["LastModified"],
        media_type=response["ContentType"],
        metadata=response["Metadata"],
        disposition=response.get("ContentDisposition", ""),
    )
