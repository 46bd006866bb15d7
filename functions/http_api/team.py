"""What a tool of the team asks before it asks for cards: who it is, what can be made, and the photograph to choose from."""

from aws_lambda_powertools.event_handler import Response

from adapters.article_store import find_article
from adapters.drawing import assets_in
from adapters.errors import ArticleUnknown, PhotoUnknown
from adapters.http_answers import json_answer, stored_answer
from adapters.photos import ensure_photo, photo_key
from adapters.publish import PATIENCE
from adapters.settings import settings
from http_api.cards import Ask
from http_api.paths import check_id
from storycard.formats import CAROUSEL, KINDS


def whoami(ask: Ask) -> Response:
    """The name and the role that this request's token stands for."""
    return json_answer(200, {"name": ask.caller.name, "role": ask.caller.role}, ask.request, "private, no-store")


def catalogue(ask: Ask) -> Response:
    """The kinds, formats and themes that there are; sizes and safe margins in px."""
    assets = assets_in(settings())
    formats = [
        {
            "name": known.name,
            "title": known.title,
            "width": known.width,
            "height": known.height,
            "safe": {side: getattr(known.safe, side) for side in ("top", "right", "bottom", "left")},
        }
        for known in assets.formats.values()
    ]
    themes = [{"name": theme.name, "title": theme.title} for theme in assets.themes.values()]
    value = {"kinds": [*KINDS, CAROUSEL], "formats": formats, "themes": themes}
    return json_answer(200, value, ask.request, "public, max-age=300")


def photo(ask: Ask, article_id: str) -> Response:
    """The article's photograph as cards are cut from it: upright, JPEG, at most 2400 px."""
    check_id(article_id)
    stored = find_article(settings().bucket, article_id)
    if stored is None:
        raise ArticleUnknown(article_id)
    record = ensure_photo(settings(), stored, PATIENCE)
    key = record and record.sha256 and photo_key(record.sha256)
    answer = key and stored_answer(settings().bucket, key, ask.request, "private, no-cache")
    if not answer:
        raise PhotoUnknown(article_id)
    return answer
