"""Tests previews: images that are not stored, their headers, and their watermark."""

import io
import json

import pytest
from PIL import Image

from http_api.app import handler
from storycard import render
from support.lambda_events import call
from support.s3_calls import s3_calls
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def preview(headers=VIEWER, **fields: object):
    return call(handler, "POST", "/cards/ferry/preview", headers, json.dumps(fields).encode())


def test_a_preview_is_an_image_that_is_not_stored(aws):
    store_article(aws, "ferry")
    before = aws.list_keys()
    answer = preview(kind="headline", format="og", headline="Ferries, all night")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.body)).size == (1200, 630)
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["storycard-truncated"] == ""
    assert aws.list_keys() == before
    assert answer.body != preview(kind="headline", format="og").body


def test_a_small_preview_is_encoded_once_and_reads_the_article_only(aws, monkeypatch):
    """Its time, which depends on both, is printed by tests/slow/test_studio_speed.py."""
    store_article(aws, "ferry")
    encoded = []
    for name in ("encode", "encode_scaled"):
        work = getattr(render, name)
        monkeypatch.setattr(render, name, lambda *args, _=(name, work), **named: (encoded.append(_[0]), _[1](*args, **named))[1])
    with s3_calls() as calls:
        assert preview(kind="carousel-1", format="square", headline="Gates held", size=400).status == 200
    assert (encoded, calls) == (["encode_scaled"], ["GetObject"])


def test_a_preview_of_a_headline_sets_no_other_text(aws, monkeypatch):
    """The best of several quotes is found by trying them in all formats, which takes longer than drawing the card."""
    quotes = [{"text": f"Nobody should swim home, said number {number}.", "speaker": "Tom Ray"} for number in (1, 2)]
    store_article(aws, "ferry", quotes=quotes)
    monkeypatch.setattr(render, "with_one_quote", lambda *_: pytest.fail("tries quotes"))
    assert preview(kind="headline", format="square", headline="Gates held").status == 200


def test_a_preview_equals_the_card_of_the_same_order(aws):
    store_article(aws, "ferry")
    seen = preview(kind="bullet", format="square", bullet="One fact")
    order = {"kinds": ["bullet"], "formats": ["square"], "bullet": "One fact"}
    [card] = call(handler, "POST", "/cards/ferry", EDITOR, json.dumps(order).encode()).json["cards"]
    assert call(handler, "GET", card["url"].removeprefix("https://cards.example")).body == seen.body


def test_a_preview_reports_truncated_text_and_skipped_cards(aws):
    store_article(aws, "ferry")
    assert "headline" in preview(kind="headline", format="og", headline="A long word " * 60).headers["storycard-truncated"]
    skipped = preview(kind="quote", format="og", quote={"text": "Unsigned"})
    assert (skipped.status, skipped.json["type"]) == (404, "urn:storycard:problem:card-skipped")
    assert skipped.json["code"] == "no-quote"


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({}, 422, "kind"),
        ({"kind": "headline"}, 422, "format"),
        ({"kind": "carousel", "format": "og"}, 422, "kind"),
        ({"kind": "question", "format": "og"}, 422, "kind"),
        ({"kind": "poster", "format": "og"}, 404, "kind"),
        ({"kind": "headline", "format": "billboard"}, 404, "format"),
        ({"kind": "headline", "format": "og", "focal_point": [0.5, 0.5]}, 422, "focal_point"),
        ({"kind": "headline", "format": "og", "bullet": "a", "bullets": ["b"]}, 422, "bullets"),
        ({"kind": "headline", "format": "og", "kinds": ["quote"]}, 422, "body"),
        ({"kind": "headline", "format": "og", "headline": "x" * 100_000}, 422, "headline"),
    ],
)
def test_an_invalid_preview_names_the_field(aws, fields, status, field):
    store_article(aws, "ferry")
    answer = preview(**fields)
    assert (answer.status, answer.json["field"]) == (status, field)


def test_previews_drafts_with_a_watermark_but_no_withdrawn_article(aws):
    store_article(aws, "ferry")
    public = preview(kind="headline", format="og").body
    store_article(aws, "ferry", status="draft", updated_at="2026-03-02T10:00:00Z")
    assert preview(kind="headline", format="og").body != public
    store_article(aws, "ferry", embargo_until="2100-01-01T00:00:00Z", updated_at="2026-03-03T10:00:00Z")
    assert preview(kind="headline", format="og").status == 200
    call(handler, "DELETE", "/articles/ferry", EDITOR)
    assert preview(kind="headline", format="og").status == 410
    assert preview({}, kind="headline", format="og").status == 401
