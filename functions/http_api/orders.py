"""`POST /cards/{id}`: a team asks for cards, perhaps with a line changed; the article itself stays as it is."""

from dataclasses import replace
from datetime import UTC, datetime

from aws_lambda_powertools.event_handler import Response

from adapters.article_store import StoredArticle
from adapters.by_id import public_article
from adapters.card_store import CardPlace
from adapters.drawing import draw_set, drawing_of
from adapters.http_answers import json_answer
from adapters.photos import ensure_photo
from adapters.publish import PATIENCE, publish_set, store_cards
from adapters.settings import settings
from adapters.takedown import still_public
from http_api.cards import Ask, read_manifest
from http_api.overrides import read_order, reworded
from http_api.paths import check_id
from http_api.requests import base_url, raw_body


def order_cards(ask: Ask, article_id: str) -> Response:
    """201 with the manifest of what was made: a variant has a version, and so pinned addresses, of its own."""
    check_id(article_id)
    order = read_order(raw_body(ask.request))
    stored = public_article(settings(), article_id, datetime.now(UTC))
    now = datetime.now(UTC)
    base = replace(settings(), public_base_url=base_url(ask.request))
    if order.is_the_usual_set:
        publish_set(base, stored, now)
        return json_answer(201, read_manifest(stored), ask.request)

    from storycard.manifest import build_manifest  # with Pillow, HarfBuzz and ICU

    design = replace(base, theme=order.theme or base.theme)
    drawing = drawing_of(design, reworded(stored.article, order.words), _photo(stored))
    card_set = draw_set(design, drawing, kinds=order.kinds, formats=order.formats, image_type=order.image_type)

    def place(card) -> CardPlace:
        return CardPlace(article_id, drawing.version, card.kind, card.format, card.type)

    cards, notices = store_cards(design, drawing, card_set.cards)
    still_public(settings(), article_id)
    manifest = build_manifest(card_set._replace(cards=cards), now, lambda card: {"url": base.public_base_url + place(card).path})
    return json_answer(201, manifest | {"version": drawing.version, "notices": list(notices)}, ask.request)


def _photo(stored: StoredArticle):
    return ensure_photo(settings(), stored, PATIENCE)
