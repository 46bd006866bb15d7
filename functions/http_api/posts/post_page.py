"""Serves `/share/{id}/p/{post}`: the share page of a post, with its own words and card."""

from dataclasses import replace
from datetime import UTC, datetime

from adapters.errors import PostUnknown
from adapters.storage.article_store import StoredArticle
from adapters.web.responses import HttpResponse
from http_api.cards.edit import apply_edit, usable_edit
from http_api.cards.manifest import empty_head
from http_api.pages.share_page import share_response
from http_api.paths import check_id
from http_api.posts.content import edit_in
from http_api.posts.link_card import FORMAT, LinkCard, ensure_link_card, find_link_card
from http_api.posts.record import Record
from http_api.posts.saving import existing_post
from http_api.request_context import RequestContext
from publishing.cards.render_job import assets_in
from publishing.intake.article_lookup import public_article
from storycard.article import Article, SocialHeadlines


def get_post_page(context: RequestContext, article_id: str, post: str) -> HttpResponse:
    """Answers with the page of a shared post. What the post leaves as it is follows the corrections of the article."""
    stored, record = shared_post(context, article_id, post)
    if context.request.http_method == "HEAD" and find_link_card(context, stored, record) is None:
        return empty_head("text/html; charset=utf-8")
    article, card = edited_article(context, stored, record), link_card(context, stored, record)
    return share_response(context, article, card, f"{context.base_url}/share/{article_id}/p/{post}")


def shared_post(context: RequestContext, article_id: str, post: str) -> tuple[StoredArticle, Record]:
    """Returns a shared post and its article. Raises PostUnknown for any other post, and what `public_article` raises."""
    check_id(article_id)
    stored = public_article(context.settings, article_id, datetime.now(UTC))
    record = existing_post(context, article_id, post).fields
    if record["status"] != "shared":
        raise PostUnknown(article_id, post)
    return stored, record


def link_card(context: RequestContext, stored: StoredArticle, record: Record) -> LinkCard:
    """Returns the card of a shared post, made if it is missing. Raises PostUnknown if the article is not public any more."""
    card = ensure_link_card(context, stored, record)
    if card is None:
        raise PostUnknown(stored.article.id, record["post"])
    return card


def edited_article(context: RequestContext, stored: StoredArticle, record: Record) -> Article:
    """Returns the article with the words of the post: those of link previews, and the headline for X."""
    edit = usable_edit(edit_in(record), stored.article, assets_in(context.settings))
    shown, on_x = (apply_edit(stored.article, edit, name) for name in (FORMAT, "x"))
    return replace(shown, headline=shown.headline_on(FORMAT), social_headlines=SocialHeadlines(x=on_x.headline_on("x")))
