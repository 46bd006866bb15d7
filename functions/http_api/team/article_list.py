"""Handles `GET /articles`: lists the stored articles, newest first, or finds them by ID, address or words of the headline."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from adapters.errors import QueryInvalid
from adapters.storage.article_index import count_articles
from adapters.storage.failures import failed_deliveries
from adapters.web.responses import HttpResponse, json_response
from http_api.request_context import RequestContext
from publishing.queries.article_search import MAX_QUERY, PAGE_SIZE, READS, find_by_id, find_page
from publishing.queries.article_state import failure_members, summary
from storycard.article import ARTICLE_ID
from storycard.errors import shown

CURSOR = re.compile(rf"[0-9]{{15}}/{ARTICLE_ID.pattern}")


def list_articles(context: RequestContext) -> HttpResponse:
    """Answers with one page of `articles` and, if there are more, the `cursor` of the next page.

    The first page of all articles has their number as `total`, unless there are too many to count.
    """
    parameters = context.request.query_string_parameters or {}
    query, cursor = parameters.get("query", "").strip(), parameters.get("cursor", "")
    if len(query) > MAX_QUERY:
        raise QueryInvalid("query", f"at most {MAX_QUERY} characters", str(len(query)))
    if cursor and not CURSOR.fullmatch(cursor):
        raise QueryInvalid("cursor", "the cursor of an earlier response", shown(cursor))
    bucket, now = context.settings.bucket, datetime.now(UTC)
    named = find_by_id(bucket, query) if query and not cursor else []
    found, more = find_page(bucket, query, cursor, {stored.article.id for stored in named})
    with ThreadPoolExecutor(READS) as pool:
        total = pool.submit(count_articles, bucket) if not query and not cursor else None
        rows = list(pool.map(lambda stored: summary(context.settings, stored, now), [*named, *found]))
    if not query and not cursor:
        rows = _unreadable_deliveries(bucket) + rows
    value = {"articles": rows, "cursor": more or None, "total": total and total.result()}
    value = {name: field for name, field in value.items() if field is not None}
    return json_response(200, value, context.request, "private, no-store")


def _unreadable_deliveries(bucket: str) -> list[dict[str, object]]:
    """Lists the CMS deliveries that could not be read as an article; they have no ID to be found by."""
    failures = failed_deliveries(bucket, PAGE_SIZE)
    return [
        {"state": "failed", **failure_members(failure), "delivery": failure.inbox, "modified_at": failure.failed_at}
        for failure in failures
    ]
