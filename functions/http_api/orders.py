"""`POST /cards/{id}`: a team asks for cards, perhaps with a line changed; the article itself stays as it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aws_lambda_powertools.event_handler import Response

from adapters.article_store import StoredArticle
from adapters.by_id import public_article
from adapters.card_store import CardPlace, put_card
from adapters.drawing import assets_in, draw_set, drawing_of
from adapters.errors import BodyUnreadable
from adapters.http_answers import json_answer
from adapters.photos import ensure_photo
from adapters.publish import PATIENCE, publish_set, store_all
from adapters.settings import settings
from adapters.takedown import still_public
from http_api.cards import Ask, read_manifest
from http_api.paths import check_id
from http_api.requests import base_url, raw_body
from storycard.article import Article
from storycard.errors import ArticleInvalid, shown
from storycard.formats import CAROUSEL, EXTENSIONS, KINDS, is_kind, named
from storycard.ingest import read_article
from storycard.ingest.native import to_native

WORDS = ("headline", "kicker", "bullet", "quote")
NAMES = ("theme", "kinds", "formats", "image_type")


@dataclass(frozen=True, slots=True)
class Order:
    """Which cards, in which design, and what they say instead of the article; None for what the article or the brand says."""

    words: Mapping[str, object]
    theme: str | None
    kinds: tuple[str, ...]
    formats: tuple[str, ...] | None
    image_type: str

    @property
    def is_the_usual_set(self) -> bool:
        return not self.words and (self.theme, self.kinds, self.formats, self.image_type) == (None, KINDS, None, "auto")


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

    store_all(card_set, lambda card: put_card(settings().bucket, place(card), card.data, drawing.article.headline))
    still_public(settings(), article_id)
    manifest = build_manifest(card_set, now, lambda card: {"url": base.public_base_url + place(card).path})
    return json_answer(201, manifest | {"version": drawing.version}, ask.request)


def read_order(body: bytes) -> Order:
    """The order in a JSON object; an empty body is the usual set. Raises BodyUnreadable, ArticleInvalid, UnknownName."""
    try:
        fields = json.loads(body or b"{}")
    except ValueError:
        raise BodyUnreadable("body", "JSON", "something else") from None
    if not isinstance(fields, dict):
        raise BodyUnreadable("body", "a JSON object", shown(fields))
    for name in fields:
        if name not in WORDS + NAMES:
            raise ArticleInvalid("body", "only " + ", ".join(WORDS + NAMES), shown(name))
    formats = assets_in(settings().assets_dir).formats
    theme, image_type = fields.get("theme"), fields.get("image_type", "auto")
    if theme is not None:
        named(assets_in(settings().assets_dir).themes, theme if isinstance(theme, str) else shown(theme), "theme")
    named(("auto", *EXTENSIONS), image_type if isinstance(image_type, str) else shown(image_type), "image_type")
    kinds = _names(fields, "kinds") or KINDS
    for kind in kinds:
        if kind != CAROUSEL and not is_kind(kind):
            named((*KINDS, CAROUSEL, f"{CAROUSEL}-1"), kind, "kinds")
    chosen = _names(fields, "formats")
    for format_name in chosen or ():
        named(formats, format_name, "formats")
    words = {name: fields[name] for name in WORDS if fields.get(name) is not None}
    return Order(words, theme, kinds, chosen, image_type)


def reworded(article: Article, words: Mapping[str, object]) -> Article:
    """The article as the order has it, by the rules of every article. Raises ArticleInvalid naming the field."""
    fields = to_native(article)
    fields |= {name: words[name] for name in ("headline", "kicker") if name in words}
    fields |= {f"{name}s": [words[name]] for name in ("bullet", "quote") if name in words}
    return read_article(json.dumps(fields).encode(), "native") if words else article


def _photo(stored: StoredArticle):
    return ensure_photo(settings(), stored, PATIENCE)


def _names(fields: Mapping[str, object], name: str) -> tuple[str, ...] | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise ArticleInvalid(name, "a list of names", shown(value))
    return tuple(dict.fromkeys(value))
