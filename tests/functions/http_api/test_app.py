"""Tests that every call requires its role, and that the audit log records who did what."""

import json

import pytest

from adapters.clients import secretsmanager
from adapters.config.settings import settings
from adapters.web.callers import ORIGIN_HEADER
from http_api.app import handler, logger
from support.lambda_events import call
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER

pytestmark = pytest.mark.usefixtures("one_format")  # renders less


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


@pytest.mark.parametrize(
    ("method", "path", "viewer_may"),
    [
        ("GET", "/articles/ferry", True),
        ("GET", "/cards/ferry.zip", True),
        ("PUT", "/articles/ferry", False),
        ("DELETE", "/articles/ferry", False),
        ("POST", "/cards/ferry", False),
    ],
)
def test_each_call_requires_its_role(aws, method, path, viewer_may):
    store_article(aws, "ferry")
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic YTpi"}, {"authorization": "Bearer "}):
        answer = call(handler, method, path, headers)
        assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert (call(handler, method, path, VIEWER).status == 403) is not viewer_may


def test_audits_orders_withdrawals_and_downloads_without_the_token(aws, log_of):
    store_article(aws, "ferry")
    lines = log_of(logger)
    call(handler, "POST", "/cards/ferry/preview", VIEWER, b'{"kind": "headline", "format": "og"}')  # not audited
    call(handler, "POST", "/cards/ferry", EDITOR, b'{"headline": "New", "kinds": ["headline"], "formats": ["og"]}')
    call(handler, "GET", "/cards/ferry.zip", VIEWER)
    call(handler, "DELETE", "/articles/ferry", VIEWER)  # refused
    call(handler, "DELETE", "/articles/ferry", EDITOR)
    audit = [line for line in lines() if line["message"] == "audit"]
    assert [(line["action"], line["caller"], line["article_id"]) for line in audit] == [
        ("order cards", "editor", "ferry"),
        ("download set", "viewer", "ferry"),
        ("withdraw article", "editor", "ferry"),
    ]
    assert all(line["timestamp"] for line in audit)
    assert "a editor token" not in json.dumps(lines())


@pytest.mark.parametrize(("path", "status"), [("/cards/ferry/headline/og.png", 200), ("/healthz", 200), ("/share/ferry", 200)])
def test_serves_only_the_cdn_if_that_is_set(aws, monkeypatch, path, status):
    store_article(aws, "ferry")
    secretsmanager().create_secret(Name="origin", SecretString="s3cret")
    monkeypatch.setenv("ORIGIN_SECRET", "origin")
    settings.cache_clear()
    for headers in ({}, {ORIGIN_HEADER: ""}, {ORIGIN_HEADER: "s3cre"}, {ORIGIN_HEADER: "s3crét"}, {ORIGIN_HEADER: "\ud800"}):
        assert call(handler, "GET", path, headers).status == 403
    assert call(handler, "GET", path, {ORIGIN_HEADER: "s3cret"}).status == status
    settings.cache_clear()
