"""Tests that nobody is handed a card, or makes one, of a story that has changed since they saw it."""

import json

import pytest

from http_api.app import handler
from http_api.cards import orders
from support.lambda_events import as_body, call, native
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER

pytestmark = pytest.mark.usefixtures("one_format")
JSON = VIEWER | {"accept": "application/json"}
CHANGE = {"kinds": ["headline"], "formats": ["og"], "theme": "nightdesk"}
ONE = {"kind": "headline", "format": "og"}


@pytest.fixture
def version(aws) -> str:
    """Publishes an article, and returns the version of its set."""
    aws.connect(TOKENS)
    store_article(aws)
    return call(handler, "GET", "/cards/ferry").json["version"]


def correct(aws) -> None:
    store_article(aws, headline="Harbour ferries do NOT run all night", updated_at="2026-03-02T10:00:00Z")


def takes(version: str, path_version: str | None = None) -> list:
    """Returns the answers to all requests that name the version of the story."""
    query = f"expected_version={version}"
    body = {"expected_version": version}
    return [
        call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(body).encode()),
        call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(body | CHANGE).encode()),
        call(handler, "POST", "/cards/ferry/preview", VIEWER, json.dumps(body | ONE).encode()),
        call(handler, "GET", "/cards/ferry.zip", JSON, query=query),
        call(handler, "GET", "/cards/ferry.zip", JSON, query=f"{query}&version={path_version or version}"),
        call(handler, "GET", f"/downloads/ferry/{path_version or version}/headline/og.png", JSON, query=query),
    ]


def test_the_live_version_is_handed_out(aws, version):
    assert [answer.status for answer in takes(version)] == [201, 201, 200, 200, 200, 200]


def test_a_corrected_story_is_refused_with_its_new_version(aws, version):
    correct(aws)
    newer = call(handler, "GET", "/cards/ferry").json["version"]
    keys = aws.list_keys("cards/")
    for answer in takes(version):
        assert (answer.status, answer.json["type"]) == (409, "urn:storycard:problem:story-changed")
        assert answer.json["version"] == newer
    assert aws.list_keys("cards/") == keys


def test_a_correction_counts_before_its_cards_are_rendered(aws, version):
    correct(aws)
    for answer in takes(version):
        assert answer.status == 409
        assert "version" not in answer.json  # no set of the corrected words is public yet


@pytest.mark.parametrize("fields", [{"embargo_until": "2100-01-01T00:00:00Z"}])
def test_a_story_that_is_no_longer_public_is_refused(aws, version, fields):
    store_article(aws, updated_at="2026-03-02T10:00:00Z", **fields)
    for answer in takes(version):
        assert (answer.status, answer.json["type"]) == (409, "urn:storycard:problem:story-changed")


def test_a_withdrawn_story_is_gone_and_an_unknown_one_is_unknown(aws, version):
    store_article(aws, status="withdrawn", updated_at="2026-03-02T10:00:00Z")
    assert {answer.status for answer in takes(version)} == {410}
    assert call(handler, "GET", "/cards/tram.zip", JSON, query=f"expected_version={version}").status == 404


def test_a_revision_that_changes_no_card_changes_no_version(aws, version):
    store_article(aws, updated_at="2026-03-02T10:00:00Z")
    assert {answer.status for answer in takes(version)} == {200, 201}


def test_a_variant_is_taken_by_the_version_of_its_story(aws, version):
    variant = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(CHANGE).encode()).json["version"]
    assert variant != version
    assert {answer.status for answer in takes(version, variant)} == {200, 201}
    correct(aws)
    assert {answer.status for answer in takes(version, variant)} == {409}


@pytest.mark.parametrize("order", [{}, CHANGE])
def test_a_correction_during_an_order_is_refused_too(aws, version, monkeypatch, order):
    make = orders._make_cards

    def overtaken(*arguments: object):
        cards = make(*arguments)
        correct(aws)
        return cards

    monkeypatch.setattr(orders, "_make_cards", overtaken)
    body = json.dumps({"expected_version": version, **order}).encode()
    assert call(handler, "POST", "/cards/ferry", EDITOR, body).status == 409


def test_a_correction_while_the_set_is_made_is_refused_too(version, monkeypatch):
    monkeypatch.setattr("http_api.cards.expected_version.ensure_set", lambda context, stored: {"version": "f" * 16, "cards": []})
    answer = call(handler, "GET", "/cards/ferry.zip", JSON, query=f"expected_version={version}")
    assert (answer.status, answer.json["version"]) == (409, "f" * 16)


@pytest.mark.parametrize("bad", ["", "x", "0123456789ABCDEF", "0" * 17])
def test_what_is_no_version_is_refused(aws, version, bad):
    for answer in takes(bad, version)[:3]:
        assert (answer.status, answer.json["field"]) == (422, "expected_version")
    for answer in takes(bad, version)[3:]:
        assert (answer.status, answer.json["field"]) == (400, "expected_version")
    for value in (7, [version], {}):
        body = json.dumps({"expected_version": value, **ONE}).encode()
        assert call(handler, "POST", "/cards/ferry/preview", VIEWER, body).status == 422


def test_a_draft_needs_no_version_for_a_preview(aws):
    aws.connect(TOKENS)
    assert call(handler, "PUT", "/articles/ferry", EDITOR, as_body(native("ferry", status="draft"))).status == 201
    assert call(handler, "POST", "/cards/ferry/preview", VIEWER, json.dumps(ONE).encode()).status == 200
