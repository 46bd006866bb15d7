"""Finds stored articles by ID, by address or by words of the headline, newest first."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from adapters.storage.article_index import (
    Entry,
    entries_with_address,
    entries_with_word,
    has_words,
    ids_beginning,
    received_entries,
    recent_entries,
    stamp_of,
    words_of,
)
from adapters.storage.article_store import StoredArticle, find_article
from adapters.storage.s3_objects import delete_object
from storycard.article import ARTICLE_ID, is_web_address

PAGE_SIZE = 24  # articles
READS = 8  # at once; below botocore's pool of 10 connections
MAX_ENTRIES = 10 * PAGE_SIZE  # index entries read for one page, even if most of them are stale
MAX_QUERY = 1_000  # characters; enough for a headline or an address
OWN_ADDRESS = re.compile(rf"https?://[^/]+/(?:share|cards|articles|studio#/article)/(?P<id>{ARTICLE_ID.pattern})(?:[/?#].*)?")

Keep = Callable[[StoredArticle], bool]


def _any(_: StoredArticle) -> bool:
    return True


def find_by_id(bucket: str, query: str) -> list[StoredArticle]:
    """Finds the articles whose ID is the query, begins with it, or is part of an address on this site."""
    own_address = OWN_ADDRESS.fullmatch(query)
    prefix = own_address["id"] if own_address else query
    if not ARTICLE_ID.fullmatch(prefix):
        return []
    exact = find_article(bucket, prefix)
    others = [] if own_address else ids_beginning(bucket, prefix, PAGE_SIZE)
    return ([exact] if exact else []) + _read(bucket, [article_id for article_id in others if article_id != prefix])


def find_page(bucket: str, query: str, cursor: str, known: set[str], keep: Keep = _any) -> tuple[list[StoredArticle], str]:
    """Returns the next articles after the cursor that `keep` accepts, without those in `known`, and the cursor after them.

    Without a query, every article is a candidate.
    """
    words = words_of(query)
    entries = _candidates(bucket, query, words, cursor)
    found: list[StoredArticle] = []
    for _ in range(MAX_ENTRIES // PAGE_SIZE):
        batch = list(islice(entries, PAGE_SIZE))
        if not batch:
            return found, ""
        for entry, stored in zip(batch, _stored(bucket, batch), strict=True):
            if stored is None or stored.article.id in known or not keep(stored):
                continue
            if is_web_address(query) or has_words(stored.article.headline, words):
                known.add(stored.article.id)
                found.append(stored)
                if len(found) == PAGE_SIZE:
                    return found, entry.place
    return found, batch[-1].place


def _candidates(bucket: str, query: str, words: frozenset[str], cursor: str) -> Iterator[Entry]:
    if not query:
        return recent_entries(bucket, cursor)
    if is_web_address(query):
        entries = entries_with_address(bucket, query) + received_entries(bucket, (), query)
    elif words:
        # The longest word usually occurs in the fewest headlines.
        entries = entries_with_word(bucket, max(words, key=len)) + received_entries(bucket, words)
    else:
        entries = []
    return (entry for entry in sorted(entries, key=lambda entry: entry.place) if entry.place > cursor)


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
