"""Handles `/articles/{id}/versions`: the versions of a story's cards that its team may look at and download."""

from adapters.errors import ArticleUnknown, ArticleWithdrawn, VersionUnknown
from adapters.storage.article_store import StoredArticle, find_article
from adapters.storage.version_store import version_key
from adapters.web.responses import HttpResponse, json_response, stored_response
from http_api.paths import check_id, check_version
from http_api.request_context import RequestContext
from publishing.queries.version_history import version_history

PRIVATE = "private, no-cache"


def list_versions(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 200 with the versions, newest first. Raises ArticleWithdrawn: nothing of them is left."""
    check_id(article_id)
    stored = _find(context, article_id)
    value = {"versions": version_history(context.settings, stored)}
    return json_response(200, value, context.request, PRIVATE)


def get_version(context: RequestContext, article_id: str, version: str) -> HttpResponse:
    """Answers 200 with the manifest of a version, or 304. Raises VersionUnknown."""
    check_version(article_id, version)
    _find(context, article_id)
    response = stored_response(context.settings.bucket, version_key(article_id, version), context.request, PRIVATE)
    if response is None:
        raise VersionUnknown(article_id, version)
    return response


def _find(context: RequestContext, article_id: str) -> StoredArticle:
    stored = find_article(context.settings.bucket, article_id)
    if stored is None:
        raise ArticleUnknown(article_id)
    if stored.article.status == "withdrawn":
        raise ArticleWithdrawn(article_id)
    return stored
