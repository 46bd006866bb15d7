"""Compares what the Studio's client of the API, core/api.js, calls and expects with the routes and their documentation."""

import re

import pytest

from http_api.openapi.schemas import SCHEMAS
from http_api.routes import ROUTES
from support.paths import docs

# With x for each variable part of a path. `pathOf` returns the path of a post.
API = re.sub(r"\$\{id\(\w+\)\}", "x", re.sub(r"\$\{(pathOf\(.+?\))\}", r"\1", docs("assets/studio/core/api.js")))
CALLS = re.findall(r'(?:call|json)\("([A-Z]+)", [`"]?(/[^`",?)]*)', re.sub(r"pathOf\(\w+, \w+\)", "/articles/x/posts/x", API))
TYPES = docs("assets/studio/core/types.d.ts")


def test_calls_are_routed() -> None:
    routed = {(method, re.sub(r"{\w+}", "x", route.template)) for route in ROUTES for method in route.operations}
    assert len(CALLS) > 20
    assert set(CALLS) - routed == set(), "add these routes to a routes.py, or mend the calls in core/api.js"


def test_answers_have_a_type() -> None:
    assert re.findall(r"@property {.*\bany\b.*", API) == [], "describe these answers in core/types.d.ts"


@pytest.mark.parametrize("name", ["Article", "Catalogue", "Manifest", "Post", "Status"])
def test_fields_of_answers_are_documented(name: str) -> None:
    [body] = re.findall(rf"^export type {name} = [^{{\n]*{{\n(.*?)^}};", TYPES, re.MULTILINE | re.DOTALL)
    fields = re.findall(r"^  (\w+)(\??):", body, re.MULTILINE)
    assert {field for field, _ in fields} <= SCHEMAS[name]["properties"].keys(), "add them to openapi/schemas.py"
    always = {field for field, optional in fields if not optional}
    assert always <= set(SCHEMAS[name]["required"]), "mark them with ? in core/types.d.ts, or as required in openapi/schemas.py"
