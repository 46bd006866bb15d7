"""Stores what is known of each version of an article's set, for the team: its manifest and the texts it was made from."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from adapters.clients import s3
from adapters.storage.revisions import Revision, put_newest, read_revision
from adapters.storage.s3_objects import get_object

MOST = 24  # versions that are read; an article rarely has more
READS = 8  # at once; below botocore's pool of 10 connections


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version's manifest with further fields, and the newest revision of the article that it was made from."""

    fields: dict[str, Any]
    revision: Revision


def versions_prefix(article_id: str) -> str:
    return f"articles/{article_id}/versions/"


def version_key(article_id: str, version: str) -> str:
    return f"{versions_prefix(article_id)}{version}.json"


def put_version(bucket: str, article_id: str, version: str, body: bytes, revision: Revision) -> None:
    """Stores the version, unless a newer revision has stored it: two revisions with the same words have the same version."""
    key = version_key(article_id, version)
    put_newest(bucket, key, body, revision, ContentType="application/json", CacheControl="private")


def find_version(bucket: str, article_id: str, version: str) -> dict[str, Any] | None:
    """Returns a version's manifest with further fields, or None if it is not stored."""
    stored = get_object(bucket, version_key(article_id, version))
    return json.loads(stored.body) if stored else None


def find_versions_of(bucket: str, article_id: str) -> list[StoredVersion]:
    """Returns the MOST versions that were stored last, newest revision first."""
    pages = s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=versions_prefix(article_id))
    listed = sorted((item for page in pages for item in page.get("Contents", ())), key=lambda item: item["LastModified"])
    with ThreadPoolExecutor(READS) as pool:
        found = pool.map(lambda item: get_object(bucket, item["Key"]), listed[-MOST:])
        versions = [StoredVersion(json.loads(stored.body), read_revision(stored.metadata)) for stored in found if stored]
    return sorted(versions, key=lambda version: (version.revision, version.fields["rendered_at"]), reverse=True)
