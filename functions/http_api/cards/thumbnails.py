"""Serves stored cards scaled down, for pages that show many at once."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from adapters.errors import QueryInvalid
from adapters.storage.card_store import IMMUTABLE, CardPlace
from adapters.storage.s3_objects import get_object
from adapters.web.conditional import not_modified, require_preconditions
from adapters.web.responses import HttpResponse, object_headers, sized
from http_api.request_context import RequestContext
from storycard import RENDERER
from storycard.design.formats import MEDIA_TYPES
from storycard.errors import shown

WIDTH = 400  # px; the only size, so that no caller can fill the CDN with sizes of one card


def asks_for_thumbnail(context: RequestContext) -> bool:
    """Returns whether the query has a `size`. Raises QueryInvalid for any other than WIDTH."""
    size = (context.request.query_string_parameters or {}).get("size")
    if size not in (None, str(WIDTH)):
        raise QueryInvalid("size", str(WIDTH), shown(size))
    return size is not None


def thumbnail_response(context: RequestContext, place: CardPlace, sources: Iterable[str]) -> HttpResponse | None:
    """Answers 200 with the card scaled to WIDTH, in the type of its place, or 304; None if S3 has it in none of `sources`.

    `sources` are image types: a page may get thumbnails as WebP of cards that are stored as PNG only.
    """
    keys = (replace(place, type=source).key for source in sources)
    found = next(filter(None, (get_object(context.settings.bucket, key) for key in keys)), None)
    if found is None:
        return None
    name = f"{found.etag} {place.type} {WIDTH} {RENDERER}"  # what determines the bytes
    etag = f'"{hashlib.sha256(name.encode()).hexdigest()[:32]}"'
    require_preconditions(context.request.headers, etag, found.last_modified)
    headers = object_headers(replace(found, etag=etag, disposition="")) | {"Cache-Control": IMMUTABLE}
    if not_modified(context.request.headers, etag, found.last_modified):
        return HttpResponse(304, headers=headers)

    from storycard.encoding.thumbnail import scale_card  # loads Pillow, which most requests do not need

    data = scale_card(found.body, WIDTH, place.type)
    return sized(HttpResponse(200, MEDIA_TYPES[place.type], data, headers), context.request, len(data))
