"""`POST /cards/{id}`: a team asks for cards, perhaps with a line changed; the article itself stays as it is."""

from dataclasses import replace
from datetime import UTC, datetime

from aws_lambda_powertools.event_handler import Response

from adapters.config.settings import settings
from adapters.storage.article_store import StoredArticle
from adapters.storage.card_store import CardPlace
from adapters.web.responses import json_answer
from http_api.cards import RequestContext, read_manifest
from http_api.overrides import read_order, reworded
from http_api.paths import check_id
from http_api.requests import base_url, raw_body
from publishing.article_lookup import public_article
from publishing.photos import ensure_photo
from publishing.publish import PATIENCE, publish_set, store_cards
from publishing.render_job import draw_set, render_job_for
from publishing.takedown import still_public


def order_cards(context: RequestContext, article_id: str) -> Response:
    """201 with the manifest of what was made: a variant has a version, and so pinned addresses, of its own."""
    check_id(article_id)
    order = read_order(raw_body(context.request))
    stored = public_article(settings(), article_id, datetime.now(UTC))
    now = datetime.now(UTC)
    base = replace(settings(), public_base_url=base_url(context.request))
    if order.is_the_usual_set:
        publish_set(base, stored, now)
        return json_answer(201, read_manifest(stored), context.request)

    from storycard.manifest import build_manifest  # with Pillow, HarfBuzz and ICU

    design = replace(base, theme=order.theme or base.theme)
    job = render_job_for(design, reworded(stored.article, order.words), _photo(stored))
    card_set = draw_set(design, job, kinds=order.kinds, formats=order.formats, image_type=order.image_type)

    def place(card) -> CardPlace:
        return CardPlace(article_id, job.version, card.kind, card.format, card.type)

    cards, notices = store_cards(design, job, card_set.cards)
    still_public(settings(), article_id)
    manifest = build_manifest(card_set._replace(cards=cards), now, lambda card: {"url": base.public_base_url + place(card).path})
    return json_answer(201, manifest | {"version": job.version, "notices": list(notices)}, context.request)


def _photo(stored: StoredArticle):
    return ensure_photo(settings(), stored, PATIENCE)
