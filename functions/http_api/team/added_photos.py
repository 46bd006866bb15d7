"""Handles `/articles/{id}/photos`: photographs that editors add to an article for their posts.

What an editor sends is neither opened nor trusted here: photo_worker finds out what it is.
"""

from adapters.errors import PhotoUnknown
from adapters.storage.added_photos import get_added_photo
from adapters.web.request_body import json_fields, raw_body
from adapters.web.responses import HttpResponse, json_response, stored_response
from http_api.cards.order_photo import SHA256
from http_api.posts.saving import team_article
from http_api.request_context import RequestContext
from http_api.team.articles import PRIVATE, within_limit
from publishing.photo_adding import add_photo
from publishing.photos import photo_key
from storycard.article import MAX_LINE, is_web_address
from storycard.errors import ArticleInvalid, shown

# Bytes; Lambda accepts 6 MB, with a file in base64. Larger files can be added by their address.
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MAX_FILE = 4_500_000


def post_photo(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 201 with the photograph's SHA-256 and size, once it is prepared. The body is a file, or its `url` as JSON."""
    team_article(context, article_id)
    if (context.request.headers.get("content-type") or "").lower().startswith("application/json"):
        url = _read_url(raw_body(context.request))
        photo = add_photo(context.settings, article_id, context.seconds_left, url=url)
    else:
        file = raw_body(context.request, MAX_FILE)
        photo = add_photo(context.settings, article_id, context.seconds_left, file=file)
    team_article(context, article_id)  # a withdrawal meanwhile deletes the photograph
    value: dict[str, object] = {"photo": photo.sha256, "width": photo.width, "height": photo.height, "faces": photo.faces}
    if photo.credit:
        value["credit"] = photo.credit
    response = json_response(201, value, context.request)
    response.headers["Location"] = f"{context.base_url}/articles/{article_id}/photos/{photo.sha256}"
    return response


def get_photo(context: RequestContext, article_id: str, sha256: str) -> HttpResponse:
    """Answers with a photograph that was added to this article, as cards are cropped from it."""
    team_article(context, article_id)
    bucket = context.settings.bucket
    is_added = SHA256.fullmatch(sha256) and get_added_photo(bucket, article_id, sha256)
    response = stored_response(bucket, photo_key(sha256), context.request, PRIVATE) if is_added else None
    if response is None:
        raise PhotoUnknown(article_id)
    return within_limit(response)


def _read_url(body: bytes) -> str:
    url = json_fields(body, ("url",)).get("url")
    if not isinstance(url, str) or not is_web_address(url) or len(url) > MAX_LINE:
        raise ArticleInvalid("url", f"the address of a picture, of at most {MAX_LINE:,} characters", shown(url))
    return url
