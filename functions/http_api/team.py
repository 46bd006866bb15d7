"""What a tool of the team asks before it asks for cards: who it is, what can be made, and the photograph to choose from."""

from aws_lambda_powertools.event_handler import Response

from adapters.config.settings import settings
from adapters.errors import ArticleUnknown, PhotoUnknown
from adapters.storage.article_store import find_article
from adapters.web.responses import json_answer, stored_answer
from http_api.cards import RequestContext
from http_api.paths import check_id
from publishing.photos import ensure_photo, photo_key
from publishing.publish import PATIENCE
from publishing.render_job import assets_in
from storycard.design.formats import CAROUSEL, KINDS


def whoami(context: RequestContext) -> Response:
    """The name and the role that this request's token stands for."""
    return json_answer(200, {"name": context.caller.name, "role": context.caller.role}, context.request, "private, no-store")


def catalogue(context: RequestContext) -> Response:
    """The kinds, formats and themes that there are; sizes and safe margins in px."""
    assets = assets_in(settings())
    formats = [
        {
            "name": known.name,
            "title": known.title,
            "width": known.width,
            "height": known.height,
            "safe": {side: getattr(known.safe, side) for side in ("top", "right", "bottom", "left")},
            "frame": known.frame,
        }
        for known in assets.formats.values()
    ]
    themes = [{"name": theme.name, "title": theme.title} for theme in assets.themes.values()]
    value = {"kinds": [*KINDS, CAROUSEL], "formats": formats, "themes": themes}
    return json_answer(200, value, context.request, "public, max-age=300")


def photo(context: RequestContext, article_id: str) -> Response:
    """The article's photograph as cards are cut from it: upright, JPEG, at most 2400 px."""
    check_id(article_id)
    stored = find_article(settings().bucket, article_id)
    if stored is None:
        raise ArticleUnknown(article_id)
    record = ensure_photo(settings(), stored, PATIENCE)
    key = record and record.sha256 and photo_key(record.sha256)
    answer = key and stored_answer(settings().bucket, key, context.request, "private, no-cache")
    if not answer:
        raise PhotoUnknown(article_id)
    return answer
