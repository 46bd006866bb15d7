"""Detects the source format of a file, for the command line. Webhook sources state their format in the configuration."""

import codecs
import json
import re
from dataclasses import fields
from typing import Any

from storycard.article import Article
from storycard.ingest.fields import at

_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[\[\]{\"\d])")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|script|meta|title|link|article|main)",
    re.IGNORECASE | re.DOTALL,
)


def detect_format(data: bytes) -> str:
    """Returns the name in FORMATS that `data` looks like, "" for JSON of no known format, and "text" for everything else.

    Faulty JSON is "native", whose reader reports the fault.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    if _PAGE.match(data):
        return "jsonld"
    if not _JSON.match(data):
        return "text"
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return "native"
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, dict):
        return "native"
    return next((name for name, matches in _DETECTORS if matches(value)), "")


def _is_wordpress(source: dict[str, Any]) -> bool:
    inner = at(source, "post")
    post = inner if isinstance(inner, dict) else source
    return at(post, "title", "rendered") is not None or "post_title" in post or "_embedded" in post


def _is_ghost(source: dict[str, Any]) -> bool:
    post = at(source, "post", "current") or at(source, "posts", 0) or source
    return isinstance(post, dict) and "title" in post and bool(_GHOST & post.keys())


def _is_ans(source: dict[str, Any]) -> bool:
    stories = (story for story in (source, at(source, "body")) if isinstance(story, dict))
    return any(isinstance(at(story, "headlines"), dict) or "content_elements" in story for story in stories)


def _is_ninjs(source: dict[str, Any]) -> bool:
    return "uri" in source and bool(_NINJS & {key.lower() for key in source})


def _is_native(source: dict[str, Any]) -> bool:
    return "headline" in source or source.keys() <= _NATIVE


_NATIVE = {field.name for field in fields(Article)}
_GHOST = frozenset({"mobiledoc", "lexical", "feature_image", "custom_excerpt", "html", "plaintext"})
_NINJS = frozenset(
    {"representationtype", "pubstatus", "versioncreated", "headline", "headlines"}
    | {"bodies", "body_html", "body_text", "body_xhtml"}
)
# The first match wins.
_DETECTORS = (
    ("jsonld", lambda source: "@context" in source or "@graph" in source or "@type" in source),
    ("wordpress", _is_wordpress),
    ("ghost", _is_ghost),
    ("ans", _is_ans),
    ("ninjs", _is_ninjs),
    ("native", _is_native),
)
