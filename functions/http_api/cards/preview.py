"""Handles `POST /cards/{id}/preview`: renders one card as an order would, without storing anything."""

from datetime import UTC, datetime

from adapters.errors import ArticleUnknown, ArticleWithdrawn
from adapters.storage.article_store import is_public
from adapters.web.request_body import raw_body
from adapters.web.responses import COMMON_HEADERS, HttpResponse
from http_api.cards.expected_version import require_version
from http_api.cards.order_body import read_preview
from http_api.cards.thumbnails import WIDTH
from http_api.cards.variants import plan_variant
from http_api.paths import check_id
from http_api.request_context import RequestContext
from publishing.cards.publish import PHOTO_WAIT
from publishing.cards.render_job import assets_in, draw_card
from publishing.intake.article_lookup import stored_article
from publishing.photos import await_photo
from storycard.design.formats import MEDIA_TYPES


def preview_card(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 200 with the image. A draft or embargoed article's preview has a watermark.

    The header `Storycard-Truncated` lists the parts that were cut, `Storycard-Missing-Glyphs` counts the characters that no
    font has. Raises CardSkipped with the reason if the article has no such card.
    """
    check_id(article_id)
    order = read_preview(raw_body(context.request), assets_in(context.settings))
    stored = stored_article(context.settings, article_id)
    if stored is None:
        raise ArticleUnknown(article_id)
    if stored.article.status == "withdrawn":
        raise ArticleWithdrawn(article_id)
    require_version(context, stored, order.expected_version)
    photo = await_photo(context.settings, stored, PHOTO_WAIT)
    [part] = plan_variant(context.settings, stored.article, order.edit, photo, order.formats)
    [kind], [format_name] = order.kinds, part.formats
    watermark = not is_public(stored.article, datetime.now(UTC))
    width = WIDTH if order.is_thumbnail else None
    card = draw_card(part.settings, part.job, kind, format_name, order.image_type, preview=watermark, width=width)
    headers = COMMON_HEADERS | {
        "Cache-Control": "private, no-store",
        "Content-Length": str(len(card.data)),
        "Storycard-Truncated": ", ".join(text.role for text in card.text if text.truncated),
        "Storycard-Missing-Glyphs": str(sum(text.missing_glyphs for text in card.text)),
    }
    return HttpResponse(200, MEDIA_TYPES[card.type], card.data, headers)
