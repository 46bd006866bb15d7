"""Replaces S3 by a dictionary: fast enough for tests that store thousands of articles, with the conditions of S3's writes."""

import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError


class S3InMemory:
    """The calls of botocore's S3 client that stores of articles and deliveries use; keys of all buckets share one space."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {}

    def get_object(self, Bucket: str, Key: str) -> dict[str, Any]:
        found = self._found(Key, "NoSuchKey")
        return found | {"Body": io.BytesIO(found["Body"])}

    def head_object(self, Bucket: str, Key: str) -> dict[str, Any]:
        return self._found(Key, "404")

    def put_object(
        self,
        Bucket: str,
        Key: str,
        Body: bytes,
        IfMatch: str = "",
        IfNoneMatch: str = "",
        Metadata: dict[str, str] | None = None,
        ContentType: str = "application/octet-stream",
        **_: str,
    ) -> dict[str, Any]:
        existing = self.objects.get(Key)
        if (IfNoneMatch and existing) or (IfMatch and (existing is None or existing["ETag"] != IfMatch)):
            raise _error("PreconditionFailed")
        self.objects[Key] = {
            "Body": Body,
            "ContentLength": len(Body),
            "ETag": f'"{hashlib.md5(Body).hexdigest()}"',
            "LastModified": datetime.now(UTC),
            "ContentType": ContentType,
            "Metadata": dict(Metadata or {}),
        }
        return {"ETag": self.objects[Key]["ETag"]}

    def delete_object(self, Bucket: str, Key: str) -> None:
        self.objects.pop(Key, None)

    def delete_objects(self, Bucket: str, Delete: dict[str, Any]) -> dict[str, Any]:
        for item in Delete["Objects"]:
            self.objects.pop(item["Key"], None)
        return {}

    def list_objects_v2(self, Bucket: str, Prefix: str, MaxKeys: int = 1000, Delimiter: str = "") -> dict[str, Any]:
        [page] = self.paginate(Bucket, Prefix)
        found = page.get("Contents", [])[:MaxKeys]
        folders = {Prefix + item["Key"][len(Prefix) :].partition("/")[0] + "/" for item in found} if Delimiter else ()
        return {"Contents": found, "CommonPrefixes": [{"Prefix": folder} for folder in sorted(folders)]}

    def get_paginator(self, name: str) -> "S3InMemory":
        return self

    def paginate(self, Bucket: str, Prefix: str, StartAfter: str = "") -> Iterator[dict[str, Any]]:
        keys = sorted(key for key in self.objects if key.startswith(Prefix) and key > StartAfter)
        listed = [{"Key": key} | {name: self.objects[key][name] for name in ("ETag", "LastModified")} for key in keys]
        yield {"Contents": listed} if keys else {}

    def _found(self, key: str, code: str) -> dict[str, Any]:
        if key not in self.objects:
            raise _error(code)
        return self.objects[key]


def _error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {}}, "")
