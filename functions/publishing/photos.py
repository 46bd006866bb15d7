"""Fetches an article's photograph once and stores it in S3; one that fails leads to a notice, not to an error."""

import json
from dataclasses import asdict, astuple, dataclass

from adapters.config.connections import load_connections
from adapters.config.settings import Settings
from adapters.outbound.safe_fetch import FetchFailed, Rules, fetch_url
from adapters.storage.article_store import StoredArticle
from adapters.storage.s3_objects import delete_object, get_object, head_object, put_object
from adapters.telemetry import count, logger, timed, without_query
from storycard.article import Article
from storycard.design.formats import MEDIA_TYPES
from storycard.errors import FieldError, PhotoInvalid

MAX_BYTES = 20_000_000
FULL_TIME = 5.0  # seconds; the full timeout of a fetch


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """The result of fetching a photo: its SHA-256, under which it is stored, or the failure.

    `tried_for` is the SHA-256 of the source of the revision that fetched it; another revision tries again. Sizes are in px, the
    focal point and faces (left, top, right, bottom) in fractions of the image.
    """

    url: str
    sha256: str = ""
    width: int = 0
    height: int = 0
    focal_point: tuple[float, float] | None = None
    faces: tuple[tuple[float, ...], ...] = ()
    failure: str = ""
    tried_for: str = ""
    original: str = ""  # media type of the original file, which is kept if it has Content Credentials


def known_photo(bucket: str, article: Article) -> PhotoRecord | None:
    """Returns the record of the article's photo; None if the article has no photo, or it was not fetched yet."""
    if not (article.image and article.image.url):
        return None
    stored = get_object(bucket, _record_key(article.id))
    record = PhotoRecord(**json.loads(stored.body)) if stored else None
    return record if record and record.url == article.image.url else None


def ensure_photo(settings: Settings, stored: StoredArticle, seconds: float) -> PhotoRecord | None:
    """Returns the record of the article's photo, fetching it first in at most `seconds`; None if the article has no photo.

    Failures are stored only if FULL_TIME was available; a request with less time leaves the retry to the worker.
    """
    article = stored.article
    known = known_photo(settings.bucket, article)
    tried = known and (known.sha256 or known.tried_for == stored.revision.source_sha256)
    if tried or not (article.image and article.image.url):
        return known
    record = _fetch_photo(settings, article.image.url, stored.revision.source_sha256, seconds)
    if record.failure and seconds < FULL_TIME:
        return record
    body = json.dumps(asdict(record), ensure_ascii=False).encode()
    put_object(settings.bucket, _record_key(article.id), body, ContentType="application/json", CacheControl="private")
    return record


def forget_photo(bucket: str, article_id: str) -> None:
    """Deletes the record of the article's photo, which names its URL. The photo stays, since other articles may share it."""
    if head_object(bucket, _record_key(article_id)):  # in a versioned bucket, deleting a missing key would leave a delete marker
        delete_object(bucket, _record_key(article_id))


def photo_bytes(bucket: str, record: PhotoRecord) -> bytes:
    """Returns the normalised photo. Raises LookupError if it is not stored."""
    key = photo_key(record.sha256)
    stored = get_object(bucket, key)
    if stored is None:
        raise LookupError(f"{key}: expected the photo of {without_query(record.url)}, got nothing")
    return stored.body


def original_photo(bucket: str, record: PhotoRecord) -> bytes | None:
    """Returns the original file if it has Content Credentials, else None."""
    stored = get_object(bucket, _original_key(record.sha256)) if record.original else None
    return stored.body if stored else None


def photo_key(sha256: str) -> str:
    return f"photos/{sha256}.jpg"


def _fetch_photo(settings: Settings, url: str, revision: str, seconds: float) -> PhotoRecord:
    from storycard_photo import normalise  # Pillow

    try:
        hosts = load_connections(settings).photo_hosts
        with timed("PhotoTime"):
            answer = fetch_url(url, Rules(MAX_BYTES, seconds, hosts=hosts, local=settings.local_addresses))
            if answer.status != 200:
                raise FetchFailed(f"{without_query(url)}: expected 200, got {answer.status}")
            photo = normalise(answer.body)
    except (FetchFailed, PhotoInvalid) as error:
        count("PhotosFailed")
        logger.warning("cards without the photo of %s: %s", without_query(url), error)
        return PhotoRecord(url, failure=str(error), tried_for=revision)
    put_object(
        settings.bucket,
        photo_key(photo.sha256),
        photo.data,
        IfNoneMatch="*",
        ContentType="image/jpeg",
        CacheControl="private",
    )
    original = _type_if_signed(answer.body)
    if original:  # `normalise` drops all metadata, and a signature is valid for these bytes only
        put_object(settings.bucket, _original_key(photo.sha256), answer.body, ContentType=original, CacheControl="private")
    faces = tuple(astuple(face) for face in photo.faces)
    size = (photo.width, photo.height)
    return PhotoRecord(url, photo.sha256, *size, photo.focal_point, faces, tried_for=revision, original=original)


def _type_if_signed(data: bytes) -> str:
    """Returns the media type of a file with Content Credentials, else ""."""
    from storycard.describing.inspection import CREDENTIALS, picture_type

    try:
        return MEDIA_TYPES[picture_type(data, "photo")] if CREDENTIALS in data else ""
    except FieldError:  # a file type that no card has, such as TIFF
        return ""


def _original_key(sha256: str) -> str:
    return f"photos/{sha256}.original"


def _record_key(article_id: str) -> str:
    return f"articles/{article_id}/photo.json"
