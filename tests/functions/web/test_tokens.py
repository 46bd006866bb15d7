"""Tests adapters.web.tokens: tables without tokens, and errors that name the key."""

import pytest

from adapters.errors import ConfigInvalid, TokenInvalid
from adapters.web import tokens
from adapters.web.tokens import authorise, parse_tokens
from support.team_tokens import EDITOR


def test_an_empty_secret_accepts_no_token(aws):
    with pytest.raises(TokenInvalid):
        authorise("no-such-secret", EDITOR["authorization"], "viewer")


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ("tokens = 1", "tokens"),
        ("[tokens", "tokens"),
        ("[tokens]\ndesk = 1", "tokens.desk"),
        ('[tokens.desk]\nsha256 = "abc"\nrole = "viewer"', "tokens.desk.sha256"),
        (f'[tokens.desk]\nsha256 = "{"a" * 64}"\nrole = "owner"', "tokens.desk.role"),
    ],
)
def test_an_invalid_table_of_tokens_names_the_key(document, field):
    with pytest.raises(ConfigInvalid) as error:
        parse_tokens(document)
    assert error.value.field == field


def test_a_document_without_tokens_has_none():
    assert parse_tokens("") == ()


def test_a_header_that_is_no_unicode_is_an_unknown_token(monkeypatch):
    monkeypatch.setattr(tokens, "connections_document", lambda name: "")
    with pytest.raises(TokenInvalid):
        authorise("connections", "Bearer \ud800", "viewer")
