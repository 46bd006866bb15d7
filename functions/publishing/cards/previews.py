"""Renders cards of an embargoed article under `preview/` in S3, where only the newsroom can see them."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

from adapters.clients import s3
from adapters.config.settings import Settings
from adapters.storage.article_store import StoredArticle
from adapters.storage.revisions import put_newest
from adapters.storage.s3_objects import get_object, put_object
from adapters.telemetry import timed
from publishing.cards.publish import Publication, manifest_bytes, store_all
from publishing.cards.render_job import RenderJob, draw_set, render_job_for
from publishing.photos import PhotoRecord
from publishing.takedown import delete_all
from storycard.design.formats import MEDIA_TYPES

if TYPE_CHECKING:
    from storycard.card_set import Card, CardSet


def publish_preview(settings: Settings, stored: StoredArticle, now: datetime, photo: PhotoRecord | None) -> Publication:
    """Stores previews of this version under `preview/{id}/{version}/`, and their manifest, unless they are stored already.

    Deletes those of other versions.
    """
    article = stored.article
    job = render_job_for(settings, article, photo)
    folder = f"preview/{article.id}/"
    manifest_key = f"{folder}manifest.json"
    existing = get_object(settings.bucket, manifest_key)
    is_stored = existing is not None and json.loads(existing.body)["version"] == job.version
    card_set = None if is_stored else _render_preview(settings, stored, job, now, manifest_key)
    # An earlier version may have words that are closed or corrected by now.
    delete_all(settings.bucket, folder, but=(manifest_key, f"{folder}{job.version}/"))
    return Publication(job.version, card_set)


def _render_preview(settings: Settings, stored: StoredArticle, job: RenderJob, now: datetime, manifest_key: str) -> "CardSet":
    from storycard.manifest import build_manifest

    def key(card: "Card") -> str:
        return f"preview/{stored.article.id}/{job.version}/{card.file_name}"

    def store(card: "Card") -> None:
        put_object(settings.bucket, key(card), card.data, ContentType=MEDIA_TYPES[card.type], CacheControl="private")

    with timed("RenderTime"):
        card_set = draw_set(settings, job, preview=True)
    store_all(card_set, store)
    manifest = build_manifest(card_set, now, lambda card: {"file": key(card)})
    put_newest(
        settings.bucket,
        manifest_key,
        manifest_bytes(manifest),
        stored.revision,
        ContentType="application/json",
        CacheControl="private",
    )
    return card_set


def remove_previews(bucket: str, article_id: str) -> bool:
    """Deletes an article's previews. Returns False if it had none, so that it was never under embargo."""
    prefix = f"preview/{article_id}/"
    existing = s3().list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=1)
    return bool(existing.get("Contents")) and delete_all(bucket, prefix) > 0
