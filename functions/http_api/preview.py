"""`POST /cards/{id}/preview`: one card, as an order would make it, straight from the renderer to whoever is still typing."""

from dataclasses import replace
from datetime import UTC, datetime

from aws_lambda_powertools.event_handler import Response

from adapters.config.settings import settings
from adapters.errors import ArticleUnknown, ArticleWithdrawn
from adapters.storage.article_store import is_public
from adapters.web.responses import COMMON
from http_api.cards import RequestContext
from http_api.overrides import read_order_of_one, reworded
from http_api.paths import check_id
from http_api.requests import raw_body
from publishing.article_lookup import stored_article
from publishing.photos import ensure_photo
from publishing.publish import PATIENCE
from publishing.render_job import draw_set, render_job_for
from storycard.design.formats import MEDIA_TYPES


def preview_card(context: RequestContext, article_id: str) -> Response:
    """200 with the picture; nothing is stored.

    The header `Storycard-Truncated` names the parts that had to be cut. What the public may not see yet bears a watermark.
    Raises CardSkipped with the reason when there is no such card.
    """
    check_id(article_id)
    order = read_order_of_one(raw_body(context.request))
    stored = stored_article(settings(), article_id)
    if stored is None:
        raise ArticleUnknown(article_id)
    if stored.article.status == "withdrawn":
        raise ArticleWithdrawn(article_id)
    design = replace(settings(), theme=order.theme or settings().theme)
    photo = ensure_photo(settings(), stored, PATIENCE)
    job = render_job_for(design, reworded(stored.article, order.words), photo)
    hidden = not is_public(stored.article, datetime.now(UTC))
    drawn = draw_set(design, job, kinds=order.kinds, formats=order.formats, image_type=order.image_type, preview=hidden)
    for skipped in drawn.skipped:
        raise skipped
    [card] = drawn.cards
    headers = COMMON | {
        "Cache-Control": "private, no-store",
        "Content-Length": str(len(card.data)),
        "Storycard-Truncated": ", ".join(text.role for text in card.text if text.truncated),
        "Storycard-Missing-Glyphs": str(sum(text.missing_glyphs for text in card.text)),
    }
    return Response(200, MEDIA_TYPES[card.type], card.data, headers)
