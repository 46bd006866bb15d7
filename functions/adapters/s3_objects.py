"""S3 objects as plain values, with "not there" and "somebody was faster" told apart from failures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from botocore.exceptions import ClientError

from adapters.clients import s3

# What a conditional write answers when the object changed between look and write; 404 is an If-Match on a deleted object.
# docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
LOST_RACE = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"})


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object; `body` is empty when only its head was asked for, `size` (bytes) is true either way."""

    body: bytes
    size: int
    etag: str  # quoted, as HTTP has it
    last_modified: datetime
    media_type: str
    metadata: Mapping[str, str]


def fetch(bucket: str, key: str) -> StoredObject | None:
    """The whole object, or None where there is none."""
    try:
        response = s3().get_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error_code(error) == "NoSuchKey":
            return None
        raise
    return _stored(response, response["Body"].read())


def look(bucket: str, key: str) -> StoredObject | None:
    """The object without its body, or None where there is none."""
    try:
        response = s3().head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error_code(error) == "404":  # an answer to HEAD has no body to carry a code
            return None
        raise
    return _stored(response, b"")


def put(bucket: str, key: str, body: bytes, **options: object) -> bool:
    """Writes the object, False if its condition (IfMatch, IfNoneMatch) does not hold any more."""
    try:
        s3().put_object(Bucket=bucket, Key=key, Body=body, **options)
    except ClientError as error:
        if error_code(error) in LOST_RACE:
            return False
        raise
    return True


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
    )
