"""Checks that photographs are fetched once and stored, and that a broken one never fails an article."""

import io
import json
from datetime import UTC, datetime

import pytest
from PIL import Image

import http_api.app
from adapters import clients
from adapters.config.settings import settings
from adapters.render_queue import RenderRequest, enqueue
from adapters.storage import photo_index
from adapters.storage.article_store import find_article
from adapters.storage.photo_index import get_facts
from publishing import photo_preparation, photos
from publishing.cards import publish
from publishing.photo_preparation import prepare_photo
from publishing.photos import known_photo
from render_worker.app import handler, logger
from support.card_counts import ONE_FORMAT_WITHOUT_QUOTE
from support.lambda_events import Context, call, failed_ids, sqs_event
from support.metrics import measured
from support.photo_files import jpeg
from support.picture_bombs import BOMBS
from support.stored_articles import store_article
from support.web_server import endless, page, raw, web_server

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def cdn(aws):
    with web_server() as site:
        site.pages["/ferry.jpg"] = page(jpeg())
        yield site


def store(aws, cdn, minute: int = 0, path: str = "/ferry.jpg", **fields: object) -> None:
    image = {"url": cdn.base_url + path}
    store_article(aws, updated_at=f"2026-03-01T10:{minute:02}:00Z", quotes=[], image=image, **fields)


def work(aws) -> None:
    """Lets both workers handle a message about the article, and all that follow from it."""
    enqueue(aws.queue_url, RenderRequest("desk", article_id="ferry"))
    aws.pump(handler, Context())
    assert aws.messages(aws.dead_letter_url) == []


def photo_keys(aws) -> list[str]:
    return [key for key in aws.list_keys("photos/") if key.endswith(".jpg")]


def manifest(aws) -> dict:
    return json.loads(aws.body("cards/ferry/manifest.json"))


def test_fetches_a_photo_once_and_stores_it_under_its_hash(aws, cdn):
    store(aws, cdn)
    work(aws)
    store(aws, cdn, 1, headline="Corrected")
    work(aws)
    assert [request.path for request in cdn.requests] == ["/ferry.jpg"]
    record = known_photo(aws.bucket, find_article(aws.bucket, "ferry").article)
    assert record.failure == ""
    assert photo_keys(aws) == [f"photos/{record.sha256}.jpg"]
    facts = get_facts(aws.bucket, record.sha256)
    assert facts == json.loads(aws.body(f"photos/{record.sha256}.json"))
    assert (facts["width"], facts["height"], facts["faces"]) == (640, 480, [])
    assert Image.open(io.BytesIO(aws.body(f"photos/{record.sha256}.jpg"))).size == (640, 480)
    assert manifest(aws)["notices"] == []


def test_a_changed_url_is_fetched(aws, cdn):
    cdn.pages["/tram.jpg"] = page(jpeg("maroon"))
    store(aws, cdn)
    work(aws)
    store(aws, cdn, 1, path="/tram.jpg")
    work(aws)
    assert len(photo_keys(aws)) == 2


@pytest.mark.parametrize(
    "answer",
    [
        page(b"<html>not a photo</html>"),
        endless(b"\xff\xd8" * 200_000),
        page(b"", 302, Location="https://169.254.169.254/latest/meta-data/"),
        page(b"", 302, Location="file:///etc/passwd"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n"),
        raw(b"HTTP/1.1 302 Found\r\nLocation: https://[\r\n\r\n"),
        raw(b"\0" * 100),
    ],
)
def test_what_is_no_photo_has_failed(aws, cdn, answer):
    cdn.pages["/ferry.jpg"] = answer
    store(aws, cdn)
    prepare_photo(settings(), "ferry")
    assert known_photo(aws.bucket, find_article(aws.bucket, "ferry").article).failure
    assert photo_keys(aws) == []


@pytest.mark.parametrize("answer", [page(b"", 404), page(jpeg()[:300])])
def test_a_broken_photo_gives_cards_without_it_and_a_notice(aws, cdn, answer, log_of, capsys):
    log = log_of(logger)
    cdn.pages["/ferry.jpg"] = answer
    store(aws, cdn)
    work(aws)
    made = manifest(aws)
    assert len(made["cards"]) == ONE_FORMAT_WITHOUT_QUOTE
    assert made["notices"] == ["The photograph could not be used: these cards are without it."]
    assert made["notice_codes"] == [{"code": "photo-lost"}]
    assert photo_keys(aws) == []
    assert made["notices"][0] in [line["message"] for line in log()]
    assert measured(capsys)["PhotosMissing"] == [1]


def test_retries_a_failed_photo_with_the_next_revision_only(aws, cdn):
    cdn.pages["/ferry.jpg"] = page(b"", 500)
    store(aws, cdn)
    work(aws)
    work(aws)
    assert len(cdn.requests) == 1
    without = manifest(aws)["version"]
    cdn.pages["/ferry.jpg"] = page(jpeg())
    store(aws, cdn, 1)
    work(aws)
    assert len(cdn.requests) == 2
    assert manifest(aws)["notices"] == []
    assert manifest(aws)["version"] != without


def test_fetches_only_from_configured_hosts(aws, cdn):
    aws.connect('[photos]\nhosts = ["pictures.example"]\n')
    store(aws, cdn)
    work(aws)
    record = known_photo(aws.bucket, find_article(aws.bucket, "ferry").article)
    assert "expected a host of pictures.example" in record.failure
    assert cdn.requests == []


def test_the_first_request_waits_only_briefly_for_the_photo(aws, cdn, monkeypatch):
    store(aws, cdn)
    with monkeypatch.context() as patch:
        patch.setattr(photos, "ask_for_photo", prepare_photo)  # as if the worker took the message at once
        assert call(http_api.app.handler, "GET", "/cards/ferry/headline/og.png").status == 200
    with_photo = aws.list_keys("cards/ferry/")
    assert len(photo_keys(aws)) == 1
    monkeypatch.setattr(publish, "PHOTO_WAIT", 0.05)
    cdn.pages["/slow.jpg"] = page(jpeg("maroon"))
    store(aws, cdn, 1, path="/slow.jpg")
    assert call(http_api.app.handler, "GET", "/cards/ferry/headline/og.png").status == 200
    assert len(aws.list_keys("cards/ferry/")) == len(with_photo) + 1
    aws.pump(handler, Context())  # the request asked for the photo, so the cards with it follow
    assert len(manifest(aws)["cards"]) == ONE_FORMAT_WITHOUT_QUOTE
    assert len(photo_keys(aws)) == 2


def test_an_article_is_rendered_after_its_photo_and_not_before(aws, cdn):
    store(aws, cdn)
    enqueue(aws.queue_url, RenderRequest("desk", article_id="ferry"))
    [message] = aws.messages()
    handler(sqs_event(message), Context())
    clients.sqs().delete_message(QueueUrl=aws.queue_url, ReceiptHandle=message["ReceiptHandle"])
    assert (aws.list_keys("cards/"), cdn.requests) == ([], [])
    aws.pump(handler, Context())
    assert manifest(aws)["notices"] == []


@pytest.mark.parametrize("bomb", ["TIFF, millions of strips", "JPEG, empty APP1 segments"])
def test_an_innocent_article_in_the_same_batch_gets_its_cards_at_once(aws, cdn, bomb):
    cdn.pages["/ferry.jpg"] = page(BOMBS[bomb]()[:19_000_000])
    store(aws, cdn)
    store_article(aws, "tram", quotes=[])
    bodies = [RenderRequest("desk", article_id=article_id).message for article_id in ("ferry", "tram")]
    batch = sqs_event(*({"MessageId": body[-9:], "Body": body} for body in bodies))
    assert failed_ids(handler(batch, Context())) == []
    assert aws.list_keys("cards/tram/manifest.json")
    assert cdn.requests == []
    aws.pump(handler, Context())
    assert manifest(aws)["notices"] == ["The photograph could not be used: these cards are without it."]


def test_a_photo_that_ended_its_process_gives_cards_without_it_and_is_tried_once_more(aws, cdn, monkeypatch):
    store(aws, cdn)

    def end(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(photo_preparation, "fetch_url", end)
        for attempt in (1, 2):
            with pytest.raises(SystemExit):
                prepare_photo(settings(), "ferry", attempt)
    aws.pump(handler, Context())
    assert manifest(aws)["notices"]
    assert cdn.requests == []
    prepare_photo(settings(), "ferry", 3)  # gives up, and has the cards rendered in case that message was lost
    assert (len(aws.messages()), cdn.requests) == (1, [])


def test_a_second_attempt_that_succeeds_replaces_the_cards(aws, cdn):
    store(aws, cdn)
    prepare_photo(settings(), "ferry", 2)
    aws.pump(handler, Context())
    assert manifest(aws)["notices"] == []
    assert len(aws.list_keys("cards/ferry/manifest.json")) == 1


def test_what_is_known_by_its_etag_is_not_fetched_and_by_its_bytes_is_not_decoded_again(aws, cdn, monkeypatch):
    cdn.pages["/ferry.jpg"] = page(jpeg(), ETag='"one"')
    cdn.pages["/copy.jpg"] = page(jpeg())
    store(aws, cdn)
    work(aws)
    monkeypatch.setattr(photo_preparation, "_store", None)  # would raise
    cdn.pages["/ferry.jpg"] = page(b"", 304)
    store_article(aws, "tram", quotes=[], image={"url": cdn.base_url + "/ferry.jpg"})
    store_article(aws, "bus", quotes=[], image={"url": cdn.base_url + "/copy.jpg"})
    for article_id in ("tram", "bus"):
        enqueue(aws.queue_url, RenderRequest("desk", article_id=article_id))
    aws.pump(handler, Context())
    assert cdn.requests[1].headers["if-none-match"] == '"one"'
    records = [known_photo(aws.bucket, find_article(aws.bucket, name).article) for name in ("ferry", "tram", "bus")]
    assert len({record.sha256 for record in records}) == 1
    assert len(photo_keys(aws)) == 1


def test_what_another_preparation_found_is_prepared_again(aws, cdn, monkeypatch):
    store(aws, cdn)
    work(aws)
    monkeypatch.setattr(photo_index, "PREPARATION", photo_index.PREPARATION + 1)
    store_article(aws, "tram", quotes=[], image={"url": cdn.base_url + "/ferry.jpg"})
    prepare_photo(settings(), "tram")
    record = known_photo(aws.bucket, find_article(aws.bucket, "tram").article)
    assert len(cdn.requests) == 2
    assert get_facts(aws.bucket, record.sha256)["preparation"] == photo_index.PREPARATION


def test_stores_why_a_file_was_refused_and_does_not_open_it_again(aws, cdn, monkeypatch):
    cdn.pages["/ferry.jpg"] = page(b"<html>not a photo</html>")
    store(aws, cdn)
    work(aws)
    record = known_photo(aws.bucket, find_article(aws.bucket, "ferry").article)
    assert get_facts(aws.bucket, record.file)["refused"] == record.failure
    assert "a web page" in record.failure
    monkeypatch.setattr(photo_preparation, "_store", None)  # would raise
    store_article(aws, "tram", quotes=[], image={"url": cdn.base_url + "/ferry.jpg"})
    prepare_photo(settings(), "tram")
    assert known_photo(aws.bucket, find_article(aws.bucket, "tram").article).failure == record.failure


def test_reads_the_record_of_an_earlier_version(aws, cdn):
    store(aws, cdn)
    url, article = cdn.base_url + "/ferry.jpg", find_article(aws.bucket, "ferry").article
    earlier = {"url": url, "sha256": "ab", "width": 640, "height": 480, "focal_point": None, "faces": [], "failure": ""}
    clients.s3().put_object(Bucket=aws.bucket, Key="articles/ferry/photo.json", Body=json.dumps(earlier))
    assert known_photo(aws.bucket, article).sha256 == "ab"


def test_messages_of_an_archive_run_are_delivered_after_others(aws, cdn):
    store(aws, cdn)
    store_article(aws, "tram", quotes=[], image={"url": cdn.base_url + "/tram.jpg"})

    def groups(queue_url: str) -> set[str]:
        names = ["MessageGroupId"]
        found = clients.sqs().receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10, MessageSystemAttributeNames=names)
        return {message.get("Attributes", {}).get("MessageGroupId", "") for message in found["Messages"]}

    handler({"Items": [{"Key": "articles/ferry/article.json"}]}, Context())
    handler(sqs_event({"MessageId": "m1", "Body": RenderRequest("desk", article_id="tram").message}), Context())
    assert groups(aws.photo_queue_url) == {"", "archive"}
    aws.prepare_photos()
    assert groups(aws.queue_url) == {"", "archive"}


def test_a_late_message_neither_fetches_nor_renders_for_a_withdrawn_or_forgotten_article(aws, cdn):
    store(aws, cdn, status="withdrawn")
    prepare_photo(settings(), "ferry")
    prepare_photo(settings(), "nobody")
    assert (cdn.requests, aws.messages(), aws.list_keys("articles/ferry/photo.json")) == ([], [], [])


def test_an_article_withdrawn_during_the_fetch_keeps_no_record_and_no_cards(aws, cdn):
    store(aws, cdn)
    answer = page(jpeg())

    def withdraw_first(request) -> None:
        store(aws, cdn, 5, status="withdrawn")
        answer(request)

    cdn.pages["/ferry.jpg"] = withdraw_first
    prepare_photo(settings(), "ferry")
    aws.pump(handler, Context())
    assert aws.list_keys("articles/ferry/photo.json") == []
    assert aws.list_keys("cards/") == []
