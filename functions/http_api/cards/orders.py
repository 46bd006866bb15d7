"""Handles `POST /cards/{id}`: renders cards on order, with changes to the text or the design if any are given."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.storage.card_store import CardPlace
from adapters.web.request_body import raw_body
from adapters.web.responses import HttpResponse, json_response
from http_api.cards.manifest import newest_manifest
from http_api.cards.order_body import apply_changes, read_order
from http_api.paths import check_id
from http_api.request_context import RequestContext
from publishing.cards.publish import PHOTO_WAIT, publish_set, store_cards
from publishing.cards.render_job import assets_in, draw_set, render_job_for
from publishing.intake.article_lookup import public_article
from publishing.photos import await_photo
from publishing.takedown import require_still_public

if TYPE_CHECKING:
    from storycard.card_set import Card


def order_cards(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 201 with a manifest of the cards.

    An order without changes publishes the article's set. If a newer revision's set is published meanwhile, the manifest is
    that set's. An order with changes makes a variant, with a separate version and pinned addresses; the article stays as
    it is.
    """
    check_id(article_id)
    order = read_order(raw_body(context.request), assets_in(context.settings))
    now = datetime.now(UTC)
    stored = public_article(context.settings, article_id, now)
    with_base = replace(context.settings, public_base_url=context.base_url)
    if order.is_default_set:
        publish_set(with_base, stored, now, await_photo(context.settings, stored, PHOTO_WAIT))
        return json_response(201, newest_manifest(context, article_id), context.request)

    from storycard.manifest import build_manifest  # loads Pillow, HarfBuzz and ICU, which most requests do not need

    design = replace(with_base, theme=order.theme or with_base.theme)
    photo = await_photo(context.settings, stored, PHOTO_WAIT)
    job = render_job_for(design, apply_changes(stored.article, order.changes), photo)
    card_set = draw_set(design, job, kinds=order.kinds, formats=order.formats, image_type=order.image_type)
    cards, notices = store_cards(design, job, card_set.cards)
    require_still_public(context.settings, article_id)

    def address(card: "Card") -> dict[str, str]:
        place = CardPlace(article_id, job.version, card.kind, card.format, card.type)
        return {"url": with_base.public_base_url + place.path}

    manifest = build_manifest(card_set._replace(cards=cards, notices=card_set.notices + notices), now, address)
    return json_response(201, manifest | {"version": job.version}, context.request)
