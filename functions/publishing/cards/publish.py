"""Renders public cards into S3: the whole set with its manifest, or one card on a cache miss."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from adapters.config.settings import Settings
from adapters.storage.article_store import StoredArticle
from adapters.storage.card_store import CardPlace, card_keys, manifest_key, put_card, put_manifest
from adapters.storage.s3_objects import get_object
from adapters.storage.version_store import put_version
from adapters.telemetry import count, logger, timed
from publishing.cards.credentials import CredentialsFailed, brand_signs_cards, sign_cards
from publishing.cards.render_job import RenderJob, draw_card, draw_set, render_job_for
from publishing.cards.version_record import version_record
from publishing.photos import PhotoRecord, await_photo, known_photo
from publishing.takedown import require_still_public
from storycard.describing.notices import PHOTO_LOST, UNSIGNED

if TYPE_CHECKING:
    from storycard.card_set import Card, CardSet

UPLOADS = 8  # at once; below botocore's pool of 10 connections
PHOTO_WAIT = 1.5  # seconds; how long a request waits for photo_worker

Manifest = dict[str, Any]  # http_api/openapi/schemas.py describes its fields


@dataclass(frozen=True, slots=True)
class Publication:
    """The result of publishing: `card_set` is None if all cards were stored already, or while the article waits for its photo."""

    version: str
    card_set: "CardSet | None"
    notices: tuple[str, ...] = ()
    waits_for_photo: bool = False


def current_version(settings: Settings, stored: StoredArticle) -> str:
    """Returns the version of the cards made from this article, its photo if fetched, the assets and the renderer."""
    return render_job_for(settings, stored.article, known_photo(settings.bucket, stored.article)).version


def current_manifest(settings: Settings, stored: StoredArticle) -> Manifest | None:
    """Returns the manifest in S3 if it is of this revision's version."""
    manifest = read_manifest(settings.bucket, stored.article.id)
    return manifest if manifest and manifest["version"] == current_version(settings, stored) else None


def read_manifest(bucket: str, article_id: str) -> Manifest | None:
    """Returns the manifest in S3, of any version."""
    found = get_object(bucket, manifest_key(article_id))
    return json.loads(found.body) if found else None


def publish_set(settings: Settings, stored: StoredArticle, now: datetime, record: PhotoRecord | None = None) -> Publication:
    """Stores the article's cards, with this photo, and then their manifest. The caller has checked that the article is public.

    Raises ArticleWithdrawn or ArticleUnknown, and deletes the cards again, if that changed meanwhile.
    """
    article = stored.article
    notices: tuple[str, ...] = ()
    if record and record.failure:
        notices = (PHOTO_LOST,)
    job = render_job_for(settings, article, record)
    if _is_published(settings.bucket, article.id, job.version):
        return Publication(job.version, None, notices)

    from storycard.manifest import build_manifest  # with Pillow, HarfBuzz and ICU

    with timed("RenderTime"):
        card_set = draw_set(settings, job)
    cards, unsigned = store_cards(settings, job, card_set.cards)
    notices += unsigned
    card_set = card_set._replace(cards=cards, notices=card_set.notices + notices)

    def url(card: "Card") -> dict[str, str]:
        return {"url": settings.public_base_url + _place(job, card).path}

    # The manifest comes last, so that every card it names exists.
    manifest = build_manifest(card_set, now, url)
    if put_manifest(settings.bucket, article.id, manifest_bytes(manifest), stored.revision) != "older":
        kept = manifest_bytes(version_record(stored, job, manifest))
        put_version(settings.bucket, article.id, job.version, kept, stored.revision)
    require_still_public(settings, article.id)
    return Publication(job.version, card_set, notices)


def publish_card(settings: Settings, stored: StoredArticle, place: CardPlace, image_type: str, *, pinned: bool = False) -> None:
    """Renders and stores one card. Its version may differ from the place's if the photo was fetched meanwhile.

    With `image_type` auto, its type may differ from the place's too. A `pinned` card has the version of its place.

    Raises CardSkipped if this article has no such card, ArticleWithdrawn or ArticleUnknown if it was withdrawn meanwhile.
    """
    job = render_job_for(settings, stored.article, await_photo(settings, stored, PHOTO_WAIT))
    if pinned and job.version != place.version:
        job = render_job_for(settings, stored.article, None)
    card = draw_card(settings, job, place.kind, place.format, image_type)
    store_cards(settings, job, (card,))
    require_still_public(settings, place.article_id)


def store_cards(settings: Settings, job: RenderJob, cards: "tuple[Card, ...]") -> "tuple[tuple[Card, ...], tuple[str, ...]]":
    """Signs the cards if their brand does so, and stores them. Returns the cards as stored, and notices.

    Cards that cannot be signed are published unsigned: a broken certificate must not delay the news.
    """
    signed = brand_signs_cards(settings, job)
    notices: tuple[str, ...] = ()
    if signed:
        try:
            cards = sign_cards(settings, job, cards)
        except CredentialsFailed as error:
            count("CredentialsFailed")
            logger.error("cards without credentials: %s", error)
            notices = (UNSIGNED,)

    def store(card: "Card") -> "Card":
        place = _place(job, card)
        if put_card(settings.bucket, place, card.data, job.article.headline) or not signed:
            return card
        existing = get_object(settings.bucket, place.key)  # signed by a concurrent process, with other bytes
        return replace(card, data=existing.body) if existing else card

    with timed("StoreTime"), ThreadPoolExecutor(UPLOADS) as pool:
        return tuple(pool.map(store, cards)), notices


def store_all(card_set: "CardSet", store: Callable[["Card"], None]) -> None:
    """Stores all cards, UPLOADS at a time."""
    with timed("StoreTime"), ThreadPoolExecutor(UPLOADS) as pool:
        for _ in pool.map(store, card_set.cards):
            pass


def manifest_bytes(manifest: dict[str, object]) -> bytes:
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode()


def _place(job: RenderJob, card: "Card") -> CardPlace:
    return CardPlace(job.article.id, job.version, card.kind, card.format, card.type)


def _is_published(bucket: str, article_id: str, version: str) -> bool:
    manifest = read_manifest(bucket, article_id)
    if manifest is None or manifest["version"] != version:
        return False
    named = {CardPlace(article_id, version, card["kind"], card["format"], card["type"]).key for card in manifest["cards"]}
    return named <= card_keys(bucket, article_id, version)
