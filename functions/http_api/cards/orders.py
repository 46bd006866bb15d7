"""Handles `POST /cards/{id}`: renders cards on order, with changes to the text or the design if any are given."""

from dataclasses import replace
from datetime import UTC, datetime

from adapters.storage.article_store import StoredArticle
from adapters.web.request_body import raw_body
from adapters.web.responses import HttpResponse, json_response
from http_api.cards.expected_version import expected_article
from http_api.cards.manifest import newest_manifest
from http_api.cards.order_body import Order, read_order
from http_api.cards.own_words import foreign_quotes, require_own_quotes
from http_api.cards.variants import make_variant
from http_api.paths import check_id
from http_api.request_context import RequestContext
from publishing.cards.publish import PHOTO_WAIT, Manifest, publish_set
from publishing.cards.render_job import assets_in
from publishing.photos import await_photo


def order_cards(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 201 with a manifest of the cards.

    An order without changes publishes the article's set. If a newer revision's set is published meanwhile, the manifest is
    that set's. An order with changes makes a variant, with a separate version and pinned addresses; the article stays as
    it is. Raises StoryChanged if the story is not of the order's `expected_version`, before the cards are made or after.
    """
    check_id(article_id)
    order = read_order(raw_body(context.request), assets_in(context.settings))
    stored = expected_article(context, article_id, order.expected_version)
    manifest = _make_cards(context, stored, order)
    if order.expected_version:  # a correction may have come while the cards were rendered
        expected_article(context, article_id, order.expected_version)
    return json_response(201, manifest, context.request)


def _make_cards(context: RequestContext, stored: StoredArticle, order: Order) -> Manifest:
    article_id, now = stored.article.id, datetime.now(UTC)
    with_base = replace(context.settings, public_base_url=context.base_url)
    if foreign := foreign_quotes(stored.article, order.edit):
        require_own_quotes(context.settings, foreign)
        context.audit["not_in_article"] = foreign
    photo = await_photo(context.settings, stored, PHOTO_WAIT)
    if order.is_default_set:
        publish_set(with_base, stored, now, photo)
        return newest_manifest(context, article_id)
    return make_variant(
        with_base, stored.article, order.edit, photo, order.formats, kinds=order.kinds, image_type=order.image_type, now=now
    )
