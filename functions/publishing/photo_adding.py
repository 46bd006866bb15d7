"""Adds a photograph to an article for its posts: has photo_worker prepare what an editor sent, and prepares it there."""

import time
from dataclasses import replace

from adapters.config.settings import Settings
from adapters.errors import PhotoBusy, PhotoRefused
from adapters.outbound.safe_fetch import FetchFailed
from adapters.render_queue import PHOTO, RenderRequest, enqueue
from adapters.storage.added_photos import (
    AddedPhoto,
    Outcome,
    added_key,
    get_outcome,
    get_upload,
    put_added_photo,
    put_outcome,
    put_upload,
)
from adapters.storage.article_store import find_article
from adapters.storage.photo_index import get_facts
from adapters.storage.s3_objects import delete_object
from adapters.telemetry import count, logger, timed, without_query
from publishing.photo_preparation import INTERRUPTED, fetch_photo, prepare_file
from publishing.photos import PhotoRecord

PAUSE = 0.2  # seconds between two checks for the outcome
PICTURE = "a picture that can be used"


def add_photo(settings: Settings, article_id: str, seconds: float, *, file: bytes = b"", url: str = "") -> AddedPhoto:
    """Stores the file or the address, and waits at most `seconds` until photo_worker has prepared the photograph.

    Raises PhotoRefused if it cannot be used, PhotoBusy if it takes longer. The same call then finds it prepared.
    """
    deadline = time.monotonic() + seconds
    key = put_upload(settings.bucket, article_id, file=file, url=url)
    enqueue(settings.photo_queue_url, RenderRequest(PHOTO, article_id=article_id, upload=key))
    while (outcome := get_outcome(settings.bucket, key)) is None:
        if time.monotonic() + PAUSE > deadline:
            raise PhotoBusy(article_id)
        time.sleep(PAUSE)
    if outcome.photo is None:
        raise PhotoRefused(outcome.field, outcome.expected, outcome.got)
    return outcome.photo


def prepare_upload(settings: Settings, article_id: str, key: str, attempt: int = 1) -> None:
    """Prepares the upload with this key in photo_worker, and stores the outcome.

    A second `attempt` only records the failure: the file may have ended the process that tried it. Does nothing if the upload
    was prepared or has expired.
    """
    upload = get_upload(settings.bucket, key)
    if upload is None:
        return
    file, url = upload
    stored = find_article(settings.bucket, article_id)
    if stored is None or stored.article.status == "withdrawn":
        outcome = Outcome(None, "article", "one that is not withdrawn", "another")
    elif attempt > 1:
        outcome = Outcome(None, "url" if url else "photo", PICTURE, f"one for which {INTERRUPTED}")
    else:
        outcome = _prepare(settings, article_id, file, url)
    put_outcome(settings.bucket, key, outcome)


def _prepare(settings: Settings, article_id: str, file: bytes, url: str) -> Outcome:
    try:
        with timed("PhotoTime"):
            record = fetch_photo(settings, url) if url else prepare_file(settings.bucket, file)
    except FetchFailed as error:
        return _refused(
            f"the photo of {without_query(url)}", str(error), Outcome(None, "url", "the address of a picture", "none")
        )
    photo = _added_photo(settings.bucket, replace(record, url=url))
    if photo is None:
        expected, _, got = record.failure.removeprefix("photo: expected ").partition(", got ")
        got = got.partition(": ")[0]  # what follows are the decoder's own words, which are for the log
        return _refused("an added photo", record.failure, Outcome(None, "url" if url else "photo", expected, got))
    put_added_photo(settings.bucket, article_id, photo)
    after = find_article(settings.bucket, article_id)
    if after is None or after.article.status == "withdrawn":  # meanwhile; its photographs may be deleted already
        delete_object(settings.bucket, added_key(article_id, photo.sha256))
    return Outcome(photo)


def _refused(what: str, reason: str, outcome: Outcome) -> Outcome:
    count("PhotosFailed")
    logger.warning("refused %s: %s", what, reason)
    return outcome


def _added_photo(bucket: str, record: PhotoRecord) -> AddedPhoto | None:
    """Returns the prepared photograph; None if the file was refused."""
    facts = get_facts(bucket, record.sha256) if record.sha256 else None
    if facts is None:
        return None
    return AddedPhoto(
        record.sha256,
        facts["width"],
        facts["height"],
        len(facts["faces"]),
        facts["credit"],
        record.original,
        record.file,
        record.url,
    )
