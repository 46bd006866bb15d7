"""Builds the parts of the documentation that each route carries: media types, query parameters and request bodies."""

from typing import Any

from storycard.design.formats import MEDIA_TYPES

JSON = "application/json"
UNCHANGED = {"description": "The client's copy is current"}
PUBLIC_ERRORS = (400, 404, 410, 500, 503)

Content = dict[str, Any]

TEXT = {"type": "string"}
ANY_JSON: Content = {JSON: {"schema": {}}}
PLAIN: Content = {"text/plain": {"schema": {"type": "string"}}}
HTML: Content = {"text/html": {"schema": {"type": "string"}}}
JPEG: Content = {"image/jpeg": {"schema": {}}}
IMAGES: Content = {media_type: {"schema": {}} for media_type in MEDIA_TYPES.values()}
ANY_FILE: Content = {"*/*": {"schema": {}}}


def described(description: str, content: Content) -> dict[str, Any]:
    """Returns a response with its description and its content by media type."""
    return {"description": description, "content": content}


def json_of(schema: str) -> Content:
    """Returns the content of a JSON body that one of the named schemas describes (schemas.py)."""
    return {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def json_body(schema: str, *, required: bool = True) -> dict[str, Any]:
    """Returns a request body that one of the named schemas describes."""
    return {"required": required, "content": json_of(schema)}


def query_parameter(name: str, schema: dict[str, Any], description: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema, "description": description}
