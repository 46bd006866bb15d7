"""Tests requests for a manifest whose article changes before they are answered."""

from datetime import UTC, datetime

import pytest

from adapters.clients import s3
from adapters.config.settings import settings
from adapters.storage.article_store import find_article
from adapters.storage.card_store import manifest_key
from http_api.app import handler
from http_api.cards import manifest, orders
from publishing.cards.publish import publish_set
from publishing.takedown import take_down
from support.lambda_events import call
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def withdraw(aws) -> None:
    store_article(aws, "ferry", status="withdrawn", updated_at="2026-03-01T11:00:00Z")
    take_down(aws.bucket, "ferry")


def delete_manifest(aws) -> None:
    s3().delete_object(Bucket=aws.bucket, Key=manifest_key("ferry"))


def publish_newer_revision(aws) -> None:
    store_article(aws, "ferry", headline="Harbour ferries stop at midnight", updated_at="2026-03-01T11:00:00Z")
    publish_set(settings(), find_article(aws.bucket, "ferry"), NOW)


@pytest.fixture
def ferry(aws):
    aws.connect(TOKENS)
    store_article(aws, "ferry")
    return aws


def run_after(monkeypatch, module, name: str, event) -> None:
    """Makes `module.name` run `event` once it is done, as another process might."""
    original = getattr(module, name)

    def wrapped(*args, **kwargs):
        result = original(*args, **kwargs)
        event()
        return result

    monkeypatch.setattr(module, name, wrapped)


@pytest.mark.parametrize(("event", "status"), [(withdraw, 410), (delete_manifest, 503)])
def test_get_of_a_manifest_that_is_removed_meanwhile_is_a_problem(ferry, monkeypatch, event, status):
    run_after(monkeypatch, manifest, "ensure_set", lambda: event(ferry))
    answer = call(handler, "GET", "/cards/ferry")
    assert (answer.status, answer.json["status"]) == (status, status)
    assert ("retry-after" in answer.headers) is (status == 503)


@pytest.mark.parametrize(("event", "status"), [(withdraw, 410), (delete_manifest, 503)])
def test_an_order_whose_manifest_is_removed_meanwhile_is_a_problem(ferry, monkeypatch, event, status):
    run_after(monkeypatch, orders, "publish_set", lambda: event(ferry))
    answer = call(handler, "POST", "/cards/ferry", EDITOR)
    assert (answer.status, answer.json["status"]) == (status, status)
    assert ("retry-after" in answer.headers) is (status == 503)


def test_an_order_overtaken_by_a_newer_revision_returns_the_newer_manifest(ferry, monkeypatch):
    run_after(monkeypatch, orders, "expected_article", lambda: publish_newer_revision(ferry))
    answer = call(handler, "POST", "/cards/ferry", EDITOR)
    assert answer.status == 201
    assert "midnight" in answer.json["cards"][0]["alt"]
    assert answer.json == call(handler, "GET", "/cards/ferry").json


@pytest.mark.parametrize(
    "path", ["/cards/ferry", "/share/ferry", "/share/ferry/quote", "/oembed?url=https://cards.example/share/ferry"]
)
def test_head_makes_no_cards(aws, path):
    store_article(aws)
    path, _, query = path.partition("?")
    answer = call(handler, "HEAD", path, query=query)
    assert (answer.status, answer.body, answer.headers["cache-control"]) == (200, b"", "no-store")
    assert aws.list_keys("cards/") == []
    get = call(handler, "GET", path, query=query)
    assert answer.headers["content-type"] == get.headers["content-type"]
    assert call(handler, "HEAD", path, query=query).headers == get.headers
