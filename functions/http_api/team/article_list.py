"""Handles `GET /articles`: lists the stored articles, newest first, or finds them by ID, address or words of the headline."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice

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
from adapters.storage.article_store import StoredArticle, find_article
from adapters.storage.failures import failed_deliveries
from adapters.storage.s3_objects import delete_object
from adapters.web.responses import HttpResponse, json_response
from http_api.request_context import RequestContext
from publishing.article_state import summary
from storycard.article import ARTICLE_ID, is_web_address
from storycard.errors import shown

PAGE_SIZE = 24  # articles
READS = 8  # at once; below botocore's pool of 10 connections
MAX_ENTRIES = 10 * PAGE_SIZE  # index entries read for one response, even if most of them are stale
MAX_QUERY = 1_000  # characters; enough for a headline or an address
CURSOR = re.compile(rf"[0-9]{{15}}/{ARTICLE_ID.pattern}")
OWN_ADDRESS = re.compile(rf"https?://[^/]+/(?:share|cards|articles)/(?P<id>{ARTICLE_ID.pattern})(?:[/?#].*)?")


def list_articles(context: RequestContext) -> HttpResponse:
    """Answers with one page of `articles` and, if there are more, the `cursor` of the next page."""
    parameters = context.request.query_string_parameters or {}
    query, cursor = parameters.get("query", "").strip(), parameters.get("cursor", "")
    if len(query) > MAX_QUERY:
        raise QueryInvalid("query", f"at most {MAX_QUERY} characters", str(len(query)))
    if cursor and not CURSOR.fullmatch(cursor):
        raise QueryInvalid("cursor", "the cursor of an earlier response", shown(cursor))
    bucket, now = context.settings.bucket, datetime.now(UTC)
    named = _find_by_id(bucket, query) if query and not cursor else []
    found, more = _page(bucket, query, cursor, {stored.article.id for stored in named})
    with ThreadPoolExecutor(READS) as pool:
        rows = list(pool.map(lambda stored: summary(context.settings, stored, now), [*named, *found]))
    if not query and not cursor:
        rows = _unreadable_deliveries(bucket) + rows
    return json_response(200, {"articles": rows} | ({"cursor": more} if more else {}), context.request, "private, no-store")


def _find_by_id(bucket: str, query: str) -> list[StoredArticle]:
    """Finds the articles whose ID is the query, begins with it, or is part of an address on this site."""
    own_address = OWN_ADDRESS.fullmatch(query)
    prefix = own_address["id"] if own_address else query
    if not ARTICLE_ID.fullmatch(prefix):
        return []
    exact = find_article(bucket, prefix)
    others = [] if own_address else ids_beginning(bucket, prefix, PAGE_SIZE)
    return ([exact] if exact else []) + _read(bucket, [article_id for article_id in others if article_id != prefix])


def _page(bucket: str, query: str, cursor: str, known: set[str]) -> tuple[list[StoredArticle], str]:
    """Returns the next articles after the cursor, without those in `known`, and the cursor after them."""
    words = words_of(query)
    entries = _candidates(bucket, query, words, cursor)
    found: list[StoredArticle] = []
    for _ in range(MAX_ENTRIES // PAGE_SIZE):
        batch = list(islice(entries, PAGE_SIZE))
        if not batch:
            return found, ""
        for entry, stored in zip(batch, _stored(bucket, batch), strict=True):
            if stored and stored.article.id not in known and (is_web_address(query) or has_words(stored.article.headline, words)):
                known.add(stored.article.id)
                found.append(stored)
                if len(found) == PAGE_SIZE:
                    return found, entry.place
    return found, batch[-1].place


def _candidates(bucket: str, query: str, words: frozenset[str], cursor: str) -> Iterator[Entry]:
    if not query:
        return recent_entries(bucket, cursor)
    if is_web_address(query):
        entries = entries_with_address(bucket, query)
    else:
        # The longest word usually occurs in the fewest headlines.
        entries = entries_with_word(bucket, max(words, key=len)) if words else []
    return (entry for entry in entries if entry.place > cursor)


def _stored(bucket: str, entries: list[Entry]) -> list[StoredArticle | None]:
    """Returns each entry's article, or None for a stale entry."""
    with ThreadPoolExecutor(READS) as pool:
        return list(pool.map(lambda entry: _article_of(bucket, entry), entries))


def _article_of(bucket: str, entry: Entry) -> StoredArticle | None:
    """Returns the entry's article; deletes the entry if it belongs to an older revision."""
    stored = find_article(bucket, entry.article_id)
    # An entry newer than the article is kept: the article may have been read just before its new revision was stored.
    if stored and stamp_of(stored.revision) == entry.stamp:
        return stored
    if stored and stamp_of(stored.revision) < entry.stamp:
        delete_object(bucket, entry.key)
    return None


def _read(bucket: str, article_ids: list[str]) -> list[StoredArticle]:
    with ThreadPoolExecutor(READS) as pool:
        return [stored for stored in pool.map(lambda name: find_article(bucket, name), article_ids) if stored]


def _unreadable_deliveries(bucket: str) -> list[dict[str, object]]:
    """Lists the CMS deliveries that could not be read as an article; they have no ID to be found by."""
    failures = failed_deliveries(bucket, PAGE_SIZE)
    return [
        {"state": "failed", "reason": failure.reason, "delivery": failure.inbox, "modified_at": failure.failed_at}
        for failure in failures
    ]
