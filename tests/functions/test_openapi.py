import json
import os
from pathlib import Path

from lambda_events import call

from http_api.app import handler
from http_api.openapi import OPERATIONS, document
from http_api.routes import ROUTES

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "openapi.json"


def test_the_document_is_committed_as_it_is_served(endpoint):
    served = call(handler, "GET", "/openapi.json")
    assert (served.status, served.headers["content-type"]) == (200, "application/json")
    if os.environ.get("UPDATE_DOCS"):
        COMMITTED.write_bytes(served.body)
    assert served.body == COMMITTED.read_bytes(), "run UPDATE_DOCS=1 pytest tests/functions/test_openapi.py"


def test_every_call_is_described_and_nothing_else():
    described = json.loads(document(ROOT / "assets"))["paths"]
    assert {path: set(calls) - {"parameters"} for path, calls in described.items()} == {
        route.template: {method.lower() for method in route.methods} for route in ROUTES
    }
    handlers = {f"{h.__module__.rpartition('.')[2]}.{h.__name__}" for route in ROUTES for h in route.methods.values()}
    assert handlers == set(OPERATIONS)


def test_what_needs_a_token_says_so():
    described = json.loads(document(ROOT / "assets"))["paths"]
    guarded = {(path, method.upper()) for path, calls in described.items() for method in calls if "security" in calls[method]}
    assert guarded == {(route.template, method) for route in ROUTES for method in route.roles}
