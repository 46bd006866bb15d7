"""Tests the roles of callers who signed in through API Gateway's authorizer."""

import pytest

from http_api.app import handler
from support.lambda_events import call
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def signed_in(method: str, path: str, body: bytes = b"", **claims: str):
    """Calls the handler as API Gateway does once its authorizer has verified a JSON Web Token."""

    def with_claims(event, context):
        event["requestContext"]["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
        return handler(event, context)

    return call(with_claims, method, f"/signed-in{path}", {"authorization": "Bearer a.b.c"}, body)


@pytest.mark.parametrize(
    ("roles", "reads", "writes"), [("[editor staff]", 200, 204), ("viewer", 200, 403), ("[editors]", 403, 403), ("", 403, 403)]
)
def test_a_signed_in_caller_has_the_role_of_their_claim(aws, oidc, roles, reads, writes):
    store_article(aws, "ferry")
    assert signed_in("GET", "/articles/ferry", email="ida@paper.example", roles=roles).status == reads
    assert signed_in("DELETE", "/articles/ferry", email="ida@paper.example", roles=roles).status == writes


def test_the_signed_in_path_is_404_without_verified_claims(aws, oidc):
    store_article(aws, "ferry")
    assert call(handler, "GET", "/signed-in/articles/ferry", EDITOR).status == 404
