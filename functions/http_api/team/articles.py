"""Handles `/articles/{id}`: stores, returns and withdraws articles in native JSON, and returns their photographs."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from adapters.errors import ArticleUnknown, PhotoUnknown
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import StoredArticle, find_article, put_over, tombstone
from adapters.storage.s3_objects import StoredObject
from adapters.web.conditional import require_preconditions_to_write
from adapters.web.request_body import raw_body
from adapters.web.responses import COMMON_HEADERS, MAX_DIRECT, HttpResponse, json_response, stored_response
from http_api.paths import check_id
from http_api.request_context import RequestContext
from publishing.cards.publish import PHOTO_WAIT
from publishing.photos import await_photo, photo_key
from storycard.errors import ArticleInvalid, shown
from storycard.ingest import read_native

PRIVATE = "private, no-cache"
QUALITY = 75  # of JPEG; noise of 2400 x 2400 px, the largest that there can be, has 3.5 MB
SOURCE = "api"  # the source of these articles in queue messages and logs


def get_article(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers with the article as it is stored, drafts and embargoed ones included."""
    check_id(article_id)
    response = stored_response(context.settings.bucket, f"articles/{article_id}/article.json", context.request, PRIVATE)
    if response is None:
        raise ArticleUnknown(article_id)
    return response


def put_article(context: RequestContext, article_id: str) -> HttpResponse:
    """Stores a revision and has its cards rendered: 201 for a new article, 200 for a known one.

    An editor's call always replaces the stored revision, regardless of dates, unless its If-Match names another one.
    """
    check_id(article_id)
    body = raw_body(context.request)
    article = read_native(body, article_id=article_id)
    if article.id != article_id:
        raise ArticleInvalid("id", f"{article_id!r}, as in the address", shown(article.id))
    existing, now = find_article(context.settings.bucket, article_id), datetime.now(UTC)
    never_public = article.status == "withdrawn" and existing is not None and not existing.was_public(now)
    outcome = put_over(
        context.settings.bucket,
        article,
        body,
        now,
        changed_by=context.caller_name,
        never_public=never_public,
        require=_requirement(context),
    )
    enqueue(context.settings.queue_url, RenderRequest(SOURCE, article_id=article_id))
    return json_response(201 if existing is None else 200, {"article_id": article_id, "article": outcome}, context.request)


def withdraw_article(context: RequestContext, article_id: str) -> HttpResponse:
    """Withdraws the article: only its ID stays, its addresses answer 410 from now on, and the worker removes its cards.

    The addresses of an article that never was public keep answering 404.
    """
    existing, now = _find(context, article_id), datetime.now(UTC)
    withdrawn, never_public = tombstone(article_id, now), not existing.was_public(now)
    put_over(
        context.settings.bucket,
        withdrawn,
        b"",
        now,
        changed_by=context.caller_name,
        never_public=never_public,
        require=_requirement(context),
    )
    enqueue(context.settings.queue_url, RenderRequest(SOURCE, article_id=article_id))
    return HttpResponse(204, headers=COMMON_HEADERS | {"Cache-Control": "no-store"})


def _requirement(context: RequestContext) -> Callable[[StoredObject | None], None]:
    return partial(require_preconditions_to_write, context.request.headers)


def get_photo(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers with the photograph that cards are cropped from: upright, JPEG, at most 2400 px on its longer side."""
    record = await_photo(context.settings, _find(context, article_id), PHOTO_WAIT)
    key = photo_key(record.sha256) if record and record.sha256 else None
    response = stored_response(context.settings.bucket, key, context.request, PRIVATE) if key else None
    if response is None:
        raise PhotoUnknown(article_id)
    return within_limit(response)


def within_limit(response: HttpResponse) -> HttpResponse:
    """Returns the response with a photograph of more than MAX_DIRECT bytes, which Lambda could not return, compressed more."""
    if isinstance(response.body, bytes) and len(response.body) > MAX_DIRECT:
        response.body = _compressed(response.body)
        response.headers["Content-Length"] = str(len(response.body))
    return response


def _compressed(photo: bytes) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(photo)) as image:
        image.save(out, "JPEG", quality=QUALITY, subsampling="4:2:0")
    return out.getvalue()


def _find(context: RequestContext, article_id: str) -> StoredArticle:
    check_id(article_id)
    stored = find_article(context.settings.bucket, article_id)
    if stored is None:
        raise ArticleUnknown(article_id)
    return stored
