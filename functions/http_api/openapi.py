"""The table of routes into an OpenAPI 3.1 document; loaded only by who asks for it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from http_api.listing import MAX_QUERY
from http_api.openapi_schemas import SCHEMAS
from http_api.paths import VERSION
from http_api.routes import ROUTES, Route
from storycard.article import ARTICLE_ID
from storycard.design.formats import EXTENSIONS, KINDS, MEDIA_TYPES, load_formats

JSON = "application/json"
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
PICTURES = {media_type: {"schema": {}} for media_type in MEDIA_TYPES.values()}
REASONS: Mapping[int, str] = MappingProxyType(
    {
        400: "Part of the address or of the query is not valid",
        401: "No bearer token, or none of this newsroom",
        403: "The token is not for that",
        404: "Unknown, or not for the public: an embargo is nobody's business",
        409: "A newer revision is stored",
        410: "Withdrawn",
        413: "The body is too large",
        422: "A field breaks its rule",
        500: "A fault of ours",
        501: "Only JSON is served",
        503: "Not ready yet; ask again",
    }
)
PUBLIC = (400, 404, 410, 500, 503)


@cache
def document(assets_dir: Path) -> str:
    """The document in JSON, with a newline at its end."""
    formats = list(load_formats(assets_dir / "formats.toml"))
    paths = {route.template: _path(route, formats) for route in ROUTES}
    security = {"token": {"type": "http", "scheme": "bearer", "description": "A token of the newsroom: viewer or editor"}}
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": "Storycard",
            "version": "1",
            "description": "Share cards of a newsroom's articles, by article ID and names from fixed lists.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": SCHEMAS, "securitySchemes": security},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _path(route: Route, formats: list[str]) -> dict:
    parameters = {
        "article_id": ("The article's ID", {"type": "string", "pattern": f"^{ARTICLE_ID.pattern}$", "examples": ["ferry-42"]}),
        "version": ("The version in a pinned address", {"type": "string", "pattern": f"^{VERSION.pattern}$"}),
        "kind": ("The kind of card, or carousel-1 to carousel-12", {"type": "string", "examples": list(KINDS)}),
        "format_name": ("The platform's format", {"type": "string", "enum": formats}),
        "name": ("A file of the Studio", {"type": "string"}),
        "extension": ("The image type", {"type": "string", "enum": list(EXTENSIONS.values())}),
    }
    named = [
        {"name": name, "in": "path", "required": True, "description": words, "schema": schema}
        for name, (words, schema) in parameters.items()
        if f"{{{name}}}" in route.template
    ]
    methods = {method.lower(): _operation(route, method) for method in route.methods}
    return ({"parameters": named} if named else {}) | methods


def _operation(route: Route, method: str) -> dict:
    handler = route.methods[method]
    name = f"{handler.__module__.rpartition('.')[2]}.{handler.__name__}"
    summary, success, refusals, more = OPERATIONS[name]
    stand_in = _HTML if name.startswith("share.") else PICTURES if name.startswith("cards.") and name != "cards.manifest" else {}
    responses = {status: dict(answer) for status, answer in success.items()}
    for status in sorted({*refusals, *((401, 403) if method in route.roles else ())}):
        responses[str(status)] = {"description": REASONS[status], "content": PROBLEM | stand_in}
    if method == "HEAD":
        responses = {status: {"description": answer["description"]} for status, answer in responses.items()}
    operation = {"operationId": f"{method.lower()}.{name}", "summary": summary, **more, "responses": responses}
    if role := route.roles.get(method):
        operation |= {"security": [{"token": []}], "description": f"Needs a token with the role {role}."}
    return operation


def _ok(words: str, schema: str | None = None, content: dict | None = None, status: int = 200) -> dict:
    body = content or {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {str(status): {"description": words, "content": body}}


def _body(schema: str, required: bool) -> dict:
    return {"requestBody": {"required": required, "content": {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}}


def _query(name: str, schema: dict, words: str, required: bool = False) -> dict:
    return {"name": name, "in": "query", "required": required, "schema": schema, "description": words}


_UNCHANGED = {"304": {"description": "What the client has is the newest"}}
_ZIP = {"application/zip": {"schema": {}}, JSON: {"schema": {"$ref": "#/components/schemas/Link"}}}
_JPEG = {"image/jpeg": {"schema": {}}}
_HTML = {"text/html": {"schema": {"type": "string"}}}
_CHOICE = [
    _query("version", {"type": "string", "pattern": f"^{VERSION.pattern}$"}, "A variant's; without it, the newest set"),
    _query("kinds", {"type": "string"}, "Of those alone, with commas between"),
    _query("formats", {"type": "string"}, "Of those alone, with commas between"),
]
_SEARCH = [
    _query("query", {"type": "string", "maxLength": MAX_QUERY}, "An ID or how it begins, an address, or words of the headline"),
    _query("cursor", {"type": "string"}, "Of the answer before"),
]
_PIXELS = {"type": "integer", "minimum": 1, "maximum": 999_999}
_OEMBED = [
    _query("url", {"type": "string"}, "A share page's or a card's address here", required=True),
    _query("format", {"type": "string"}, "json; anything else is 501"),
    _query("maxwidth", _PIXELS, "The most px that a photo is shown wide"),
    _query("maxheight", _PIXELS, "The most px that a photo is shown high"),
]

# By handler: a summary, the answers that are no refusal, the refusals, and what else OpenAPI has for it.
OPERATIONS = MappingProxyType(
    {
        "health.healthz": ("Whether the function answers", _ok("It does", content={JSON: {"schema": {}}}), (500,), {}),
        "health.openapi": ("This document", _ok("It", content={JSON: {"schema": {}}}) | _UNCHANGED, (500,), {}),
        "cards.newest_card": ("The newest card", _ok("The card", content=PICTURES) | _UNCHANGED, PUBLIC, {}),
        "cards.negotiated_card": (
            "The newest card in the best type that Accept names",
            _ok("The card", content=PICTURES) | _UNCHANGED,
            PUBLIC,
            {},
        ),
        "cards.pinned_card": ("A card for ever", _ok("The card", content=PICTURES) | _UNCHANGED, PUBLIC, {}),
        "cards.download": ("A pinned card for who saves it", _ok("The card", content=PICTURES), PUBLIC, {}),
        "cards.manifest": ("The newest set", _ok("Its manifest", "Manifest") | _UNCHANGED, PUBLIC, {}),
        "render_requests.order_cards": (
            "Make cards, perhaps with a line or the design changed",
            _ok("The manifest of what was made", "Manifest", status=201),
            (*PUBLIC, 413, 422),
            _body("Order", required=False),
        ),
        "zip_download.download": (
            "The newest set, or a variant's cards, as a zip",
            _ok("The zip, or where a large one is, for who takes JSON", content=_ZIP)
            | {"303": {"description": "It is in S3, for minutes"}},
            PUBLIC,
            {"parameters": _CHOICE},
        ),
        "preview.preview_card": (
            "One card as an order would make it, stored nowhere",
            _ok("The card", content=PICTURES),
            (*PUBLIC, 413, 422),
            _body("Preview", required=True),
        ),
        "listing.list_articles": (
            "Articles, newest first, or those that are searched for",
            _ok("At most 24 of them", "Articles"),
            (400, 500),
            {"parameters": _SEARCH},
        ),
        "team.whoami": ("Whose token this is", _ok("Name and role", "Caller"), (500,), {}),
        "team.catalogue": ("The kinds, formats and themes there are", _ok("They", "Catalogue"), (500,), {}),
        "team.photo": ("The article's photograph", _ok("It", content=_JPEG) | _UNCHANGED, (400, 404, 500), {}),
        "studio.page": ("The Studio", _ok("The page", content=_HTML) | _UNCHANGED, (500,), {}),
        "studio.part": ("A file of the Studio", _ok("The file", content={"*/*": {"schema": {}}}) | _UNCHANGED, (404, 500), {}),
        "studio.sign_in": ("How people sign in to the Studio", _ok("It", content={JSON: {"schema": {}}}), (500,), {}),
        "articles.get_article": ("The article as stored", _ok("It", "Article") | _UNCHANGED, (400, 404, 500), {}),
        "articles.put_article": (
            "Store a revision and have its cards made",
            _ok("Known before", "Stored") | _ok("New", "Stored", status=201),
            (400, 409, 413, 422, 500),
            _body("Article", required=True),
        ),
        "articles.delete_article": (
            "Withdraw the article and its cards",
            {"204": {"description": "Withdrawn"}},
            (400, 404, 409, 500),
            {},
        ),
        "share.newest": ("The share page of the headline", _ok("The page", content=_HTML) | _UNCHANGED, PUBLIC, {}),
        "share.share": ("The share page of one kind of card", _ok("The page", content=_HTML) | _UNCHANGED, PUBLIC, {}),
        "oembed.oembed": ("oEmbed 1.0", _ok("A photo", "Photo"), (*PUBLIC, 501), {"parameters": _OEMBED}),
    }
)
