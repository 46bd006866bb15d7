"""Tests the roles of callers who signed in through API Gateway's authorizer."""

import base64
import json

import pytest

from adapters.config.settings import settings
from http_api.app import handler
from support.lambda_events import call
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def token_with(claims: dict[str, object]) -> str:
    """Returns a JSON Web Token with these claims, and without a valid signature."""
    return f"header.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.signature"


def signed_in(method: str, path: str, body: bytes = b"", *, forged: object = None, second: object = None, **claims: object):
    """Calls the handler as API Gateway does once its authorizer has verified a JSON Web Token."""
    written = {name: f"[{' '.join(map(str, value))}]" if isinstance(value, list) else value for name, value in claims.items()}
    header = f"Bearer {token_with(claims | ({'roles': forged} if forged else {}))}"
    if second:
        header += f",Bearer {token_with(claims | {'roles': second})}"

    def with_claims(event, context):
        event["requestContext"]["authorizer"] = {"jwt": {"claims": written, "scopes": None}}
        return handler(event, context)

    return call(with_claims, method, f"/signed-in{path}", {"authorization": header}, body)


@pytest.mark.parametrize(
    ("roles", "reads", "writes"),
    [
        (["editor", "staff"], 200, 204),
        (["photo editor interns", "editor"], 200, 204),
        ("viewer", 200, 403),
        ("editor", 200, 204),
        (["viewer"], 200, 403),
        (["editors"], 403, 403),
        (["photo editor interns"], 403, 403),
        (["not an editor"], 403, 403),
        ("not an editor", 403, 403),
        ("editor,viewer", 403, 403),
        ("[editor]", 403, 403),
        ('["editor"]', 403, 403),
        ("editor viewer", 403, 403),
        ("Editor", 403, 403),
        ("editor ", 403, 403),
        (["Editor", "EDITOR", " editor", "editor\n"], 403, 403),
        ([["editor"]], 403, 403),
        ([{"editor": True}], 403, 403),
        ([None, 1, "viewer"], 403, 403),
        ({"editor": True}, 403, 403),
        (None, 403, 403),
        (True, 403, 403),
        ([], 403, 403),
        ("", 403, 403),
    ],
)
def test_a_signed_in_caller_has_the_role_of_a_whole_value_of_their_claim(aws, oidc, roles, reads, writes):
    store_article(aws, "ferry")
    assert signed_in("GET", "/articles/ferry", email="ida@paper.example", roles=roles).status == reads
    assert signed_in("DELETE", "/articles/ferry", email="ida@paper.example", roles=roles).status == writes


def test_roles_that_were_not_verified_do_not_count(aws, oidc):
    store_article(aws, "ferry")
    assert signed_in("GET", "/articles/ferry", roles=["staff"], forged=["editor"]).status == 403
    assert signed_in("GET", "/articles/ferry", roles="staff", forged="editor").status == 403


def test_a_second_token_in_the_header_does_not_count(aws, oidc):
    """API Gateway writes the list of one role and that of three in the same way."""
    store_article(aws, "ferry")
    answer = signed_in("GET", "/articles/ferry", roles=["photo editor interns"], second=["photo", "editor", "interns"])
    assert answer.status == 403


def test_the_provider_s_names_for_roles_are_configurable(aws, oidc, monkeypatch):
    monkeypatch.setenv("OIDC_EDITOR_ROLE", "cards: editors")
    settings.cache_clear()
    store_article(aws, "ferry")
    assert signed_in("DELETE", "/articles/ferry", roles=["editor"]).status == 403
    assert signed_in("DELETE", "/articles/ferry", roles=["cards: editors"]).status == 204


def test_the_signed_in_path_is_404_without_verified_claims(aws, oidc):
    store_article(aws, "ferry")
    assert call(handler, "GET", "/signed-in/articles/ferry", EDITOR).status == 404
