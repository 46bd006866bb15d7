"""Stores the photographs that editors add to an article for their posts, and the files on their way to photo_worker.

A file is stored unopened, as bytes without a type, and an address as text. photo_worker deletes both once it has an outcome.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from adapters.storage.s3_objects import delete_object, get_object, put_object

BYTES, ADDRESS = "application/octet-stream", "text/uri-list"  # media types of uploads, whatever their sender called them


@dataclass(frozen=True, slots=True)
class AddedPhoto:
    """A photograph that was added to an article; `sha256` names it, as it does the article's own."""

    sha256: str
    width: int  # px
    height: int
    faces: int
    credit: str = ""  # as its file states it
    original: str = ""  # media type of the original file, which is kept if it has Content Credentials
    file: str = ""  # SHA-256 of the file as it came
    url: str = ""  # where it was fetched; "" if an editor sent the file


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an upload: the photograph, or the field at fault with what was expected there and what came."""

    photo: AddedPhoto | None = None
    field: str = ""
    expected: str = ""
    got: str = ""


def put_upload(bucket: str, article_id: str, *, file: bytes = b"", url: str = "") -> str:
    """Stores a file or an address for photo_worker, and returns its key."""
    key = f"uploads/{article_id}/{uuid4().hex}"
    put_object(bucket, key, url.encode() or file, ContentType=ADDRESS if url else BYTES, CacheControl="private")
    return key


def get_upload(bucket: str, key: str) -> tuple[bytes, str] | None:
    """Returns the file, or b"" and the address; None if it was prepared or has expired."""
    stored = get_object(bucket, key)
    if stored is None:
        return None
    return (b"", stored.body.decode()) if stored.media_type == ADDRESS else (stored.body, "")


def put_outcome(bucket: str, key: str, outcome: Outcome) -> None:
    """Stores the outcome of the upload with this key, and deletes the upload."""
    _put(bucket, _outcome_key(key), asdict(outcome))
    delete_object(bucket, key)


def get_outcome(bucket: str, key: str) -> Outcome | None:
    """Returns the outcome of the upload with this key, or None if there is none yet."""
    fields = _get(bucket, _outcome_key(key))
    return fields and Outcome(**fields | {"photo": fields["photo"] and AddedPhoto(**fields["photo"])})


def put_added_photo(bucket: str, article_id: str, photo: AddedPhoto) -> None:
    _put(bucket, added_key(article_id, photo.sha256), asdict(photo))


def get_added_photo(bucket: str, article_id: str, sha256: str) -> AddedPhoto | None:
    """Returns a photograph that was added to this article, or None."""
    fields = _get(bucket, added_key(article_id, sha256))
    return fields and AddedPhoto(**fields)


def added_key(article_id: str, sha256: str) -> str:
    return f"{added_folder(article_id)}{sha256}.json"


def added_folder(article_id: str) -> str:
    return f"articles/{article_id}/photos/"


def _outcome_key(key: str) -> str:
    return f"{key}.json"


def _get(bucket: str, key: str) -> Any:
    stored = get_object(bucket, key)
    return json.loads(stored.body) if stored else None


def _put(bucket: str, key: str, fields: dict[str, Any]) -> None:
    body = json.dumps(fields, ensure_ascii=False).encode()
    put_object(bucket, key, body, ContentType="application/json", CacheControl="private")
