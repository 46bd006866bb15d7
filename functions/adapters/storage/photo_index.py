"""Stores which photographs were prepared, by address and ETag and by the bytes of the file, and the facts about each."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from adapters.storage.s3_objects import get_object, put_object

PREPARATION = 4  # raise it when photographs must be prepared again, such as for another model


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


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made of a file: the SHA-256 of the photo, or the file's own if it was refused."""

    photo: str
    original: str = ""  # media type of the file, which is kept if it has Content Credentials


def get_address(bucket: str, url: str) -> Address | None:
    """Returns what the address answered last, or None. Its key is a hash, so that it does not show the address."""
    stored = get_object(bucket, address_key(url))
    return Address(**json.loads(stored.body)) if stored else None


def put_address(bucket: str, url: str, address: Address) -> None:
    _put(bucket, address_key(url), asdict(address))


def get_prepared(bucket: str, file: str) -> Prepared | None:
    """Returns what was made of a file with this SHA-256, or None."""
    stored = get_object(bucket, file_key(file))
    return Prepared(**json.loads(stored.body)) if stored else None


def put_prepared(bucket: str, file: str, prepared: Prepared) -> None:
    _put(bucket, file_key(file), asdict(prepared))


def get_facts(bucket: str, sha256: str) -> dict[str, Any] | None:
    """Returns the facts of a photo, or why a file was refused. None if there are none, or those of another preparation."""
    stored = get_object(bucket, facts_key(sha256))
    facts: dict[str, Any] = json.loads(stored.body) if stored else {}
    return facts if facts.get("preparation") == PREPARATION else None


def put_facts(bucket: str, sha256: str, facts: Mapping[str, Any]) -> None:
    _put(bucket, facts_key(sha256), {"preparation": PREPARATION, **facts})


def address_key(url: str) -> str:
    return f"photos/addresses/{hashlib.sha256(url.encode()).hexdigest()}.json"


def file_key(sha256: str) -> str:
    return f"photos/files/{sha256}.json"


def facts_key(sha256: str) -> str:
    return f"photos/{sha256}.json"


def _put(bucket: str, key: str, fields: Mapping[str, Any]) -> None:
    put_object(
        bucket, key, json.dumps(fields, ensure_ascii=False).encode(), ContentType="application/json", CacheControl="private"
    )
