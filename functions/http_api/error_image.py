"""A refused request for an image into a picture all the same: no page shows a broken one because of us."""

import re
from functools import cache

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters.config.settings import Settings, settings
from adapters.web.responses import COMMON
from publishing.render_job import assets_in
from storycard.design.formats import MEDIA_TYPES, TYPES_BY_EXTENSION

# /cards/{id}/{kind}/{format}, with a version or without, with an extension or without.
_CARD = re.compile(r"/cards(?:/[^/]+){2,}/(?P<format>[^/.]+)(?:\.(?P<extension>[^/.]+))?")
_PICTURES = re.compile(r"\.(?:png|jpe?g|webp|avif|gif|svg)$", re.IGNORECASE)
_DEFAULT_FORMAT = "og"
_KEPT = {True: "public, max-age=60", False: "public, max-age=10"}  # an error of ours passes sooner than a missing article


def picture_answer(status: int, request: BaseProxyEvent) -> Response | None:
    """The fallback picture in the format and type asked for, or None for who wants to read what is wrong."""
    card = _CARD.fullmatch(request.path)
    if card is None and not _PICTURES.search(request.path):
        return None
    if not _wants_picture(request.path, request.headers.get("accept") or ""):
        return None
    formats = assets_in(settings()).formats
    format_name = card["format"] if card and card["format"] in formats else _DEFAULT_FORMAT
    extension = (card and card["extension"]) or "png"
    image_type = TYPES_BY_EXTENSION.get(extension.replace("jpeg", "jpg"), "png")
    data = _drawn(settings(), format_name, image_type)
    headers = COMMON | {
        "Cache-Control": _KEPT[status < 500],
        "Content-Length": str(len(data)),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept",
    }
    return Response(status, MEDIA_TYPES[image_type], b"" if request.http_method == "HEAD" else data, headers)


def _wants_picture(path: str, accept: str) -> bool:
    """A path that ends like a file is a picture's, unless JSON is asked for by name; any other only if Accept names images."""
    if "image/" in accept:
        return _PICTURES.search(path) is not None or "text/html" not in accept
    return _PICTURES.search(path) is not None and "json" not in accept


@cache
def _drawn(settings: Settings, format_name: str, image_type: str) -> bytes:
    from storycard.error_card import fallback_picture  # Pillow and HarfBuzz: not on the way of a card that S3 has ready

    assets = assets_in(settings)
    return fallback_picture(assets.formats[format_name], assets, settings.theme, image_type)
