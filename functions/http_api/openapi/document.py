"""Builds the OpenAPI 3.1 document from the routes and the documentation that they carry."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from adapters.storage.post_store import POST
from http_api.openapi.schemas import SCHEMAS
from http_api.paths import VERSION
from http_api.route import Operation, Route
from storycard.article import ARTICLE_ID
from storycard.design.formats import EXTENSIONS, load_formats
from storycard.design.kinds import KINDS

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
ERRORS: Mapping[int, str] = MappingProxyType(
    {
        400: "Part of the address or of the query is not valid",
        401: "The bearer token is missing or unknown",
        403: "The token's role does not allow this",
        404: "Not found; drafts and embargoed articles are reported as unknown",
        406: "The answer is too large for a client that does not accept gzip",
        409: "The story changed since the version in the request, or its state or that of the post forbids this",
        410: "The article was withdrawn",
        412: "If-Match, If-Unmodified-Since or If-None-Match names another state",
        413: "The body is too large",
        422: "A field is not valid",
        428: "If-Match is missing",
        500: "Internal error",
        501: "Only JSON is served",
        503: "Not ready yet; try again after the seconds in Retry-After",
    }
)


def openapi_document(routes: Iterable[Route], assets_dir: Path) -> str:
    """Returns the document as JSON text that ends with a newline.

    A route without documentation is listed with what can be derived from it; a test reports what it lacks.
    """
    path_parameters = _path_parameters(assets_dir)
    paths = {route.template: _path(route, path_parameters) for route in routes}
    security = {"token": {"type": "http", "scheme": "bearer", "description": "A token of the newsroom, of a viewer or an editor"}}
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Storycard",
            "version": "1",
            "description": "Share cards of a newsroom's articles, addressed by article ID and by names from fixed lists.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": SCHEMAS, "securitySchemes": security},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _path_parameters(assets_dir: Path) -> dict[str, dict[str, Any]]:
    formats = list(load_formats(assets_dir / "formats.toml"))
    described = {
        "article_id": ("The article's ID", {"type": "string", "pattern": f"^{ARTICLE_ID.pattern}$", "examples": ["ferry-42"]}),
        "version": ("The version of a pinned card", {"type": "string", "pattern": f"^{VERSION.pattern}$"}),
        "post": ("The name of a saved post", {"type": "string", "pattern": f"^{POST.pattern}$"}),
        "kind": (
            "The kind of card, question-1 to question-12, or carousel-1 to carousel-12",
            {"type": "string", "examples": list(KINDS)},
        ),
        "format_name": ("The format of the card", {"type": "string", "enum": formats}),
        "room": ("A folder of the Studio, or a release of it", {"type": "string"}),
        "release": ("The release that the page names", {"type": "string", "pattern": "^[0-9a-f]{16}$"}),
        "sha256": ("The photograph, as the call that added it names it", {"type": "string", "pattern": "^[0-9a-f]{64}$"}),
        "name": ("A file of the Studio", {"type": "string"}),
        "extension": ("The image type", {"type": "string", "enum": list(EXTENSIONS.values())}),
    }
    return {name: {"description": description, "schema": schema} for name, (description, schema) in described.items()}


def _path(route: Route, known: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, **known.get(name, {"schema": {"type": "string"}})}
        for name in re.findall(r"{(\w+)}", route.template)
    ]
    operations = {method.lower(): _operation(method, operation) for method, operation in route.operations.items()}
    return ({"parameters": parameters} if parameters else {}) | operations


def _operation(method: str, operation: Operation) -> dict[str, Any]:
    errors = {*operation.errors, *((401, 403) if operation.role else ())}
    responses: dict[str, dict[str, Any]] = {
        **{str(status): dict(response) for status, response in operation.responses.items()},
        **{
            str(status): {"description": ERRORS.get(status, "Error"), "content": {**PROBLEM, **operation.error_content}}
            for status in sorted(errors)
        },
    }
    if method == "HEAD":
        responses = {status: {"description": response["description"]} for status, response in responses.items()}
    described: dict[str, Any] = {
        "operationId": operation.operation_id,
        "summary": operation.summary,
        "parameters": list(operation.parameters),
        "requestBody": operation.body,
        "responses": responses,
    }
    if operation.role:
        described |= {"security": [{"token": []}], "description": f"Needs a token with the role {operation.role}."}
    return {name: value for name, value in described.items() if value}
