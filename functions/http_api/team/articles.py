"""Handles `/articles/{id}`: stores, returns and withdraws articles in native JSON, and returns their photographs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.config.settings import settings
from adapters.errors import ArticleOutdated, ArticleUnknown, PhotoUnknown
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import StoredArticle, find_article, put_if_newer
from adapters.storage.ownership import EDITORS
from adapters.web.request_body import raw_body
from adapters.web.responses import COMMON_HEADERS, HttpResponse, json_response, stored_response
from http_api.paths import check_id
from http_api.request_context import RequestContext
from publishing.photos import ensure_photo, photo_key
from publishing.publish import PHOTO_WAIT
from storycard.errors import ArticleInvalid, shown
from storycard.ingest import read_article

PRIVATE = "private, no-cache"
SOURCE = "api"  # names this way in, in queue messages and logs


def get_article(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers with the article as it is stored, drafts and embargoed ones included."""
    check_id(article_id)
    response = stored_response(settings().bucket, f"articles/{article_id}/article.json", context.request, PRIVATE)
    if response is None:
        raise ArticleUnknown(article_id)
    return response


def put_article(context: RequestContext, article_id: str) -> HttpResponse:
    """Stores a revision and has its cards rendered: 201 for a new article, 200 for a known one.

    Raises ArticleOutdated if a newer revision is stored. As with webhooks, the article's own dates decide which is newer;
    an article without dates counts as modified now.
    """
    check_id(article_id)
    body = raw_body(context.request)
    article = read_article(body, "native", article_id=article_id)
    if article.id != article_id:
        raise ArticleInvalid("id", f"{article_id!r}, as in the address", shown(article.id))
    is_new = find_article(settings().bucket, article_id) is None
    outcome = put_if_newer(settings().bucket, article, body, datetime.now(UTC), sender=EDITORS)
    if outcome == "older":
        raise ArticleOutdated(article_id)
    enqueue(settings().queue_url, RenderRequest(SOURCE, article_id=article_id))
    return json_response(201 if is_new else 200, {"article_id": article_id, "article": outcome}, context.request)


def withdraw_article(context: RequestContext, article_id: str) -> HttpResponse:
    """Withdraws the article: its addresses answer 410 from now on, and the worker removes its cards."""
    stored = _find(article_id)
    now = datetime.now(UTC)
    if stored.article.status != "withdrawn":
        # Dated after the stored revision, in case a clock in the newsroom is ahead of ours.
        withdrawn_at = max(now, stored.revision.modified_at + timedelta(seconds=1))
        withdrawn = replace(stored.article, status="withdrawn", updated_at=withdrawn_at)
        if put_if_newer(settings().bucket, withdrawn, b"", now, sender=EDITORS) == "older":
            raise ArticleOutdated(article_id)
    enqueue(settings().queue_url, RenderRequest(SOURCE, article_id=article_id))
    return HttpResponse(204, headers=COMMON_HEADERS | {"Cache-Control": "no-store"})


def get_photo(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers with the photograph that cards are cropped from: upright, JPEG, at most 2400 px on its longer side."""
    record = ensure_photo(settings(), _find(article_id), PHOTO_WAIT)
    key = photo_key(record.sha256) if record and record.sha256 else None
    response = stored_response(settings().bucket, key, context.request, PRIVATE) if key else None
    if response is None:
        raise PhotoUnknown(article_id)
    return response


def _find(article_id: str) -> StoredArticle:
    check_id(article_id)
    stored = find_article(settings().bucket, article_id)
    if stored is None:
        raise ArticleUnknown(article_id)
    return stored
