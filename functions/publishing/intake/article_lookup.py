"""Finds an article by its ID: in the store, or else in the CMS, which gets one request for any number of concurrent lookups.

Articles fetched from the CMS are fetched again after some time, because the CMS does not announce their changes.
"""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.config.connections import Cms, load_connections
from adapters.config.settings import Settings
from adapters.errors import ArticleSourceDown, ArticleUnknown, ArticleWithdrawn
from adapters.outbound.safe_fetch import FetchFailed
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import StoredArticle, find_article, is_public, put_if_newer, put_over, tombstone
from adapters.storage.freshness import Freshness, find_freshness, put_freshness
from adapters.storage.leases import make_once, make_unless_held
from adapters.storage.negative_cache import Miss, find_miss, put_miss
from adapters.storage.ownership import PULLED, Sender
from adapters.telemetry import count, logger
from publishing.intake.cms_gate import LOOKUPS, REFRESHES, CmsBusy, check_gate, check_memory, pass_gate
from publishing.intake.cms_requests import FETCH_SECONDS, ask_cms, read_cms_article
from storycard.errors import ArticleInvalid

WAIT = 2 * FETCH_SECONDS + 2  # seconds; long enough for another process's request and then our own
ABSENT_SECONDS = 60  # how long "the CMS has no such article" is cached
DOWN_SECONDS = 10  # how long "the CMS did not answer" is cached
STALE = timedelta(seconds=60)  # how long a stored article is served after the CMS did not answer, before the next attempt


def public_article(settings: Settings, article_id: str, now: datetime) -> StoredArticle:
    """Returns the article if the public may see its cards at `now`.

    Raises ArticleUnknown for an unknown article, a draft or one under embargo, ArticleWithdrawn for one that was withdrawn
    after it had been public, and ArticleSourceDown if the article is not stored and the CMS does not answer.
    """
    stored = stored_article(settings, article_id)
    if stored is None or not is_public(stored.article, now):
        raise (ArticleWithdrawn if stored is not None and stored.is_gone else ArticleUnknown)(article_id)
    return stored


def stored_article(settings: Settings, article_id: str) -> StoredArticle | None:
    """Returns the newest stored revision, fetched from the CMS first if none is stored. Raises ArticleSourceDown.

    A stored revision that came from the CMS is fetched again once it is `refresh_seconds` old.
    """
    stored = find_article(settings.bucket, article_id)
    if stored is not None and stored.owner != PULLED.name:
        return stored
    cms = load_connections(settings).cms
    if cms is None or cms.own_id(article_id) is None:
        return stored
    return _look_up_once(settings, cms, article_id) if stored is None else _refresh_once(settings, cms, stored)


def refresh_article(settings: Settings, article_id: str, sender: Sender) -> None:
    """Fetches and stores an article that `sender` announced by its ID alone.

    Raises LookupError if no CMS is configured or it has no such article, FetchFailed, ArticleInvalid.
    """
    cms = load_connections(settings).cms
    if cms is None:
        raise LookupError(
            f"{article_id}: the webhook announced it without its text, and no CMS is configured to fetch it from:"
            " set CmsUrl, or a [cms] table in the connections secret"
        )
    asked_at = datetime.now(UTC)  # what was withdrawn while the CMS answered stays withdrawn
    answer = ask_cms(settings, cms, article_id)
    if answer.body is None:
        raise LookupError(f"{article_id}: the webhook announced it, but the CMS has no such article")
    article = read_cms_article(settings, cms, answer, article_id)
    put_if_newer(settings.bucket, article, answer.body, asked_at, sender=sender)


def _look_up_once(settings: Settings, cms: Cms, article_id: str) -> StoredArticle | None:
    """Queries the CMS unless a miss is cached; concurrent requests wait for the one that does. Raises ArticleSourceDown."""

    def find() -> StoredArticle | Miss | None:
        return find_article(settings.bucket, article_id) or find_miss(settings.bucket, article_id)

    found: StoredArticle | Miss | None
    try:
        check_memory(LOOKUPS)
        found = find_miss(settings.bucket, article_id)
        if found is None:
            check_gate(settings, LOOKUPS)
            found = make_once(settings.bucket, f"lookups/{article_id}", find, lambda: _look_up(settings, cms, article_id), WAIT)
    except CmsBusy as error:
        raise ArticleSourceDown(article_id) from error
    if found is None or found == "down":
        raise ArticleSourceDown(article_id)
    return None if found == "absent" else found


def _look_up(settings: Settings, cms: Cms, article_id: str) -> None:
    """Fetches the article from the CMS and stores it as if it had been delivered, or caches the miss."""
    try:
        answer = pass_gate(settings, LOOKUPS, lambda: ask_cms(settings, cms, article_id))
    except CmsBusy:
        raise
    except FetchFailed as error:
        _report_failure(article_id, error)
        put_miss(settings.bucket, article_id, "down", DOWN_SECONDS)
        return
    try:
        article = read_cms_article(settings, cms, answer, article_id) if answer.body is not None else None
    except ArticleInvalid as error:
        logger.error("the CMS's article %s cannot be used: %s", article_id, error)
        article = None
    # A draft is not stored: it may be published at any time without a webhook, so the next request fetches it again.
    if answer.body is None or article is None or article.status != "published":
        put_miss(settings.bucket, article_id, "absent", ABSENT_SECONDS)
        return
    now = datetime.now(UTC)
    put_freshness(settings.bucket, article_id, Freshness.of(answer.headers, now + cms.refresh_after))
    put_if_newer(settings.bucket, article, answer.body, now, sender=PULLED)
    enqueue(settings.queue_url, RenderRequest("cms", article_id=article_id))


def _refresh_once(settings: Settings, cms: Cms, stored: StoredArticle) -> StoredArticle | None:
    """Returns the stored article, after fetching it again if that is due and no other request is doing it."""
    article_id = stored.article.id
    freshness = find_freshness(settings.bucket, article_id)
    if freshness and datetime.now(UTC) < freshness.until:
        return stored
    make_unless_held(settings.bucket, f"lookups/{article_id}", lambda: _refresh(settings, cms, stored, freshness))
    return find_article(settings.bucket, article_id)


def _refresh(settings: Settings, cms: Cms, stored: StoredArticle, freshness: Freshness | None) -> None:
    """Fetches the article again. Keeps it while the CMS does not answer, and withdraws it if the CMS no longer has it."""
    article_id, now = stored.article.id, datetime.now(UTC)
    is_withdrawn = stored.article.status == "withdrawn"
    conditions = freshness.validators.conditions if freshness and not is_withdrawn else {}
    try:
        answer = pass_gate(settings, REFRESHES, lambda: ask_cms(settings, cms, article_id, conditions))
        article = read_cms_article(settings, cms, answer, article_id) if answer.body is not None else None
    except CmsBusy:
        return  # the next request tries again
    except (FetchFailed, ArticleInvalid) as error:
        _report_failure(article_id, error)
        put_freshness(settings.bucket, article_id, replace(freshness or Freshness(now), until=now + STALE))
        return
    put_freshness(settings.bucket, article_id, Freshness.of(answer.headers, now + cms.refresh_after))
    is_gone = not answer.is_unchanged and (article is None or article.status != "published")
    if is_gone and not is_withdrawn:
        never_public = not stored.was_public(now)
        put_over(settings.bucket, tombstone(article_id, now), b"", now, sender=PULLED, never_public=never_public)
    elif article and answer.body is not None and not is_gone and not _is_stored(stored, answer.body):
        # An article may be made public again without a new date: what the CMS has now is the newest.
        put_over(settings.bucket, article, answer.body, now, sender=PULLED)
    else:
        return
    enqueue(settings.queue_url, RenderRequest("cms", article_id=article_id))


def _is_stored(stored: StoredArticle, source: bytes) -> bool:
    return hashlib.sha256(source).hexdigest() == stored.revision.source_sha256


def _report_failure(article_id: str, error: Exception) -> None:
    count("CmsLookupsFailed")
    logger.error("the CMS does not answer for %s: %s", article_id, error)
