"""Checks that photographs are fetched once and stored, and that a broken one never fails an article."""

import io
import json
from datetime import UTC, datetime

import pytest
from PIL import Image

import http_api.app
from adapters.config.settings import settings
from adapters.storage.article_store import find_article
from publishing import publish
from publishing.photos import ensure_photo, known_photo
from render_worker.app import handler, logger
from support.card_counts import WITHOUT_QUOTE
from support.lambda_events import Context, call, failed_ids, sqs_event
from support.photo_files import jpeg
from support.stored_articles import store_article
from support.web_server import endless, page, web_server

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def cdn(aws):
    with web_server() as site:
        site.pages["/ferry.jpg"] = page(jpeg())
        yield site


def store(aws, cdn, minute: int = 0, path: str = "/ferry.jpg", **fields: object) -> None:
    image = {"url": cdn.base_url + path}
    store_article(aws, updated_at=f"2026-03-01T10:{minute:02}:00Z", quotes=[], image=image, **fields)


def work() -> None:
    assert (
        failed_ids(handler(sqs_event({"MessageId": "m", "Body": '{"source": "desk", "article_id": "ferry"}'}), Context())) == []
    )


def manifest(aws) -> dict:
    return json.loads(aws.body("cards/ferry/manifest.json"))


def test_fetches_a_photo_once_and_stores_it_under_its_hash(aws, cdn):
    store(aws, cdn)
    work()
    store(aws, cdn, 1, headline="Corrected")
    work()
    assert [request.path for request in cdn.requests] == ["/ferry.jpg"]
    record = known_photo(aws.bucket, find_article(aws.bucket, "ferry").article)
    assert (record.width, record.height, record.failure) == (640, 480, "")
    assert aws.list_keys("photos/") == [f"photos/{record.sha256}.jpg"]
    assert Image.open(io.BytesIO(aws.body(f"photos/{record.sha256}.jpg"))).size == (640, 480)
    assert manifest(aws)["notices"] == []


def test_a_changed_url_is_fetched(aws, cdn):
    cdn.pages["/tram.jpg"] = page(jpeg("maroon"))
    store(aws, cdn)
    work()
    store(aws, cdn, 1, path="/tram.jpg")
    work()
    assert len(aws.list_keys("photos/")) == 2


@pytest.mark.parametrize(
    "answer",
    [
        page(b"", 404),
        page(b"<html>not a photo</html>"),
        page(jpeg()[:300]),
        endless(b"\xff\xd8" * 200_000),
        page(b"", 302, Location="https://169.254.169.254/latest/meta-data/"),
        page(b"", 302, Location="file:///etc/passwd"),
    ],
)
def test_a_broken_photo_gives_cards_without_it_and_a_notice(aws, cdn, answer, log_of, capsys):
    log = log_of(logger)
    cdn.pages["/ferry.jpg"] = answer
    store(aws, cdn)
    work()
    made = manifest(aws)
    assert len(made["cards"]) == WITHOUT_QUOTE
    assert made["notices"] == ["The photograph could not be used: these cards are without it."]
    assert aws.list_keys("photos/") == []
    assert made["notices"][0] in [line["message"] for line in log()]
    assert json.loads(capsys.readouterr().out)["PhotosMissing"] == [1]


def test_retries_a_failed_photo_with_the_next_revision_only(aws, cdn):
    cdn.pages["/ferry.jpg"] = page(b"", 500)
    store(aws, cdn)
    work()
    work()
    assert len(cdn.requests) == 1
    without = manifest(aws)["version"]
    cdn.pages["/ferry.jpg"] = page(jpeg())
    store(aws, cdn, 1)
    work()
    assert len(cdn.requests) == 2
    assert manifest(aws)["notices"] == []
    assert manifest(aws)["version"] != without


def test_fetches_only_from_configured_hosts(aws, cdn):
    aws.connect('[photos]\nhosts = ["pictures.example"]\n')
    store(aws, cdn)
    record = ensure_photo(settings(), find_article(aws.bucket, "ferry"), 1)
    assert "expected one of pictures.example" in record.failure
    assert cdn.requests == []


def test_the_first_request_waits_only_briefly_for_the_photo(aws, cdn, monkeypatch):
    store(aws, cdn)
    assert call(http_api.app.handler, "GET", "/cards/ferry/headline/og.png").status == 200
    assert len(aws.list_keys("photos/")) == 1
    monkeypatch.setattr(publish, "PHOTO_WAIT", 0.05)
    cdn.pages["/slow.jpg"] = page(jpeg(), delay=0.5)
    store(aws, cdn, 1, path="/slow.jpg")
    assert call(http_api.app.handler, "GET", "/cards/ferry/headline/og.jpg").status == 200
    work()
    assert manifest(aws)["notices"] == []  # the worker waited longer
