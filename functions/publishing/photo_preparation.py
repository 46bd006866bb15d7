"""Fetches an article's photograph, prepares it and stores it; one that fails leads to a record of that, not to an error.

What is known by address and ETag is not fetched again, and what is known by its bytes is not decoded again.
"""

import hashlib
import json
from dataclasses import asdict, astuple, replace
from typing import Any

from adapters.config.connections import load_connections
from adapters.config.settings import Settings
from adapters.outbound.safe_fetch import FetchFailed, Rules, fetch_url
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import StoredArticle, find_article
from adapters.storage.photo_index import Address, get_address, get_file, put_address, put_file
from adapters.storage.s3_objects import head_object, put_object
from adapters.telemetry import count, logger, timed, without_query
from publishing.photos import (
    PHOTO,
    PhotoRecord,
    forget_photo,
    is_waiting,
    known_photo,
    original_key,
    photo_key,
    put_record,
    tried_photo,
)
from storycard.errors import PhotoInvalid

MAX_BYTES = 20_000_000
FETCH_SECONDS = 5.0
INTERRUPTED = "its preparation ended without a result, so it may be too much for a decoder"
CREDENTIALS = b"c2pa"  # in every file with Content Credentials
_SIGNED_TYPES = {b"\xff\xd8": "image/jpeg", b"\x89PNG": "image/png", b"RIFF": "image/webp"}  # those that cards are made from


def prepare_photo(settings: Settings, article_id: str, attempt: int = 1) -> None:
    """Prepares the photo of the article's newest revision unless that is done, and then has its cards rendered.

    From the second `attempt` on, the failure is recorded and the cards are rendered first: the photo may have ended the process
    that tried it. Does nothing for an article that is withdrawn or not stored.
    """
    stored = find_article(settings.bucket, article_id)
    if stored is None or stored.article.status == "withdrawn":
        return
    if is_waiting(stored, tried_photo(settings, stored)):
        if attempt > 1:
            _record(settings, stored, _failed(stored, INTERRUPTED))
            _render(settings, article_id)
        _record(settings, stored, _prepare(settings, stored))
    _render(settings, article_id)


def _render(settings: Settings, article_id: str) -> None:
    if find_article(settings.bucket, article_id):
        enqueue(settings.queue_url, RenderRequest(PHOTO, article_id=article_id))


def _record(settings: Settings, stored: StoredArticle, record: PhotoRecord) -> None:
    """Stores the record, unless a concurrent attempt succeeded where this one failed, or the article is gone by now."""
    article_id = stored.article.id
    known = known_photo(settings.bucket, stored.article)
    if not (record.failure and known and known.sha256):
        put_record(settings.bucket, article_id, record)
    after = find_article(settings.bucket, article_id)
    if after is None or after.article.status == "withdrawn":
        forget_photo(settings.bucket, article_id)


def _failed(stored: StoredArticle, reason: str) -> PhotoRecord:
    image = stored.article.image
    return PhotoRecord(image.url if image else "", failure=reason, tried_for=stored.revision.source_sha256)


def _prepare(settings: Settings, stored: StoredArticle) -> PhotoRecord:
    url = stored.article.image.url if stored.article.image else ""
    try:
        with timed("PhotoTime"):
            record = _fetch(settings, url)
    except (FetchFailed, PhotoInvalid) as error:
        record = PhotoRecord(url, failure=str(error))
    if record.failure:
        count("PhotosFailed")
        logger.warning("cards without the photo of %s: %s", without_query(url), record.failure)
    return replace(record, url=url, tried_for=stored.revision.source_sha256)


def _fetch(settings: Settings, url: str) -> PhotoRecord:
    """Fetches the photo if it changed, and decodes it if its bytes are new. Raises FetchFailed, PhotoInvalid."""
    bucket = settings.bucket
    address = get_address(bucket, url)
    known = _known_file(bucket, address.file) if address else None
    rules = Rules(MAX_BYTES, FETCH_SECONDS, hosts=load_connections(settings).photo_hosts, local=settings.local_addresses)
    answer = fetch_url(url, rules, address.conditions if address and known else {})
    if answer.status == 304 and address and known:
        count("PhotosKnown")
        return PhotoRecord(**known)
    if answer.status != 200:
        raise FetchFailed(f"{without_query(url)}: expected 200, got {answer.status}")
    file = hashlib.sha256(answer.body).hexdigest()
    known = _known_file(bucket, file)
    if known:
        count("PhotosKnown")
        record = PhotoRecord(**known)
    else:
        record = _store(bucket, answer.body, file)
        put_file(bucket, file, asdict(record))
    put_address(bucket, url, Address(file, answer.headers.get("etag", ""), answer.headers.get("last-modified", "")))
    return record


def _known_file(bucket: str, sha256: str) -> dict[str, Any] | None:
    """Returns what was made of a file, unless that is a photo that was erased since (`storycard forget`)."""
    known = get_file(bucket, sha256)
    return known if known and (known["failure"] or head_object(bucket, photo_key(known["sha256"]))) else None


def _store(bucket: str, data: bytes, file: str) -> PhotoRecord:
    """Decodes a file and stores the photo, or returns why it cannot be used."""
    from storycard_photo import normalise  # Pillow, OpenCV and NumPy

    try:
        photo = normalise(data)
    except PhotoInvalid as error:
        return PhotoRecord("", failure=str(error), file=file)
    facts = {
        "width": photo.width,
        "height": photo.height,
        "focal_point": photo.focal_point,
        "source": photo.subject.source,
        "faces": [astuple(face) for face in photo.faces],
        "credit": photo.rights.credit,
        "copyright": photo.rights.notice,
    }
    put_object(
        bucket,
        f"photos/{photo.sha256}.json",
        json.dumps(facts, ensure_ascii=False).encode(),
        ContentType="application/json",
        CacheControl="private",
    )
    once = {"IfNoneMatch": "*", "ContentType": "image/jpeg", "CacheControl": "private"}
    put_object(bucket, photo_key(photo.sha256), photo.data, **once)
    original = next((name for head, name in _SIGNED_TYPES.items() if data.startswith(head)), "") if CREDENTIALS in data else ""
    if original:  # `normalise` drops all metadata, and a signature is valid for these bytes only
        put_object(bucket, original_key(photo.sha256), data, ContentType=original, CacheControl="private")
    return PhotoRecord(
        "",
        photo.sha256,
        photo.width,
        photo.height,
        photo.focal_point,
        tuple(astuple(face) for face in photo.faces),
        original=original,
        file=file,
    )
