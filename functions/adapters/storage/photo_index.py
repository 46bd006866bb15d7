"""Remembers which photographs were prepared: by the address and ETag they were fetched with, and by the bytes of the file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from adapters.storage.s3_objects import get_object, put_object

PREPARATION = "1"  # raise it when photographs must be prepared again, such as for another model


@dataclass(frozen=True, slots=True)
class Address:
    """What an address answered last: the SHA-256 of the file, and the validators of the answer (RFC 9110, 8.8)."""

    file: str
    etag: str
    last_modified: str

    @property
    def conditions(self) -> Mapping[str, str]:
        fields = {"If-None-Match": self.etag, "If-Modified-Since": "" if self.etag else self.last_modified}
        return {name: value for name, value in fields.items() if value}


def get_address(bucket: str, url: str) -> Address | None:
    """Returns what the address answered last, or None. Its key is a hash, so that it does not show the address."""
    stored = get_object(bucket, address_key(url))
    return Address(**json.loads(stored.body)) if stored else None


def put_address(bucket: str, url: str, address: Address) -> None:
    _put(bucket, address_key(url), asdict(address))


def get_file(bucket: str, sha256: str) -> dict[str, Any] | None:
    """Returns what was made of a file with this SHA-256, or None."""
    stored = get_object(bucket, file_key(sha256))
    fields: dict[str, Any] | None = json.loads(stored.body) if stored else None
    return fields


def put_file(bucket: str, sha256: str, fields: Mapping[str, Any]) -> None:
    _put(bucket, file_key(sha256), fields)


def address_key(url: str) -> str:
    return f"photos/addresses/{PREPARATION}-{hashlib.sha256(url.encode()).hexdigest()}.json"


def file_key(sha256: str) -> str:
    return f"photos/files/{PREPARATION}-{sha256}.json"


def _put(bucket: str, key: str, fields: Mapping[str, Any]) -> None:
    put_object(
        bucket, key, json.dumps(fields, ensure_ascii=False).encode(), ContentType="application/json", CacheControl="private"
    )
