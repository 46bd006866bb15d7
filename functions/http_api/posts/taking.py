"""Makes the cards of a saved post, which editors take as a zip or send to a chat."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from adapters.errors import TokenTooWeak
from adapters.storage.article_store import StoredArticle
from http_api.cards.edit import usable_edit
from http_api.cards.own_words import foreign_quotes, require_own_quotes
from http_api.cards.variants import make_variant
from http_api.posts.content import edit_in
from http_api.posts.post_page import edited_article
from http_api.posts.saving import existing_post
from http_api.request_context import RequestContext
from publishing.cards.publish import PHOTO_WAIT, Manifest
from publishing.cards.render_job import assets_in
from publishing.photos import await_photo
from storycard.article import Article
from storycard.design.kinds import KINDS


@dataclass(frozen=True, slots=True)
class TakenPost:
    """A post's cards, the article with its words, its text if it has one, and the end of its share page's address or ""."""

    manifest: Manifest
    article: Article
    text: str | None
    page: str


def take_post(context: RequestContext, stored: StoredArticle, name: str, formats: tuple[str, ...] = ()) -> TakenPost:
    """Renders and stores a post's headline, fact and quote, in these formats or else in its own.

    Raises TokenTooWeak for a viewer, since its cards become public, and PostUnknown, QuoteForeign and what rendering raises.
    """
    if context.caller is None or context.caller.role != "editor":
        raise TokenTooWeak("editor")
    record = existing_post(context, stored.article.id, name).fields
    settings = replace(context.settings, public_base_url=context.base_url)
    edit = usable_edit(edit_in(record), stored.article, assets_in(settings))
    context.audit["post"] = name
    if foreign := foreign_quotes(stored.article, edit):
        require_own_quotes(settings, foreign)
        context.audit["not_in_article"] = foreign
    photo = await_photo(settings, stored, PHOTO_WAIT)
    chosen = formats or tuple(name for name in record.get("formats", ()) if name in assets_in(settings).formats) or None
    manifest = make_variant(settings, stored.article, edit, photo, chosen, kinds=KINDS, image_type="auto", now=datetime.now(UTC))
    page = f"/p/{name}" if record["status"] == "shared" else ""
    return TakenPost(manifest, edited_article(context, stored, record), record.get("text"), page)
