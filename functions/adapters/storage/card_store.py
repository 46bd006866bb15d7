"""Stores cards in S3 under immutable keys, and the manifest of each article's newest revision."""

from collections.abc import Collection
from dataclasses import dataclass

from adapters.clients import s3
from adapters.storage.revisions import Outcome, Revision, put_newest
from adapters.storage.s3_objects import put_object
from adapters.web.content_disposition import content_disposition, file_name
from storycard.design.formats import EXTENSIONS, MEDIA_TYPES

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATED = "public, max-age=60"


@dataclass(frozen=True, slots=True)
class CardPlace:
    """One card of one version of an article's set; `type` is an image type such as "jpeg"."""

    article_id: str
    version: str
    kind: str
    format: str
    type: str

    @property
    def file_name(self) -> str:
        return f"{self.kind}-{self.format}.{EXTENSIONS[self.type]}"

    @property
    def key(self) -> str:
        return _prefix(self.article_id, self.version) + self.file_name

    @property
    def path(self) -> str:
        """The path of the card's pinned URL."""
        return f"/cards/{self.article_id}/{self.version}/{self.kind}/{self.format}.{EXTENSIONS[self.type]}"


def put_card(bucket: str, place: CardPlace, data: bytes, headline: str) -> bool:
    """Stores the card. Returns False if it exists.

    Versions are content hashes, so an existing object is identical except for its C2PA signature. The headline becomes the
    name under which a browser saves the card.
    """
    return put_object(
        bucket,
        place.key,
        data,
        IfNoneMatch="*",
        ContentType=MEDIA_TYPES[place.type],
        ContentDisposition=content_disposition(file_name(headline, place.file_name), f"{place.article_id}-{place.file_name}"),
        CacheControl=IMMUTABLE,
    )


def card_keys(bucket: str, article_id: str, version: str) -> frozenset[str]:
    """Returns the keys of all cards of this version."""
    pages = s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=_prefix(article_id, version))
    return frozenset(item["Key"] for page in pages for item in page.get("Contents", ()))


def newest_key(bucket: str, article_id: str, file_names: Collection[str]) -> str | None:
    """Returns the key of the most recently stored card with one of these file names, of any version, or None."""
    pages = s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"cards/{article_id}/")
    cards = (item for page in pages for item in page.get("Contents", ()) if item["Key"].rpartition("/")[2] in file_names)
    newest = max(cards, key=lambda item: item["LastModified"], default=None)
    return newest and newest["Key"]


def manifest_key(article_id: str) -> str:
    return f"cards/{article_id}/manifest.json"


def put_manifest(bucket: str, article_id: str, body: bytes, revision: Revision) -> Outcome:
    """Stores the manifest of this revision unless that of a newer one is stored."""
    key = manifest_key(article_id)
    return put_newest(bucket, key, body, revision, ContentType="application/json", CacheControl=REVALIDATED)


def _prefix(article_id: str, version: str) -> str:
    return f"cards/{article_id}/{version}/"
