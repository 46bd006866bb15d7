"""Building blocks of the documentation that each route carries: media types, query parameters and request bodies."""

from typing import Any

from http_api.paths import VERSION
from http_api.team.article_list import MAX_QUERY
from storycard.design.formats import MEDIA_TYPES

JSON = "application/json"
UNCHANGED = {"description": "The client's copy is current"}
PUBLIC_ERRORS = (400, 404, 410, 500, 503)

Content = dict[str, Any]

ANY_JSON: Content = {JSON: {"schema": {}}}
HTML: Content = {"text/html": {"schema": {"type": "string"}}}
JPEG: Content = {"image/jpeg": {"schema": {}}}
IMAGES: Content = {media_type: {"schema": {}} for media_type in MEDIA_TYPES.values()}
ANY_FILE: Content = {"*/*": {"schema": {}}}


def described(description: str, content: Content) -> dict[str, Any]:
    """A response with its description and its content by media type."""
    return {"description": description, "content": content}


def json_of(schema: str) -> Content:
    """JSON that one of the named schemas describes (schemas.py)."""
    return {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def json_body(schema: str, *, required: bool = True) -> dict[str, Any]:
    """A request body that one of the named schemas describes."""
    return {"required": required, "content": json_of(schema)}


def query_parameter(name: str, schema: dict[str, Any], description: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema, "description": description}


_TEXT = {"type": "string"}
_PIXELS = {"type": "integer", "minimum": 1, "maximum": 999_999}

SELECTION = (
    query_parameter("version", _TEXT | {"pattern": f"^{VERSION.pattern}$"}, "A variant's version; without it, the newest set"),
    query_parameter("kinds", _TEXT, "Only these kinds, separated by commas"),
    query_parameter("formats", _TEXT, "Only these formats, separated by commas"),
)
SEARCH = (
    query_parameter("query", _TEXT | {"maxLength": MAX_QUERY}, "An ID or its beginning, an address, or words of the headline"),
    query_parameter("cursor", _TEXT, "The cursor from the previous page of results"),
)
OEMBED = (
    query_parameter("url", _TEXT, "The address of a share page or a card on this site", required=True),
    query_parameter("format", _TEXT, "`json`; any other format is answered with 501"),
    query_parameter("maxwidth", _PIXELS, "The greatest width in px"),
    query_parameter("maxheight", _PIXELS, "The greatest height in px"),
)
