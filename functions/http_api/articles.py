"""`/articles/{id}`: native JSON in and out for the newsroom's own tools, and taking an article back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from aws_lambda_powertools.event_handler import Response

from adapters.config.settings import settings
from adapters.errors import ArticleOutdated, ArticleUnknown
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import find_article, put_if_newer
from adapters.web.responses import COMMON, json_answer, stored_answer
from http_api.cards import RequestContext
from http_api.paths import check_id
from http_api.requests import raw_body
from storycard.errors import ArticleInvalid, shown
from storycard.ingest import read_article

PRIVATE = "private, no-cache"
SOURCE = "api"  # what queue messages and logs call this way in


def get_article(context: RequestContext, article_id: str) -> Response:
    """The article as it is stored, drafts and embargoed ones included."""
    check_id(article_id)
    answer = stored_answer(settings().bucket, f"articles/{article_id}/article.json", context.request, PRIVATE)
    if answer is None:
        raise ArticleUnknown(article_id)
    return answer


def put_article(context: RequestContext, article_id: str) -> Response:
    """Stores a revision and has its cards made: 201 for a new article, 200 for a known one, 409 for an older revision.

    Which one is newer the article's own dates say, as with webhooks; one without dates is as new as this request.
    """
    check_id(article_id)
    body = raw_body(context.request)
    article = read_article(body, "native", article_id=article_id)
    if article.id != article_id:
        raise ArticleInvalid("id", f"{article_id!r}, as the address has it", shown(article.id))
    is_new = find_article(settings().bucket, article_id) is None
    outcome = put_if_newer(settings().bucket, article, body, datetime.now(UTC))
    if outcome == "older":
        raise ArticleOutdated(article_id)
    enqueue(settings().queue_url, RenderRequest(SOURCE, article_id=article_id))
    return json_answer(201 if is_new else 200, {"article_id": article_id, "article": outcome}, context.request)


def delete_article(context: RequestContext, article_id: str) -> Response:
    """Takes the article back: its addresses answer 410 from now on, and the worker removes its cards."""
    check_id(article_id)
    stored = find_article(settings().bucket, article_id)
    if stored is None:
        raise ArticleUnknown(article_id)
    now = datetime.now(UTC)
    if stored.article.status != "withdrawn":
        # Later than what the article says of itself, should a clock in the newsroom be ahead.
        withdrawn_at = max(now, stored.revision.modified_at + timedelta(seconds=1))
        withdrawn = replace(stored.article, status="withdrawn", updated_at=withdrawn_at)
        if put_if_newer(settings().bucket, withdrawn, b"", now) == "older":
            raise ArticleOutdated(article_id)
    enqueue(settings().queue_url, RenderRequest(SOURCE, article_id=article_id))
    return Response(204, headers=COMMON | {"Cache-Control": "no-store"})
