"""Handles `/articles/{id}/status`: what an open page asks every few seconds to learn whether its story has changed."""

import json
from datetime import UTC, datetime

from adapters.errors import ArticleUnknown
from adapters.web.responses import HttpResponse, text_response
from http_api.paths import check_id
from http_api.request_context import RequestContext
from publishing.intake.article_lookup import stored_article
from publishing.queries.article_state import status


def get_status(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 200 with the status of any stored article, or 304. Renders nothing.

    An article that was fetched from the CMS is fetched again if that is due, as it is when its cards are requested.
    """
    check_id(article_id)
    stored = stored_article(context.settings, article_id)
    if stored is None:
        raise ArticleUnknown(article_id)
    text = json.dumps(status(context.settings, stored, datetime.now(UTC)), ensure_ascii=False)
    return text_response(context.request, "application/json", text, "private, no-cache")
