"""Makes the card of a shared post's link preview: the headline card with the post's changes, under a pinned address."""

import json
from datetime import UTC, datetime
from typing import Any

from adapters.errors import CardBusy
from adapters.storage.article_store import StoredArticle, is_public
from adapters.storage.card_store import CardPlace
from adapters.storage.leases import make_once
from adapters.storage.s3_objects import get_object, head_object, put_object
from http_api.cards.edit import Edit, usable_edit
from http_api.cards.variants import Part, plan_variant, store_variant
from http_api.posts.content import edit_in
from http_api.posts.record import Record
from http_api.request_context import RequestContext
from publishing.cards.publish import PHOTO_WAIT
from publishing.cards.render_job import assets_in
from publishing.intake.article_lookup import public_article
from publishing.photos import PhotoRecord, await_photo, known_photo
from publishing.takedown import require_still_public, variant_key

KIND, FORMAT = "headline", "og"

LinkCard = dict[str, Any]  # url, width, height, alt, type and version


def find_link_card(context: RequestContext, stored: StoredArticle, record: Record) -> LinkCard | None:
    """Returns the card of a shared post of a public article if it has been made; else None."""
    if record["status"] != "shared" or not is_public(stored.article, datetime.now(UTC)):
        return None
    return _find(context, _plan(context, stored, edit_in(record), known_photo(context.settings.bucket, stored.article)))


def ensure_link_card(context: RequestContext, stored: StoredArticle, record: Record) -> LinkCard | None:
    """Returns the card of a shared post of a public article, and makes it if it is missing; else None.

    Raises CardSkipped if the article has no such card, CardBusy past the deadline, ArticleWithdrawn, ArticleUnknown.
    """
    if record["status"] != "shared" or not is_public(stored.article, datetime.now(UTC)):
        return None
    part = _plan(context, stored, edit_in(record), await_photo(context.settings, stored, PHOTO_WAIT))
    bucket, article_id, version = context.settings.bucket, stored.article.id, part.job.version

    def find() -> LinkCard | None:
        return _find(context, part)

    def make() -> None:
        card_set = store_variant([part], kinds=(KIND,), image_type="auto")
        for skipped in card_set.skipped:
            raise skipped
        [card] = card_set.cards
        entry = {"type": card.type, "width": card.width, "height": card.height, "alt": card.alt}
        key, body = variant_key(article_id, version), json.dumps(entry, ensure_ascii=False).encode()
        put_object(bucket, key, body, ContentType="application/json", CacheControl="private")
        require_still_public(context.settings, article_id)

    card = find() or make_once(bucket, f"{article_id}/{version}/link-card", find, make, context.seconds_left)
    if card is None:
        public_article(context.settings, article_id, datetime.now(UTC))  # raises if it was withdrawn meanwhile
        raise CardBusy(article_id)
    return card


def _plan(context: RequestContext, stored: StoredArticle, edit: Edit, photo: PhotoRecord | None) -> Part:
    usable = usable_edit(edit, stored.article, assets_in(context.settings))
    [part] = plan_variant(context.settings, stored.article, usable, photo, (FORMAT,))
    return part


def _find(context: RequestContext, part: Part) -> LinkCard | None:
    bucket, article_id, version = context.settings.bucket, part.job.article.id, part.job.version
    entry = get_object(bucket, variant_key(article_id, version))
    if entry is None:
        return None
    card: LinkCard = json.loads(entry.body)
    place = CardPlace(article_id, version, KIND, FORMAT, card["type"])
    if head_object(bucket, place.key) is None:  # deleted since, as old cards may be
        return None
    return card | {"url": context.base_url + place.path, "version": version}
