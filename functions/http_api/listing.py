"""`GET /articles`: the stored articles, newest first, or those that an ID, an address or words of the headline lead to."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice

from aws_lambda_powertools.event_handler import Response

from adapters.config.settings import settings
from adapters.errors import QueryInvalid
from adapters.storage.article_index import (
    Entry,
    entries_with_address,
    entries_with_word,
    has_words,
    ids_beginning,
    recent_entries,
    stamp_of,
    words_of,
)
from adapters.storage.article_state import summary
from adapters.storage.article_store import StoredArticle, find_article
from adapters.storage.failures import failed_deliveries
from adapters.storage.s3_objects import delete_object
from adapters.web.responses import json_answer
from http_api.cards import RequestContext
from storycard.article import ARTICLE_ID
from storycard.errors import shown

PAGE = 24  # articles
READS = 8  # at once; below botocore's pool of 10 connections
MOST_READ = 10 * PAGE  # entries in one answer, however few of them still hold
MAX_QUERY = 1_000  # characters: a headline, an address
CURSOR = re.compile(rf"[0-9]{{15}}/{ARTICLE_ID.pattern}")
OURS = re.compile(rf"https?://[^/]+/(?:share|cards|articles)/(?P<id>{ARTICLE_ID.pattern})(?:[/?#].*)?")


def list_articles(context: RequestContext) -> Response:
    """200 with `articles` and, where there are more, the `cursor` that leads to them."""
    parameters = context.request.query_string_parameters or {}
    query, cursor = parameters.get("query", "").strip(), parameters.get("cursor", "")
    if len(query) > MAX_QUERY:
        raise QueryInvalid("query", f"at most {MAX_QUERY} characters", str(len(query)))
    if cursor and not CURSOR.fullmatch(cursor):
        raise QueryInvalid("cursor", "one that an answer gave", shown(cursor))
    now = datetime.now(UTC)
    named = _named(query) if query and not cursor else []
    found, more = _page(query, cursor, {stored.article.id for stored in named})
    with ThreadPoolExecutor(READS) as pool:
        rows = list(pool.map(lambda stored: summary(settings(), stored, now), [*named, *found]))
    if not query and not cursor:
        rows = _unreadable() + rows
    return json_answer(200, {"articles": rows} | ({"cursor": more} if more else {}), context.request, "private, no-store")


def _named(query: str) -> list[StoredArticle]:
    """The articles whose ID the query is, begins, or has in an address of ours."""
    ours = OURS.fullmatch(query)
    begin = ours["id"] if ours else query
    if not ARTICLE_ID.fullmatch(begin):
        return []
    exact = find_article(settings().bucket, begin)
    others = [] if ours else ids_beginning(settings().bucket, begin, PAGE)
    return ([exact] if exact else []) + _read([article_id for article_id in others if article_id != begin])


def _page(query: str, cursor: str, known: set[str]) -> tuple[list[StoredArticle], str]:
    """The next articles after the cursor, besides those known already, and the cursor after them."""
    words = words_of(query)
    entries = _candidates(query, words, cursor)
    found: list[StoredArticle] = []
    for _ in range(MOST_READ // PAGE):
        batch = list(islice(entries, PAGE))
        if not batch:
            return found, ""
        for entry, stored in zip(batch, _stored(batch), strict=True):
            if stored and stored.article.id not in known and (_is_address(query) or has_words(stored.article.headline, words)):
                known.add(stored.article.id)
                found.append(stored)
                if len(found) == PAGE:
                    return found, entry.place
    return found, batch[-1].place


def _candidates(query: str, words: frozenset[str], cursor: str) -> Iterator[Entry]:
    if not query:
        return recent_entries(settings().bucket, cursor)
    if _is_address(query):
        entries = entries_with_address(settings().bucket, query)
    else:
        # The longest word is in the fewest headlines, more often than not.
        entries = entries_with_word(settings().bucket, max(words, key=len)) if words else []
    return (entry for entry in entries if entry.place > cursor)


def _is_address(query: str) -> bool:
    return query.startswith(("https://", "http://"))


def _stored(entries: list[Entry]) -> list[StoredArticle | None]:
    """The article of each entry that still holds; one that does not is removed, and None."""
    with ThreadPoolExecutor(READS) as pool:
        return list(pool.map(_if_it_holds, entries))


def _if_it_holds(entry: Entry) -> StoredArticle | None:
    stored = find_article(settings().bucket, entry.article_id)
    # A newer revision writes its own entries just after itself, so an entry ahead of its article may only be early.
    if stored and stamp_of(stored.revision) == entry.stamp:
        return stored
    if stored and stamp_of(stored.revision) < entry.stamp:
        delete_object(settings().bucket, entry.key)
    return None


def _read(article_ids: list[str]) -> list[StoredArticle]:
    with ThreadPoolExecutor(READS) as pool:
        return [stored for stored in pool.map(lambda name: find_article(settings().bucket, name), article_ids) if stored]


def _unreadable() -> list[dict]:
    """What a CMS sent that no article could be made of: it has no ID to be found by."""
    failures = failed_deliveries(settings().bucket, PAGE)
    return [
        {"state": "failed", "reason": failure.reason, "delivery": failure.inbox, "modified_at": failure.failed_at}
        for failure in failures
    ]
