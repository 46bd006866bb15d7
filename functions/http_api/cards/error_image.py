"""Answers failed image requests with the brand's fallback image, so that no page shows a broken one."""

import re
from functools import cache

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from adapters.config.settings import Settings
from adapters.web.responses import COMMON_HEADERS, HttpResponse
from publishing.cards.render_job import assets_in
from storycard.design.formats import MEDIA_TYPES, TYPES_BY_EXTENSION

# /cards/{id}/{kind}/{format}, with or without a version, with or without an extension.
_CARD_PATH = re.compile(r"/cards(?:/[^/]+){2,}/(?P<format>[^/.]+)(?:\.(?P<extension>[^/.]+))?")
_IMAGE_EXTENSION = re.compile(r"\.(?:png|jpe?g|webp|avif|gif|svg)$", re.IGNORECASE)
_DEFAULT_FORMAT = "og"


def error_image(settings: Settings, status: int, request: BaseProxyEvent) -> HttpResponse | None:
    """Returns the fallback image in the format and type of the request; None if the request is not for an image."""
    card = _CARD_PATH.fullmatch(request.path)
    if card is None and not _IMAGE_EXTENSION.search(request.path):
        return None
    if not _wants_image(request.path, request.headers.get("accept") or ""):
        return None
    formats = assets_in(settings).formats
    format_name = card["format"] if card and card["format"] in formats else _DEFAULT_FORMAT
    extension = (card and card["extension"]) or "png"
    image_type = TYPES_BY_EXTENSION.get(extension.replace("jpeg", "jpg"), "png")
    data = _render(settings, format_name, image_type)
    max_age = 60 if status < 500 else 10  # seconds; a fault is likely to pass sooner than a missing article
    headers = COMMON_HEADERS | {
        "Cache-Control": f"public, max-age={max_age}",
        "Content-Length": str(len(data)),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept",
    }
    return HttpResponse(status, MEDIA_TYPES[image_type], b"" if request.http_method == "HEAD" else data, headers)


def _wants_image(path: str, accept: str) -> bool:
    """Returns whether the answer is an image: after an image extension unless Accept names JSON, else if Accept names images."""
    has_extension = _IMAGE_EXTENSION.search(path) is not None
    if "image/" in accept:
        return has_extension or "text/html" not in accept
    return has_extension and "json" not in accept


@cache
def _render(settings: Settings, format_name: str, image_type: str) -> bytes:
    from storycard.error_card import render_fallback_card  # loads Pillow and HarfBuzz, which most requests do not need

    assets = assets_in(settings)
    return render_fallback_card(assets.formats[format_name], assets, settings.theme, image_type)
