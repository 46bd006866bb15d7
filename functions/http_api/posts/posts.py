"""Handles `/articles/{id}/posts` and `/articles/{id}/posts/{post}`: lists, creates, returns, saves and deletes posts."""

import json
from datetime import UTC, datetime
from typing import Any

from adapters.errors import PostsFull
from adapters.storage.article_store import StoredArticle
from adapters.storage.post_store import StoredPost, delete_post, find_posts, new_name, post_etags
from adapters.storage.revisions import ATTEMPTS
from adapters.storage.version_store import find_version
from adapters.web.request_body import raw_body
from adapters.web.responses import COMMON_HEADERS, MAX_DIRECT, HttpResponse, json_response, text_response
from http_api.cards.own_words import foreign_quotes, require_own_quotes
from http_api.cards.variants import edited_photo
from http_api.paths import VERSION
from http_api.posts.answer import answer_of, compute, compute_all, etag_of, require_seen
from http_api.posts.content import check_edit, read_content
from http_api.posts.limits import MAX_BODY, MAX_POSTS
from http_api.posts.link_card import ensure_link_card, find_link_card
from http_api.posts.record import Record, Save, base_in, base_of, created, saved
from http_api.posts.saving import caller_name, change_post, existing_post, refresh_share_page, save_record, team_article
from http_api.request_context import RequestContext
from publishing.cards.publish import current_version
from publishing.cards.render_job import assets_in

PRIVATE = "private, no-cache"


def list_posts(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers with all posts of the article, the newest first, without their histories.

    If that is more than Lambda can answer, it is without their comments too.
    """
    stored = team_article(context, article_id)
    posts = find_posts(context.settings.bucket, article_id)
    answers = []
    for post in sorted(posts, key=lambda post: str(post.fields["created_at"]), reverse=True):
        card = find_link_card(context, stored, post.fields)
        answer = answer_of(post, compute(stored.article, post.fields, context.base_url, card))
        answers.append({name: value for name, value in answer.items() if name != "history"})
    if len(json.dumps(answers)) > MAX_DIRECT:
        answers = [answer | {"comments": []} for answer in answers]
    return json_response(200, {"posts": answers}, context.request, "private, no-store")


def create_post(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 201 with the new post, its ETag and its address in Location."""
    stored, save = _read(context, article_id)
    if len(post_etags(context.settings.bucket, article_id)) >= MAX_POSTS:
        raise PostsFull(MAX_POSTS)
    name = new_name()
    response = save_record(context, stored, name, created(stored.article, name, save), None, 201)
    if response is None:
        raise TimeoutError(f"posts/{article_id}/{name}: expected a free name, got one that is taken")
    response.headers["Location"] = f"/articles/{article_id}/posts/{name}"
    return response


def get_post(context: RequestContext, article_id: str, post: str) -> HttpResponse:
    """Answers with one post, and 304 while neither the post nor what follows from the article has changed."""
    stored = team_article(context, article_id)
    found = existing_post(context, article_id, post)
    computed = compute_all(context, stored, found.fields, ensure_link_card(context, stored, found.fields))
    text = json.dumps(answer_of(found, computed), ensure_ascii=False)
    return text_response(context.request, "application/json", text, PRIVATE, etag=etag_of(found, computed))


def save_post(context: RequestContext, article_id: str, post: str) -> HttpResponse:
    """Replaces what a client writes of the post; 428 without If-Match, 412 if another editor was faster."""
    stored, save = _read(context, article_id)

    def change(existing: StoredPost) -> Record:
        require_seen(context.request.headers, existing)
        return saved(stored.article, existing, save)

    return change_post(context, stored, post, change)


def remove_post(context: RequestContext, article_id: str, post: str) -> HttpResponse:
    """Deletes the post, whose share page answers 404 from now on; 412 if If-Match names another state."""
    team_article(context, article_id)
    for _ in range(ATTEMPTS):
        existing = existing_post(context, article_id, post)
        require_seen(context.request.headers, existing, is_optional=True)
        if delete_post(context.settings.bucket, article_id, existing):
            refresh_share_page(context, article_id, existing.fields, {})
            return HttpResponse(204, headers=COMMON_HEADERS | {"Cache-Control": "no-store"})
    raise TimeoutError(f"posts/{article_id}/{post}: lost {ATTEMPTS} conditional writes in a row")


def _read(context: RequestContext, article_id: str) -> tuple[StoredArticle, Save]:
    """Returns the article, and what the client writes of a post of it."""
    content = read_content(raw_body(context.request, MAX_BODY), assets_in(context.settings))
    stored = team_article(context, article_id)
    check_edit(stored.article, content.edit)
    for format_name in (None, *(name for name, changes in content.edit.format_changes.items() if "photo" in changes)):
        edited_photo(context.settings.bucket, stored.article.id, content.edit, format_name, None)
    foreign = foreign_quotes(stored.article, content.edit)
    require_own_quotes(context.settings, foreign)
    version = current_version(context.settings, stored)
    seen = _words_seen(context, stored, content.based_on, version)
    return stored, Save(content, version, caller_name(context), datetime.now(UTC), foreign, seen)


def _words_seen(context: RequestContext, stored: StoredArticle, seen: str, present: str) -> dict[str, Any] | None:
    """Returns the words of the version that an editor has looked at; None if they name none, or one that is not stored."""
    if seen == present:
        return base_of(stored.article, present)
    version = find_version(context.settings.bucket, stored.article.id, seen) if VERSION.fullmatch(seen) else None
    return base_in(version) if version else None
