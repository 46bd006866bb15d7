"""Tests zip downloads of sets and variants, directly and through S3."""

import io
import json
import zipfile

import pytest

from http_api.app import handler
from http_api.cards import zip_download
from support.card_counts import FULL_SET
from support.lambda_events import call
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def test_downloads_a_set_as_a_zip_and_a_large_one_through_s3(aws, monkeypatch):
    store_article(aws, "ferry")
    answer = call(handler, "GET", "/cards/ferry.zip", VIEWER)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/zip")
    name = "Harbour ferries run all night from Friday - cards.zip"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    names = zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert len(names) == FULL_SET + 1
    assert {"ferry/manifest.json", "ferry/headline-og.png"} < set(names)
    monkeypatch.setattr(zip_download, "MAX_DIRECT", 1000)
    away = call(handler, "GET", "/cards/ferry.zip", VIEWER)
    assert (away.status, away.body) == (303, b"")
    assert "X-Amz-Expires=300" in away.headers["location"] or "Expires=" in away.headers["location"]
    [key] = aws.list_keys("downloads/")
    assert aws.body(key) == answer.body


def test_downloads_a_variant_in_full_in_part_and_by_card(aws, monkeypatch):
    store_article(aws, "ferry")
    order = {"headline": "Ferries, all night", "kinds": ["headline"], "formats": ["og", "square"]}
    manifest = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(order).encode()).json
    version = manifest["version"]

    def names(query: str) -> list[str]:
        answer = call(handler, "GET", "/cards/ferry.zip", VIEWER, query=query)
        assert answer.status == 200
        return zipfile.ZipFile(io.BytesIO(answer.body)).namelist()

    assert names(f"version={version}") == ["ferry/headline-og.png", "ferry/headline-square.jpg"]
    assert names(f"version={version}&formats=square") == ["ferry/headline-square.jpg"]
    assert names("kinds=quote&formats=og") == ["ferry/manifest.json", "ferry/quote-og.png"]
    assert call(handler, "GET", "/cards/ferry.zip", VIEWER, query="version=0123456789abcdef").status == 404
    assert call(handler, "GET", "/cards/ferry.zip", VIEWER, query="version=x").status == 400
    card = call(handler, "GET", f"/downloads/ferry/{version}/headline/og.png", VIEWER)
    assert card.headers["content-disposition"] == 'attachment; filename="Ferries, all night - headline-og.png"'
    assert call(handler, "GET", f"/downloads/ferry/{version}/headline/og.png").status == 401
    monkeypatch.setattr(zip_download, "MAX_DIRECT", 1000)
    link = call(handler, "GET", "/cards/ferry.zip", VIEWER | {"accept": "application/zip, application/json"})
    assert (link.status, link.json["url"].startswith("http")) == (200, True)
