"""Stores the social team's posts in S3, one object for each, which is replaced only in the state that the writer has seen."""

import json
import re
import secrets
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from adapters.clients import s3
from adapters.storage.s3_objects import delete_object, get_object, put_for_etag

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"  # base32 in lower case (RFC 4648, 6)
POST = re.compile(r"[a-z2-7]{10}")
READS = 8  # at once; below botocore's pool of 10 connections
_HEADERS = {"ContentType": "application/json", "CacheControl": "private"}
_DELETED = b"{}"


@dataclass(frozen=True, slots=True)
class StoredPost:
    """A post as it is stored: its name, its fields and the ETag of its object."""

    name: str
    fields: Mapping[str, Any]
    etag: str


def posts_prefix(article_id: str) -> str:
    return f"posts/{article_id}/"


def new_name() -> str:
    """Returns a name that cannot be guessed: 10 of 32 letters are 50 random bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


def post_etags(bucket: str, article_id: str) -> dict[str, str]:
    """Returns the ETag of each of the article's posts by name, at most 1,000, without reading them."""
    answer = s3().list_objects_v2(Bucket=bucket, Prefix=posts_prefix(article_id))
    listed = ((item["Key"].removeprefix(posts_prefix(article_id)), item["ETag"]) for item in answer.get("Contents", ()))
    return {name.removesuffix(".json"): etag for name, etag in listed if POST.fullmatch(name.removesuffix(".json"))}


def find_posts(bucket: str, article_id: str) -> list[StoredPost]:
    """Returns all posts of the article."""
    with ThreadPoolExecutor(READS) as pool:
        found = pool.map(lambda name: find_post(bucket, article_id, name), post_etags(bucket, article_id))
        return [post for post in found if post]


def find_post(bucket: str, article_id: str, name: str) -> StoredPost | None:
    """Returns the post, or None if there is none of this name."""
    stored = get_object(bucket, _key(article_id, name))
    if stored is None or stored.body == _DELETED:
        return None
    return StoredPost(name, json.loads(stored.body), stored.etag)


def put_post(
    bucket: str, article_id: str, name: str, fields: Mapping[str, Any], replaced: StoredPost | None
) -> StoredPost | None:
    """Writes a post over the state `replaced`, or a new one if that is None. Returns None if another write was faster.

    Two states of a post must not be equal, or they would have the same ETag.
    """
    body = json.dumps(fields, ensure_ascii=False).encode()
    etag = put_for_etag(bucket, _key(article_id, name), body, **_HEADERS, **_condition(replaced))
    return StoredPost(name, fields, etag) if etag else None


def delete_post(bucket: str, article_id: str, post: StoredPost) -> bool:
    """Deletes a post in the state that the caller has seen. Returns False if another write was faster.

    Empties it first, by a conditional write, because the deletion itself has no condition.
    """
    key = _key(article_id, post.name)
    if put_for_etag(bucket, key, _DELETED, **_HEADERS, **_condition(post)) is None:
        return False
    delete_object(bucket, key)
    return True


def _condition(replaced: StoredPost | None) -> dict[str, str]:
    return {"IfMatch": replaced.etag} if replaced else {"IfNoneMatch": "*"}


def _key(article_id: str, name: str) -> str:
    return f"{posts_prefix(article_id)}{name}.json"
