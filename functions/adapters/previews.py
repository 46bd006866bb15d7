"""An embargoed article into cards that the newsroom alone can see, under names of their own in S3."""

import json
from datetime import datetime

from adapters.article_store import StoredArticle
from adapters.clients import s3
from adapters.drawing import draw_set, drawing_of
from adapters.photos import ensure_photo
from adapters.publish import Publication, manifest_bytes, store_all
from adapters.revisions import put_newest
from adapters.s3_objects import fetch, put
from adapters.settings import Settings
from adapters.takedown import delete_all
from adapters.telemetry import timed
from storycard.formats import MEDIA_TYPES


def publish_preview(settings: Settings, stored: StoredArticle, now: datetime, photo_seconds: float) -> Publication:
    """Makes sure that previews of this version stand under `preview/{id}/{version}/`, and their manifest beside them."""
    article = stored.article
    drawing = drawing_of(settings, article, ensure_photo(settings, stored, photo_seconds))
    manifest_key = f"preview/{article.id}/manifest.json"
    standing = fetch(settings.bucket, manifest_key)
    if standing and json.loads(standing.body)["version"] == drawing.version:
        return Publication(drawing.version, None)

    from storycard.manifest import build_manifest
    from storycard.render import Card

    def key(card: Card) -> str:
        return f"preview/{article.id}/{drawing.version}/{card.file_name}"

    def store(card: Card) -> None:
        put(settings.bucket, key(card), card.data, ContentType=MEDIA_TYPES[card.type], CacheControl="private")

    with timed("RenderTime"):
        card_set = draw_set(settings, drawing, preview=True)
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
    return Publication(drawing.version, card_set)


def remove_previews(bucket: str, article_id: str) -> bool:
    """Removes an article's previews; False if it had none, and so never was under embargo."""
    prefix = f"preview/{article_id}/"
    standing = s3().list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=1)
    return bool(standing.get("Contents")) and delete_all(bucket, prefix) > 0
