"""Saves the states of posts: each over the state before it, and never beside a withdrawn article."""

from collections.abc import Callable, Mapping
from typing import Any

from adapters.errors import ArticleUnknown, ArticleWithdrawn, PathInvalid, PostUnknown, TokenInvalid
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage.article_store import StoredArticle, find_article
from adapters.storage.post_store import POST, StoredPost, delete_post, find_post, put_post
from adapters.storage.revisions import ATTEMPTS
from adapters.web.responses import HttpResponse, json_response
from http_api.cards.own_words import foreign_quotes
from http_api.paths import check_id
from http_api.posts.answer import answer_of, compute_all, etag_of, with_digest
from http_api.posts.content import compare, edit_in
from http_api.posts.link_card import ensure_link_card
from http_api.posts.record import Record, require_approval
from http_api.request_context import RequestContext
from publishing.intake.article_lookup import stored_article
from publishing.takedown import CDN
from storycard.errors import shown

PUBLIC_FIELDS = ("status", "changes", "format_changes")  # those that the share page depends on


def team_article(context: RequestContext, article_id: str) -> StoredArticle:
    """Returns an article whose posts the team may see: also drafts, and articles under embargo.

    Raises PathInvalid, ArticleUnknown, ArticleWithdrawn.
    """
    check_id(article_id)
    stored = stored_article(context.settings, article_id)
    if stored is None:
        raise ArticleUnknown(article_id)
    if stored.article.status == "withdrawn":
        raise ArticleWithdrawn(article_id)
    return stored


def existing_post(context: RequestContext, article_id: str, name: str) -> StoredPost:
    """Returns the post. Raises PathInvalid for a name that no post can have, PostUnknown."""
    if not POST.fullmatch(name):
        raise PathInvalid("post", "10 letters a to z and digits 2 to 7", shown(name))
    found = find_post(context.settings.bucket, article_id, name)
    if found is None:
        raise PostUnknown(article_id, name)
    return found


def caller_name(context: RequestContext) -> str:
    if context.caller is None:
        raise TokenInvalid
    return context.caller.name


def change_post(
    context: RequestContext, stored: StoredArticle, name: str, change: Callable[[StoredPost], Record], status: int = 200
) -> HttpResponse:
    """Replaces a post by what `change` makes of it, and answers with the result; writes nothing if that is the same.

    `change` is called again if another write was faster. Raises TimeoutError after ATTEMPTS lost writes.
    """
    for _ in range(ATTEMPTS):
        existing = existing_post(context, stored.article.id, name)
        record = change(existing)
        if response := save_record(context, stored, name, record, existing, status):
            return response
        team_article(context, stored.article.id)  # raises if a withdrawal deleted the post
    raise TimeoutError(f"posts/{stored.article.id}/{name}: lost {ATTEMPTS} conditional writes in a row")


def save_record(
    context: RequestContext, stored: StoredArticle, name: str, record: Record, existing: StoredPost | None, status: int
) -> HttpResponse | None:
    """Writes a new post, or over an existing one, and answers with it; None if another write was faster.

    Raises ApprovalMissing, CardSkipped if the article has no card to share, and ArticleWithdrawn if it was withdrawn meanwhile.
    """
    article, bucket, before = stored.article, context.settings.bucket, existing.fields if existing else {}
    require_approval(record, context.settings.needs_approval)
    computed = compute_all(context, stored, record, ensure_link_card(context, stored, record))
    post = existing
    if record is not before:
        post = put_post(bucket, article.id, name, with_digest(record, computed), existing)
    if post is None:
        return None
    if post is not existing:
        require_not_withdrawn(context, post)
        refresh_share_page(context, article.id, before, record)
    _audit(context, stored, before, record)
    response = json_response(status, answer_of(post, computed), context.request)
    response.headers["ETag"] = etag_of(post, computed)
    return response


def refresh_share_page(context: RequestContext, article_id: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Has the CDN's copies of the article's pages deleted if a shared post differs: only the worker may do that."""
    was_shared, is_shared = (record.get("status") == "shared" for record in (before, after))
    if (was_shared or is_shared) and any(before.get(name) != after.get(name) for name in PUBLIC_FIELDS):
        enqueue(context.settings.queue_url, RenderRequest(CDN, article_id=article_id))


def require_not_withdrawn(context: RequestContext, post: StoredPost) -> None:
    """Deletes the post and raises ArticleWithdrawn if its article was withdrawn while it was written.

    A withdrawal is stored before posts are deleted, so either that deletion covers this post, or this check sees the withdrawal.
    """
    article_id = post.fields["article_id"]
    stored = find_article(context.settings.bucket, article_id)
    if stored is None or stored.article.status == "withdrawn":
        delete_post(context.settings.bucket, article_id, post)
        raise ArticleWithdrawn(article_id)


def _audit(context: RequestContext, stored: StoredArticle, before: Mapping[str, Any], after: Record) -> None:
    """Adds to the audit log which fields differ, but not their words, which are in the post's history."""
    changed = [change["field"] for change in compare(stored.article, before, after)]
    changed += ["status"] if before.get("status", "draft") != after["status"] else []
    lists = {"changed": changed, "not_in_article": foreign_quotes(stored.article, edit_in(after))}
    context.audit.update({"post": after["post"], "version": after["based_on"]["version"]})
    context.audit.update({name: value for name, value in lists.items() if value})
