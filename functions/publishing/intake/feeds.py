"""Polls a feed: fetches it if it has changed, and then the pages that are new, changed or due for another look.

docs/adr/0025-feeds.md gives the reasons, such as why an article that leaves the feed is not withdrawn.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from adapters.config.feed_sources import Feed
from adapters.config.settings import Settings
from adapters.outbound.safe_fetch import FetchFailed, Rules, fetch_url
from adapters.storage.feed_state import FeedState, KnownPage, begin_reading, find_feed_state, put_feed_state
from adapters.storage.validators import Validators
from adapters.telemetry import count, logger, without_query
from adapters.web.charset import charset_in
from publishing.intake.feed_pages import FETCH_SECONDS, MAX_BYTES, check_page, failed_page, request_headers
from storycard.errors import FeedInvalid
from storycard.ingest.feeds import read_feed

MAX_PAGES = 20  # fetched in one poll
LONGEST_PAUSE = timedelta(minutes=15)  # between two attempts at a feed that fails
SOONEST = timedelta(minutes=2)  # between two fetches of a page whose entry changes all the time
FIRST_LOOK, LAST_LOOK = timedelta(minutes=5), timedelta(days=1)  # between two fetches of a page; the pause grows with its age
KEPT = timedelta(days=30)  # how long a page is fetched after it has left the feed
MAX_KNOWN = 2000  # pages


def poll_feed(settings: Settings, feed: Feed, now: datetime, deadline: float) -> None:
    """Polls the feed once, and begins no request after `deadline`, in seconds of the monotonic clock.

    A feed or a page that fails is logged, counted, and tried again after a growing pause. Raises the first unexpected error of a
    page, after the state is stored.
    """
    if time.monotonic() > deadline:
        logger.warning("%s: not polled, since the other feeds took all the time", feed.name)
        return
    before = find_feed_state(settings.bucket, feed.name, feed.url)
    if before.retry_at and now < before.retry_at:
        return
    try:
        state = _fetch(settings, feed, before, now)
    except (FetchFailed, FeedInvalid) as error:
        state = _failed(feed, before, now, error)
    pages = dict(state.pages)
    errors: list[Exception] = []
    due = _due(pages, now)[: max(1, MAX_PAGES >> state.unfinished)]
    if due:
        # After a page that ends the process, each poll reads half as many pages, until the one that does is alone and has failed.
        alone = {due[0]: failed_page(pages[due[0]], now)} if len(due) == 1 else {}
        begun = begin_reading(settings.bucket, feed.name, feed.url, replace(state, pages=pages | alone))
        if begun is None:
            logger.info("%s: a concurrent poll reads these pages", feed.name)
            return
        before, state = begun, replace(state, etag=begun.etag, unfinished=max(0, state.unfinished - 1))
    for url in due:
        if time.monotonic() > deadline:
            break
        try:
            pages[url] = check_page(settings, feed, url, pages[url], now, _is_alone(url, pages))
        except Exception as error:  # what the other pages brought must be stored, or they are fetched anew each minute
            count("FeedPagesFailed")
            logger.exception("%s: %s", feed.name, without_query(url))
            pages[url] = failed_page(pages[url], now)
            errors.append(error)
    state = replace(state, pages=pages)
    if state != before and not put_feed_state(settings.bucket, feed.name, feed.url, state):
        logger.info("%s: a concurrent poll stored its state first; the next poll repeats this one's work", feed.name)
    if errors:
        raise errors[0]


def _fetch(settings: Settings, feed: Feed, before: FeedState, now: datetime) -> FeedState:
    """Returns the state with the pages that the feed lists now. Raises FetchFailed, FeedInvalid."""
    rules = Rules(MAX_BYTES, FETCH_SECONDS, hosts=feed.hosts, local=settings.local_addresses)
    answer = fetch_url(feed.url, rules, request_headers(settings, before.validators))
    known = replace(before, failures=0, retry_at=None)
    if answer.status == 304:
        return known
    if answer.status != 200:
        raise FetchFailed(f"expected 200, got {answer.status}")
    entries = read_feed(answer.body, answer.url, charset_in(answer.headers.get("content-type", "")))
    pages = {url: page for url, page in before.pages.items() if now - page.last_seen < KEPT}
    for entry in entries:
        page = pages.pop(entry.url, None) or KnownPage(now, now, entry.marker)
        # Moved to the end, because the first pages are dropped when there are more than MAX_KNOWN.
        pages[entry.url] = replace(page, last_seen=_rounded(now), marker=entry.marker)
    newest = dict(list(pages.items())[-MAX_KNOWN:])
    return replace(known, validators=Validators.of(answer.headers), pages=newest)


def _rounded(now: datetime) -> datetime:
    """Returns the beginning of the hour, so that the state does not change with each poll."""
    return now.replace(minute=0, second=0, microsecond=0)


def _failed(feed: Feed, before: FeedState, now: datetime, error: Exception) -> FeedState:
    count("FeedsFailed")
    logger.error("%s: %s: %s", feed.name, without_query(feed.url), error)
    pause = min(timedelta(minutes=2**before.failures), LONGEST_PAUSE) if before.failures < 10 else LONGEST_PAUSE
    return replace(before, failures=before.failures + 1, retry_at=now + pause)


def _due(pages: Mapping[str, KnownPage], now: datetime) -> list[str]:
    """Returns the pages to fetch: new and changed ones in the feed's order, failed ones, then those fetched longest ago."""
    due = [(page, url) for url, page in pages.items() if page.checked_at is None or now - page.checked_at >= _pause(page, now)]
    news = [url for page, url in sorted(due, key=lambda item: item[0].failures) if page.read_marker != page.marker]
    old = [(page.checked_at or now, url) for page, url in due if page.read_marker == page.marker]
    return [*news, *(url for _, url in sorted(old))]


def _pause(page: KnownPage, now: datetime) -> timedelta:
    """Returns how long after the last fetch the page is fetched again."""
    if page.failures:
        doubled: int = 2 ** min(page.failures - 1, 10)
        return min(SOONEST * doubled, LAST_LOOK)
    must_be_confirmed = page.missing and not page.is_withdrawn
    if page.read_marker != page.marker or must_be_confirmed:
        return SOONEST
    return min(max((now - page.first_seen) / 4, FIRST_LOOK), LAST_LOOK)


def _is_alone(url: str, pages: Mapping[str, KnownPage]) -> bool:
    """Returns whether no other page has the same article, such as one under an earlier address."""
    article_id = pages[url].article_id
    return not any(page.article_id == article_id and not page.missing for other, page in pages.items() if other != url)
