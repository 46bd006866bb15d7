"""Handles `.../comments` and `.../approval` of a post: what the team says of it, and a second editor's approval."""

from datetime import UTC, datetime

from adapters.storage.post_store import StoredPost
from adapters.web.request_body import json_fields, raw_body
from adapters.web.responses import HttpResponse
from http_api.posts.answer import require_seen
from http_api.posts.content import is_unicode, read_text
from http_api.posts.limits import MAX_BODY, MAX_COMMENT
from http_api.posts.record import Record, approved, commented, unapproved
from http_api.posts.saving import caller_name, change_post, team_article
from http_api.request_context import RequestContext
from storycard.errors import ArticleInvalid


def add_comment(context: RequestContext, article_id: str, post: str) -> HttpResponse:
    """Answers 201 with the post and its new comment. The ETag that an editor has seen stays good for saving."""
    fields = json_fields(raw_body(context.request, MAX_BODY), ("text",))
    text, by = read_text(fields, "text", MAX_COMMENT).strip(), caller_name(context)
    if not is_unicode(text):
        raise ArticleInvalid("text", "text in Unicode", "half of a surrogate pair")
    stored = team_article(context, article_id)
    return change_post(context, stored, post, lambda existing: commented(existing, text, by, datetime.now(UTC)), 201)


def approve_post(context: RequestContext, article_id: str, post: str) -> HttpResponse:
    """Answers with the approved post; 412 if If-Match names another state, 409 for the post's last author."""
    stored, by = team_article(context, article_id), caller_name(context)

    def change(existing: StoredPost) -> Record:
        require_seen(context.request.headers, existing, is_optional=True)
        return approved(existing, by, datetime.now(UTC))

    return change_post(context, stored, post, change)


def unapprove_post(context: RequestContext, article_id: str, post: str) -> HttpResponse:
    """Answers with the post without its approval. It is no longer shared if the newsroom requires approvals."""
    stored, by, is_needed = team_article(context, article_id), caller_name(context), context.settings.needs_approval
    return change_post(context, stored, post, lambda existing: unapproved(existing, by, datetime.now(UTC), is_needed))
