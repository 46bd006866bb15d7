"""Fetches an article's photograph, prepares it and stores it; a failure is recorded and is not an error.

A file with a known address and ETag is not fetched again, and one with known bytes is not decoded again.
"""

import hashlib
from dataclasses import replace

from adapters.config.connections import load_connections
from adapters.config.settings import Settings
from adapters.outbound.safe_fetch import FetchFailed, Rules, fetch_url
from adapters.render_queue import PHOTO, RenderRequest, enqueue
from adapters.storage.article_store import StoredArticle, find_article
from adapters.storage.photo_index import (
    Address,
    Prepared,
    get_address,
    get_facts,
    get_prepared,
    put_address,
    put_facts,
    put_prepared,
)
from adapters.storage.s3_objects import put_object
from adapters.telemetry import count, logger, timed, without_query
from publishing.photos import (
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


def prepare_photo(settings: Settings, article_id: str, attempt: int = 1, source: str = PHOTO) -> None:
    """Prepares the photo of the article's newest revision unless that is done, and then has its cards rendered.

    From the second `attempt` on, the failure is recorded and the cards are rendered first: the photo may have ended the process
    that tried it. Messages to the render queue have this `source`. Does nothing for an article that is withdrawn or not stored.
    """
    stored = find_article(settings.bucket, article_id)
    if stored is None or stored.article.status == "withdrawn":
        return
    if is_waiting(stored, tried_photo(settings, stored)):
        if attempt > 1:
            _record(settings, stored, _failed(stored, INTERRUPTED))
            _render(settings, article_id, source)
        _record(settings, stored, _prepare(settings, stored))
    _render(settings, article_id, source)


def _render(settings: Settings, article_id: str, source: str) -> None:
    if find_article(settings.bucket, article_id):
        enqueue(settings.queue_url, RenderRequest(source, article_id=article_id))


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
            record = fetch_photo(settings, url)
    except FetchFailed as error:
        record = PhotoRecord(url, failure=str(error))
    if record.failure:
        count("PhotosFailed")
        logger.warning("cards without the photo of %s: %s", without_query(url), record.failure)
    return replace(record, url=url, tried_for=stored.revision.source_sha256)


def fetch_photo(settings: Settings, url: str) -> PhotoRecord:
    """Fetches the photo if it changed, and decodes it if its bytes are new. Raises FetchFailed.

    The record has the failure if the file cannot be used.
    """
    bucket = settings.bucket
    address = get_address(bucket, url)
    known = _known_file(bucket, address.file) if address else None
    rules = Rules(MAX_BYTES, FETCH_SECONDS, hosts=load_connections(settings).photo_hosts, local=settings.local_addresses)
    answer = fetch_url(url, rules, address.conditions if address and known else {})
    if answer.status == 304 and address and known:
        count("PhotosKnown")
        return known
    if answer.status != 200:
        raise FetchFailed(f"{without_query(url)}: expected 200, got {answer.status}")
    record = prepare_file(bucket, answer.body)
    put_address(bucket, url, Address(record.file, answer.headers.get("etag", ""), answer.headers.get("last-modified", "")))
    return record


def prepare_file(bucket: str, data: bytes) -> PhotoRecord:
    """Decodes the file if its bytes are new, and stores the photo. The record has the failure if the file cannot be used."""
    file = hashlib.sha256(data).hexdigest()
    record = _known_file(bucket, file)
    if record:
        count("PhotosKnown")
    return record or _store(bucket, data, file)


def _known_file(bucket: str, file: str) -> PhotoRecord | None:
    """Returns what was made of a file, unless that was erased since (`storycard forget`)."""
    prepared = get_prepared(bucket, file)
    facts = get_facts(bucket, prepared.photo) if prepared else None
    if prepared is None or facts is None:
        return None
    if refused := facts.get("refused"):
        return PhotoRecord("", failure=refused, file=file)
    return PhotoRecord("", prepared.photo, original=prepared.original, file=file)


def _store(bucket: str, data: bytes, file: str) -> PhotoRecord:
    """Decodes a file and stores the photo with its facts, or why it was refused. The facts are written after the photo."""
    from storycard_photo import list_facts, normalise  # Pillow, OpenCV and NumPy

    try:
        photo = normalise(data)
    except PhotoInvalid as error:
        put_facts(bucket, file, {"refused": str(error)})
        put_prepared(bucket, file, Prepared(file))
        return PhotoRecord("", failure=str(error), file=file)
    once = {"IfNoneMatch": "*", "ContentType": "image/jpeg", "CacheControl": "private"}
    put_object(bucket, photo_key(photo.sha256), photo.data, **once)
    original = next((name for head, name in _SIGNED_TYPES.items() if data.startswith(head)), "") if CREDENTIALS in data else ""
    if original:  # `normalise` drops all metadata, and a signature is valid for these bytes only
        put_object(bucket, original_key(photo.sha256), data, ContentType=original, CacheControl="private")
    put_facts(bucket, photo.sha256, list_facts(photo))
    put_prepared(bucket, file, Prepared(photo.sha256, original))
    return PhotoRecord("", photo.sha256, original=original, file=file)
