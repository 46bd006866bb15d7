"""Reads stored photographs, and has photo_worker prepare missing ones: no other function opens files of unknown origin."""

import json
import time
from dataclasses import asdict, dataclass, fields

from adapters.config.settings import Settings
from adapters.render_queue import PHOTO, RenderRequest, enqueue
from adapters.storage.article_store import StoredArticle
from adapters.storage.leases import make_once
from adapters.storage.s3_objects import delete_object, get_object, head_object, put_object
from adapters.telemetry import without_query
from storycard.article import Article

PAUSE = 0.05  # seconds between two checks for the photo


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """The result of preparing a photo: its SHA-256, under which it is stored, or the failure.

    `tried_for` is the SHA-256 of the source of the revision that it was prepared for; after a failure, another revision tries
    again.
    """

    url: str
    sha256: str = ""
    failure: str = ""
    tried_for: str = ""
    original: str = ""  # media type of the original file, which is kept if it has Content Credentials
    file: str = ""  # SHA-256 of the file as it was fetched


_FIELDS = {field.name for field in fields(PhotoRecord)}  # earlier versions stored more


def known_photo(bucket: str, article: Article) -> PhotoRecord | None:
    """Returns the record of the article's photo; None if the article has no photo, or it was not tried yet."""
    if not (article.image and article.image.url):
        return None
    stored = get_object(bucket, _record_key(article.id))
    if stored is None:
        return None
    record = PhotoRecord(**{name: value for name, value in json.loads(stored.body).items() if name in _FIELDS})
    return record if record.url == article.image.url else None


def tried_photo(settings: Settings, stored: StoredArticle) -> PhotoRecord | None:
    """Returns the record of the article's photo; None if it has none, or if this revision still has to try it."""
    known = known_photo(settings.bucket, stored.article)
    return known if known and (known.sha256 or known.tried_for == stored.revision.source_sha256) else None


def is_waiting(stored: StoredArticle, photo: PhotoRecord | None) -> bool:
    """Returns whether the article has a photograph that is not prepared yet, given its `tried_photo`."""
    return photo is None and stored.article.image is not None and bool(stored.article.image.url)


def ask_for_photo(settings: Settings, article_id: str, source: str = PHOTO) -> None:
    """Asks photo_worker for the article's photo. It then sends a message to the render queue, whether it succeeds or not.

    Both messages have this `source`.
    """
    enqueue(settings.photo_queue_url, RenderRequest(source, article_id=article_id))


def await_photo(settings: Settings, stored: StoredArticle, seconds: float) -> PhotoRecord | None:
    """Returns the record of the article's photo, asking for it and waiting at most `seconds`; None if it is not there by then.

    Concurrent requests ask once. The cards with the photo follow by the render queue.
    """
    photo = tried_photo(settings, stored)
    if not is_waiting(stored, photo):
        return photo
    deadline = time.monotonic() + seconds

    def find() -> PhotoRecord | None:
        return tried_photo(settings, stored)

    def ask() -> None:
        ask_for_photo(settings, stored.article.id)
        while find() is None and time.monotonic() < deadline:
            time.sleep(PAUSE)

    return make_once(settings.bucket, f"{stored.article.id}/photo", find, ask, seconds)


def put_record(bucket: str, article_id: str, record: PhotoRecord) -> None:
    body = json.dumps(asdict(record), ensure_ascii=False).encode()
    put_object(bucket, _record_key(article_id), body, ContentType="application/json", CacheControl="private")


def forget_photo(bucket: str, article_id: str) -> None:
    """Deletes the record of the article's photo, which names its URL. The photo stays, since other articles may share it."""
    if head_object(bucket, _record_key(article_id)):  # in a versioned bucket, deleting a missing key would leave a delete marker
        delete_object(bucket, _record_key(article_id))


def photo_bytes(bucket: str, record: PhotoRecord) -> bytes:
    """Returns the photo in its stored form. Raises LookupError if it is not stored."""
    key = photo_key(record.sha256)
    stored = get_object(bucket, key)
    if stored is None:
        raise LookupError(f"{key}: expected the photo of {without_query(record.url)}, got nothing")
    return stored.body


def original_photo(bucket: str, record: PhotoRecord) -> bytes | None:
    """Returns the original file if it has Content Credentials, else None."""
    stored = get_object(bucket, original_key(record.sha256)) if record.original else None
    return stored.body if stored else None


def photo_key(sha256: str) -> str:
    return f"photos/{sha256}.jpg"


def original_key(sha256: str) -> str:
    return f"photos/{sha256}.original"


def _record_key(article_id: str) -> str:
    return f"articles/{article_id}/photo.json"
