"""Fetches a page that a feed lists, and stores its article, or withdraws it when the page is gone."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from adapters.config.feed_sources import Feed
from adapters.config.settings import Settings
from adapters.outbound.safe_fetch import Fetched, FetchFailed, Rules, fetch_url
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import find_article, put_over, tombstone
from adapters.storage.feed_state import KnownPage
from adapters.storage.revisions import Outcome
from adapters.storage.validators import NO_VALIDATORS, Validators
from adapters.telemetry import count, logger, without_query
from adapters.web.charset import charset_in
from publishing.intake.languages import languages_in
from publishing.intake.store_delivery import store_article
from storycard.article import Article, check_article_id
from storycard.errors import ArticleInvalid
from storycard.ingest import ReadOptions, read_article
from storycard.ingest.formats.native import to_native

MAX_BYTES = 5_000_000
FETCH_SECONDS = 5.0
GONE_AFTER = 2  # consecutive 404s; a site may answer 404 for a moment while it is deployed
_HTML = ("text/html", "application/xhtml+xml", "")


def request_headers(settings: Settings, validators: Validators) -> dict[str, str]:
    """Returns the headers of a request; the user agent names the newsroom's own Storycard."""
    name = f"storycard (+{settings.public_base_url})" if settings.public_base_url else "storycard"
    return {"User-Agent": f"{name} feed reader", **validators.conditions}


def check_page(settings: Settings, feed: Feed, url: str, page: KnownPage, now: datetime, is_alone: bool) -> KnownPage:
    """Fetches the page and stores its article if it has changed. Returns the page's new state. A failure is logged and counted.

    If `is_alone`, no other page has this article, so the article is withdrawn with the page.
    """
    rules = Rules(MAX_BYTES, FETCH_SECONDS, hosts=feed.hosts, local=settings.local_addresses)
    address = url if settings.local_addresses else url.replace("http://", "https://", 1)
    read = replace(page, checked_at=now, read_marker=page.marker, failures=0)
    try:
        answer = fetch_url(address, rules, request_headers(settings, page.validators))
        match answer.status:
            case 200:
                return _read(settings, feed, address, answer, read, now, is_alone)
            case 304 if not answer.is_redirected:
                return replace(read, missing=0)
            case 304:  # another page is unchanged; without validators the next answer can be read
                page = replace(page, validators=NO_VALIDATORS)
            case 404 | 410:
                return _missing(settings, feed, answer.status, read, now, is_alone)
        raise FetchFailed(f"expected 200, 304, 404 or 410, got {answer.status}{' behind a redirect' * answer.is_redirected}")
    except (FetchFailed, ArticleInvalid) as error:
        count("FeedPagesFailed")
        logger.warning("%s: %s: %s", feed.name, without_query(url), error)
        return read if isinstance(error, ArticleInvalid) else failed_page(page, now)


def failed_page(page: KnownPage, now: datetime) -> KnownPage:
    """Returns what is known of a page after a failure: as much as before."""
    return replace(page, checked_at=now, failures=page.failures + 1)


def _read(
    settings: Settings, feed: Feed, address: str, answer: Fetched, page: KnownPage, now: datetime, is_alone: bool
) -> KnownPage:
    """Stores the article of a page, unless it is unchanged. Raises ArticleInvalid."""
    if urlsplit(answer.url).path in ("", "/") and urlsplit(address).path not in ("", "/"):
        if page.article_id:  # many systems redirect a deleted article to the front page
            return _missing(settings, feed, 404, page, now, is_alone)
        raise ArticleInvalid("url", "a page of its own", "a redirect to the front page")
    article = _article(settings, feed, answer)
    has_new_id = page.article_id not in ("", article.id)
    if has_new_id and answer.is_redirected:  # the address now leads to another article
        return _missing(settings, feed, 404, page, now, is_alone)
    if has_new_id and not page.is_withdrawn and _is_withdrawn(settings, page.article_id):
        return page  # an editor withdrew it, whatever ID its page has now
    sha256 = hashlib.sha256(json.dumps(to_native(article), sort_keys=True).encode()).hexdigest()
    if sha256 != page.sha256 or page.is_withdrawn:
        _store(settings, feed, article, answer.body, page, now)
    if has_new_id and is_alone and not page.is_withdrawn:
        _withdraw(settings, feed, page.article_id, now)
    # Validators belong to one address, and a redirect may lead to another one next time.
    validators = NO_VALIDATORS if answer.is_redirected else Validators.of(answer.headers)
    return replace(page, article_id=article.id, sha256=sha256, validators=validators, missing=0, is_withdrawn=False)


def _article(settings: Settings, feed: Feed, answer: Fetched) -> Article:
    """Reads the page. Raises ArticleInvalid, also if it is not HTML."""
    media_type = answer.headers.get("content-type", "")
    if media_type.partition(";")[0].strip().lower() not in _HTML:
        raise ArticleInvalid("content-type", "a page in HTML", media_type[:60])
    options = ReadOptions(
        languages_in(settings),
        language=feed.language,
        paid_text=feed.paid_text,
        social_titles=feed.social_titles,
        charset=charset_in(media_type),
    )
    article = read_article(answer.body, "jsonld", options)
    return replace(article, id=check_article_id(feed.id_prefix + article.id))


def _store(settings: Settings, feed: Feed, article: Article, source: bytes, page: KnownPage, now: datetime) -> None:
    # An article that has returned is the newest, whatever its date.
    if article.status == "published" and _was_withdrawn(settings, article.id, page):
        outcome = put_over(settings.bucket, article, source, now, sender=feed.sender)
    else:
        outcome = store_article(settings.bucket, article, source, now, sender=feed.sender)
    _announce(settings, feed, article.id, outcome)


def _was_withdrawn(settings: Settings, article_id: str, page: KnownPage) -> bool:
    """Returns whether the article was withdrawn when its page was gone, or when the page changed to another ID for a while."""
    if page.article_id in ("", article_id):
        return page.is_withdrawn
    return _is_withdrawn(settings, article_id)


def _is_withdrawn(settings: Settings, article_id: str) -> bool:
    stored = find_article(settings.bucket, article_id)
    return stored is not None and stored.article.status == "withdrawn"


def _missing(settings: Settings, feed: Feed, status: int, page: KnownPage, now: datetime, is_alone: bool) -> KnownPage:
    """Withdraws the article when its page is gone for good: at once with 410, else at the second 404 in a row."""
    page = replace(page, missing=page.missing + 1)
    if page.is_withdrawn or not page.article_id or (status != 410 and page.missing < GONE_AFTER):
        return page
    if is_alone:
        _withdraw(settings, feed, page.article_id, now)
    return replace(page, is_withdrawn=True, validators=NO_VALIDATORS)


def _withdraw(settings: Settings, feed: Feed, article_id: str, now: datetime) -> None:
    outcome = store_article(settings.bucket, tombstone(article_id, now), b"", now, sender=feed.sender)
    _announce(settings, feed, article_id, outcome)


def _announce(settings: Settings, feed: Feed, article_id: str, outcome: Outcome) -> None:
    logger.info("%s: read %s: %s", feed.name, article_id, outcome)
    if outcome == "foreign":
        count("ForeignEvents")
        return
    count("FeedPages")
    enqueue(settings.queue_url, RenderRequest(feed.name, article_id=article_id))
