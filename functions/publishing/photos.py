"""The photograph that an article names by URL into one in S3, fetched once; a broken one is a notice, never a failure."""

import json
from dataclasses import asdict, astuple, dataclass

from adapters.config.connections import load_connections
from adapters.config.settings import Settings
from adapters.outbound.safe_fetch import FetchFailed, Rules, fetch_url
from adapters.storage.article_store import StoredArticle
from adapters.storage.s3_objects import get_object, put_object
from adapters.telemetry import count, logger, timed, without_query
from storycard.article import Article
from storycard.design.formats import MEDIA_TYPES
from storycard.errors import FieldError, PhotoInvalid

MAX_BYTES = 20_000_000
FULL_TIME = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """What is known of the photo behind a URL: its SHA-256, under which it is stored, or why there is none.

    `tried_for` is the revision for which it was tried, by its source's SHA-256: the next one tries again. Sizes are in px,
    the focal point and faces (left, top, right, bottom) in shares of the picture.
    """

    url: str
    sha256: str = ""
    width: int = 0
    height: int = 0
    focal_point: tuple[float, float] | None = None
    faces: tuple[tuple[float, ...], ...] = ()
    failure: str = ""
    tried_for: str = ""
    original: str = ""  # its media type, where the file itself is kept for the credentials that it has


def known_photo(bucket: str, article: Article) -> PhotoRecord | None:
    """What is known of the article's photo; None if it has none, or nobody has tried to fetch it."""
    if not (article.image and article.image.url):
        return None
    stored = get_object(bucket, _record_key(article.id))
    record = PhotoRecord(**json.loads(stored.body)) if stored else None
    return record if record and record.url == article.image.url else None


def ensure_photo(settings: Settings, stored: StoredArticle, seconds: float) -> PhotoRecord | None:
    """What is known of the article's photo, fetched first if nobody did, in at most `seconds`; None if it has none.

    A failure is remembered only if there was FULL_TIME for it: the worker may be luckier than who could not wait.
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


def photo_bytes(bucket: str, record: PhotoRecord) -> bytes:
    """The photo, as `normalise` wrote it. Raises LookupError if it is not there."""
    key = photo_key(record.sha256)
    stored = get_object(bucket, key)
    if stored is None:
        raise LookupError(f"{key}: expected the photo of {without_query(record.url)}, got nothing")
    return stored.body


def original_photo(bucket: str, record: PhotoRecord) -> bytes | None:
    """The file as it came, if it had Content Credentials."""
    stored = get_object(bucket, _original_key(record.sha256)) if record.original else None
    return stored and stored.body


def photo_key(sha256: str) -> str:
    return f"photos/{sha256}.jpg"


def _fetch_photo(settings: Settings, url: str, revision: str, seconds: float) -> PhotoRecord:
    from storycard.photo import normalise  # Pillow

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
    if original:  # `normalise` leaves all metadata behind, and a signature holds for these very bytes
        put_object(settings.bucket, _original_key(photo.sha256), answer.body, ContentType=original, CacheControl="private")
    faces = tuple(astuple(face) for face in photo.faces)
    size = (photo.width, photo.height)
    return PhotoRecord(url, photo.sha256, *size, photo.focal_point, faces, tried_for=revision, original=original)


def _type_if_signed(data: bytes) -> str:
    """The media type of a file with Content Credentials, "" for any other."""
    from storycard.describing.inspection import CREDENTIALS, picture_type

    try:
        return MEDIA_TYPES[picture_type(data, "photo")] if CREDENTIALS in data else ""
    except FieldError:  # a photograph of a kind that no card has, such as TIFF
        return ""


def _original_key(sha256: str) -> str:
    return f"photos/{sha256}.original"


def _record_key(article_id: str) -> str:
    return f"articles/{article_id}/photo.json"
