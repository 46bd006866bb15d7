"""An article ID into the stored article: from the store, else from the CMS, which a burst of requests asks only once."""

import time
from datetime import UTC, datetime

from adapters.config.connections import Cms, load_connections
from adapters.config.settings import Settings
from adapters.errors import ArticleSourceDown, ArticleUnknown, ArticleWithdrawn
from adapters.outbound.safe_fetch import FetchFailed, Rules, fetch_url
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import StoredArticle, find_article, is_public, put_if_newer
from adapters.storage.notes import claim, leave, read_note
from adapters.telemetry import count, logger, timed, without_query
from storycard.article import Article
from storycard.errors import ArticleInvalid
from storycard.ingest import read_article

MAX_BYTES = 5_000_000
SECONDS = 5.0  # for one look into the CMS
LEASE = SECONDS + 2  # seconds until somebody else may ask instead of one who never came back
POLL = 0.1  # seconds between two looks for what another process is fetching
ABSENT = 60  # seconds for which "there is none" stands
DOWN = 10  # seconds for which "no answer" stands


def public_article(settings: Settings, article_id: str, now: datetime) -> StoredArticle:
    """The article if the public may see its cards at `now`.

    Raises ArticleUnknown for one that nobody knows, a draft, or one under embargo; ArticleWithdrawn for one taken back;
    ArticleSourceDown when the CMS would have to know it, and does not answer.
    """
    stored = stored_article(settings, article_id)
    if stored is None or not is_public(stored.article, now):
        withdrawn = stored is not None and stored.article.status == "withdrawn"
        raise (ArticleWithdrawn if withdrawn else ArticleUnknown)(article_id)
    return stored


def stored_article(settings: Settings, article_id: str) -> StoredArticle | None:
    """The newest revision that the store knows, fetched from the CMS first if it knows none. Raises ArticleSourceDown."""
    stored = find_article(settings.bucket, article_id)
    if stored is not None:
        return stored
    cms = load_connections(settings).cms
    return cms and _ask_once(settings, cms, article_id)


def refresh_article(settings: Settings, article_id: str) -> None:
    """Stores what the CMS has now under an ID that it announced without the article itself.

    Raises LookupError when there is no CMS to ask or nothing to find, FetchFailed, ArticleInvalid.
    """
    cms = load_connections(settings).cms
    if cms is None:
        raise LookupError(
            f"{article_id}: announced without its text, which needs CmsUrl, or a [cms] table in the secret, to be asked for"
        )
    source = _fetch(settings, cms, article_id)
    if source is None:
        raise LookupError(f"{article_id}: announced, but the CMS has no such article")
    put_if_newer(settings.bucket, _read(cms, source, article_id), source, datetime.now(UTC))


def _ask_once(settings: Settings, cms: Cms, article_id: str) -> StoredArticle | None:
    """Whoever writes the note asks the CMS; the others wait for the article, or for what the note says then."""
    bucket, key = settings.bucket, f"lookups/{article_id}"
    deadline = time.monotonic() + LEASE + SECONDS
    while time.monotonic() < deadline:
        note = read_note(bucket, key)
        if note is None or not note.valid:
            if claim(bucket, key, "asking", LEASE, note):
                return _ask(settings, cms, article_id, key)
        elif note.state == "absent":
            return None
        elif note.state == "down":
            break
        time.sleep(POLL)
        if stored := find_article(bucket, article_id):
            return stored
    raise ArticleSourceDown(article_id)


def _ask(settings: Settings, cms: Cms, article_id: str, key: str) -> StoredArticle | None:
    """Asks the CMS, stores what it says like a delivery of its own, and leaves a note where that is nothing."""
    try:
        source = _fetch(settings, cms, article_id)
    except FetchFailed as error:
        count("CmsLookupsFailed")
        logger.error("the CMS does not answer for %s: %s", article_id, error)
        leave(settings.bucket, key, "down", DOWN)
        raise ArticleSourceDown(article_id) from error
    try:
        article = source and _read(cms, source, article_id)
    except ArticleInvalid as error:
        logger.error("the CMS's article %s cannot be used: %s", article_id, error)
        article = None
    # A draft may be published any minute, and nobody would tell us: it is asked for again.
    if not article or article.status != "published":
        leave(settings.bucket, key, "absent", ABSENT)
        return None
    put_if_newer(settings.bucket, article, source, datetime.now(UTC))
    enqueue(settings.queue_url, RenderRequest("cms", article_id=article_id))
    return find_article(settings.bucket, article_id)


def _read(cms: Cms, source: bytes, article_id: str) -> Article:
    """The article that was asked for, no other. Raises ArticleInvalid."""
    article = read_article(source, cms.format, article_id=article_id, language=cms.language)
    if article.id != article_id:
        raise ArticleInvalid("id", f"{article_id!r}, which was asked for", f"{article.id!r}")
    return article


def _fetch(settings: Settings, cms: Cms, article_id: str) -> bytes | None:
    """What the CMS has under this ID, None if it says that there is nothing. Raises FetchFailed."""
    url = cms.url.replace("{id}", article_id)
    rules = Rules(MAX_BYTES, SECONDS, hosts=cms.hosts, same_host=True, local=settings.local_addresses)
    count("CmsLookups")
    with timed("CmsLookupTime"):
        answer = fetch_url(url, rules, cms.headers)
    if answer.status in (404, 410):
        return None
    if answer.status != 200:
        raise FetchFailed(f"{without_query(url)}: expected 200 or 404, got {answer.status}")
    return answer.body
