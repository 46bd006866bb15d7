"""Tests that the OpenAPI document describes every route, and that docs/openapi.json is current."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import fields

import pytest

from adapters.web.responses import HttpResponse
from http_api.app import handler
from http_api.openapi.document import ERRORS, openapi_document
from http_api.openapi.endpoint import with_openapi
from http_api.openapi.schemas import SCHEMAS
from http_api.route import Operation, Route, get_and_head
from http_api.routes import ROUTES
from storycard.article import Article
from support.lambda_events import call
from support.paths import ASSETS, ROOT

COMMITTED = ROOT / "docs" / "openapi.json"
ALL_ROUTES = with_openapi(ROUTES)


def paths_of(routes: Iterable[Route]) -> dict:
    return json.loads(openapi_document(routes, ASSETS))["paths"]


def documentation_gaps(routes: Iterable[Route]) -> Iterator[str]:
    """Names what the routes still need to be documented; each message says where to add it."""
    for route in routes:
        for parameter in paths_of([route])[route.template].get("parameters", ()):
            if "description" not in parameter:
                yield f"{route.template}: expected {parameter['name']!r} in _path_parameters (openapi/document.py)"
        for method, operation in route.operations.items():
            for name in ("operation_id", "summary", "responses", "errors"):
                if not getattr(operation, name):
                    yield f"{method} {route.template}: expected {name} in its Operation, got nothing"
            for status in set(operation.errors) - set(ERRORS):
                yield f"{method} {route.template}: expected {status} in ERRORS (openapi/document.py)"


def undocumented(context, thing: str) -> HttpResponse:
    return HttpResponse(200)


def test_every_route_is_documented():
    assert list(documentation_gaps(ALL_ROUTES)) == []


def test_names_what_an_undocumented_route_lacks():
    new = Route("/things/<thing>", {"GET": Operation(undocumented, errors=(418,))})
    assert list(documentation_gaps([new])) == [
        "/things/{thing}: expected 'thing' in _path_parameters (openapi/document.py)",
        "GET /things/{thing}: expected operation_id in its Operation, got nothing",
        "GET /things/{thing}: expected summary in its Operation, got nothing",
        "GET /things/{thing}: expected responses in its Operation, got nothing",
        "GET /things/{thing}: expected 418 in ERRORS (openapi/document.py)",
    ]


def test_the_document_lists_an_undocumented_route():
    new = Route("/things/<thing>[.]zip", get_and_head(Operation(undocumented, role="viewer")))
    assert set(paths_of([*ROUTES, new])["/things/{thing}.zip"]) == {"parameters", "get", "head"}


def test_operation_ids_are_unique():
    names = [operation.operation_id for route in ALL_ROUTES for operation in route.operations.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("template", "method", "operation_id"),
    [("/cards/{article_id}", "post", "orderCards"), ("/cards/{article_id}", "head", "headManifest")],
)
def test_operation_ids_are_stable_names(template, method, operation_id):
    assert paths_of(ALL_ROUTES)[template][method]["operationId"] == operation_id


def test_describes_exactly_the_methods_that_are_routed():
    assert {path: set(calls) - {"parameters"} for path, calls in paths_of(ALL_ROUTES).items()} == {
        route.template: {method.lower() for method in route.operations} for route in ALL_ROUTES
    }


def test_describes_every_field_of_an_article():
    assert set(SCHEMAS["Article"]["properties"]) == {field.name for field in fields(Article)} | {"plain_text"}


def test_names_the_calls_that_need_a_token():
    calls = {(path, method): call for path, item in paths_of(ALL_ROUTES).items() for method, call in item.items()}
    guarded = {(path, method.upper()) for (path, method), call in calls.items() if "security" in call}
    assert guarded == {
        (route.template, method) for route in ALL_ROUTES for method, operation in route.operations.items() if operation.role
    }


def test_the_committed_document_is_the_served_one(endpoint):
    served = call(handler, "GET", "/openapi.json")
    assert (served.status, served.headers["content-type"]) == (200, "application/json")
    if os.environ.get("UPDATE_DOCS"):
        COMMITTED.write_bytes(served.body)
    assert served.body == COMMITTED.read_bytes(), "run `make docs`"
