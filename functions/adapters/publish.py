"""A stored article into public cards in S3: the whole set for the worker and the manifest, one card for whoever asks first."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.article_store import StoredArticle
from adapters.card_store import CardPlace, card_keys, manifest_key, put_card, put_manifest
from adapters.s3_objects import fetch
from adapters.settings import Settings
from storycard.assets import Assets, load_assets
from storycard.identity import card_version

if TYPE_CHECKING:
    from storycard.render import Card, CardSet

UPLOADS = 8  # at once; below botocore's pool of 10 connections


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing did: the set it rendered and how long that took in ms, or no set if everything stood there already."""

    version: str
    card_set: "CardSet | None"
    render_ms: float


@cache
def assets_in(folder: Path) -> Assets:
    """The assets of this process, loaded once."""
    return load_assets(folder)


def current_version(settings: Settings, stored: StoredArticle) -> str:
    """The version of the cards that this article, these assets and this renderer make."""
    return card_version(stored.article, assets_in(settings.assets_dir), settings.theme)


def publish_set(settings: Settings, stored: StoredArticle, now: datetime) -> Publication:
    """Makes sure that the article's cards and then their manifest stand in S3. The caller has checked that they may be public."""
    article, version = stored.article, current_version(settings, stored)
    if _is_published(settings.bucket, article.id, version):
        return Publication(version, None, 0.0)

    # Pillow, HarfBuzz and ICU: not on the way of an answer that S3 has ready.
    from storycard.manifest import build_manifest
    from storycard.render import render_set

    started = time.perf_counter()
    card_set = render_set(article, assets_in(settings.assets_dir), theme=settings.theme)
    render_ms = (time.perf_counter() - started) * 1000

    def upload(card: "Card") -> None:
        put_card(settings.bucket, _place(article.id, version, card), card.data)

    with ThreadPoolExecutor(UPLOADS) as pool:
        for _ in pool.map(upload, card_set.cards):
            pass

    def url(card: "Card") -> dict[str, str]:
        return {"url": settings.public_base_url + _place(article.id, version, card).path}

    # The manifest comes last: whoever reads it finds every card it names.
    manifest = json.dumps(build_manifest(card_set, now, url), ensure_ascii=False, indent=1).encode()
    put_manifest(settings.bucket, article.id, manifest, stored.revision)
    return Publication(version, card_set, render_ms)


def publish_card(settings: Settings, stored: StoredArticle, place: CardPlace) -> None:
    """Renders one card and makes sure it stands in S3. Raises CardSkipped when this article has no such card."""
    from storycard.render import render_card

    assets = assets_in(settings.assets_dir)
    card = render_card(stored.article, place.kind, place.format, assets, theme=settings.theme, image_type=place.type)
    put_card(settings.bucket, place, card.data)


def _place(article_id: str, version: str, card: "Card") -> CardPlace:
    return CardPlace(article_id, version, card.kind, card.format, card.type)


def _is_published(bucket: str, article_id: str, version: str) -> bool:
    stored = fetch(bucket, manifest_key(article_id))
    manifest = json.loads(stored.body) if stored else {"version": None}
    if manifest["version"] != version:
        return False
    named = {CardPlace(article_id, version, card["kind"], card["format"], card["type"]).key for card in manifest["cards"]}
    return named <= card_keys(bucket, article_id, version)
