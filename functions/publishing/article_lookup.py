"""Finds an article by its ID: in the store, or else in the CMS, which concurrent requests ask only once."""

from dataclasses import replace
from datetime import UTC, datetime

from adapters.config.connections import Cms, load_connections
from adapters.config.settings import Settings
from adapters.errors import ArticleSourceDown, ArticleUnknown, ArticleWithdrawn
from adapters.outbound.safe_fetch import FetchFailed, Rules, fetch_url
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import StoredArticle, find_article, is_public, put_if_newer
from adapters.storage.leases import make_once
from adapters.storage.negative_cache import Miss, find_miss, put_miss
from adapters.storage.ownership import PULLED, Sender
from adapters.telemetry import count, logger, timed, without_query
from storycard.article import Article
from storycard.errors import ArticleInvalid
from storycard.ingest import read_article

MAX_BYTES = 5_000_000
FETCH_SECONDS = 5.0  # timeout of one request to the CMS
WAIT = 2 * FETCH_SECONDS + 2  # seconds; long enough for another process's request and then our own
ABSENT_SECONDS = 60  # how long "the CMS has no such article" is cached
DOWN_SECONDS = 10  # how long "the CMS did not answer" is cached


def public_article(settings: Settings, article_id: str, now: datetime) -> StoredArticle:
    """Returns the article if the public may see its cards at `now`.

    Raises ArticleUnknown for an unknown article, a draft or one under embargo, ArticleWithdrawn for a withdrawn one, and
    ArticleSourceDown if only the CMS could know the article and it does not answer.
    """
    stored = stored_article(settings, article_id)
    if stored is None or not is_public(stored.article, now):
        withdrawn = stored is not None and stored.article.status == "withdrawn"
        raise (ArticleWithdrawn if withdrawn else ArticleUnknown)(article_id)
    return stored


def stored_article(settings: Settings, article_id: str) -> StoredArticle | None:
    """Returns the newest stored revision, fetched from the CMS first if none is stored. Raises ArticleSourceDown."""
    stored = find_article(settings.bucket, article_id)
    if stored is not None:
        return stored
    cms = load_connections(settings).cms
    return _look_up_once(settings, cms, article_id) if cms and cms.own_id(article_id) else None


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
    source = _fetch(settings, cms, article_id)
    if source is None:
        raise LookupError(f"{article_id}: the webhook announced it, but the CMS has no such article")
    put_if_newer(settings.bucket, _read(cms, source, article_id), source, datetime.now(UTC), sender=sender)


def _look_up_once(settings: Settings, cms: Cms, article_id: str) -> StoredArticle | None:
    """Asks the CMS unless a miss is cached; concurrent requests wait for the one that asks. Raises ArticleSourceDown."""

    def find() -> StoredArticle | Miss | None:
        return find_article(settings.bucket, article_id) or find_miss(settings.bucket, article_id)

    found: StoredArticle | Miss | None = find_miss(settings.bucket, article_id)
    found = found or make_once(settings.bucket, f"lookups/{article_id}", find, lambda: _look_up(settings, cms, article_id), WAIT)
    if found is None or found == "down":
        raise ArticleSourceDown(article_id)
    return None if found == "absent" else found


def _look_up(settings: Settings, cms: Cms, article_id: str) -> None:
    """Asks the CMS for the article and stores it as if it had been delivered, or caches the miss."""
    try:
        source = _fetch(settings, cms, article_id)
    except FetchFailed as error:
        count("CmsLookupsFailed")
        logger.error("the CMS does not answer for %s: %s", article_id, error)
        put_miss(settings.bucket, article_id, "down", DOWN_SECONDS)
        return
    try:
        article = _read(cms, source, article_id) if source is not None else None
    except ArticleInvalid as error:
        logger.error("the CMS's article %s cannot be used: %s", article_id, error)
        article = None
    # A draft is not stored: it may be published at any time without a webhook, so it is asked for again.
    if source is None or article is None or article.status != "published":
        put_miss(settings.bucket, article_id, "absent", ABSENT_SECONDS)
        return
    put_if_newer(settings.bucket, article, source, datetime.now(UTC), sender=PULLED)
    enqueue(settings.queue_url, RenderRequest("cms", article_id=article_id))


def _read(cms: Cms, source: bytes, article_id: str) -> Article:
    """Reads the article. Raises ArticleInvalid, also if it is another article than the one asked for."""
    own_id = cms.own_id(article_id)
    article = read_article(source, cms.format, article_id=own_id, language=cms.language)
    if article.id != own_id:
        raise ArticleInvalid("id", f"{own_id!r}, which was asked for", f"{article.id!r}")
    return replace(article, id=article_id)


def _fetch(settings: Settings, cms: Cms, article_id: str) -> bytes | None:
    """Fetches the article from the CMS; None if it answers 404 or 410. Raises FetchFailed."""
    own_id = cms.own_id(article_id)
    if own_id is None:
        return None
    url = cms.url.replace("{id}", own_id)
    rules = Rules(MAX_BYTES, FETCH_SECONDS, hosts=cms.hosts, same_host=True, local=settings.local_addresses)
    count("CmsLookups")
    with timed("CmsLookupTime"):
        answer = fetch_url(url, rules, cms.headers)
    if answer.status in (404, 410):
        return None
    if answer.status != 200:
        raise FetchFailed(f"{without_query(url)}: expected 200 or 404, got {answer.status}")
    return answer.body
