"""Tests the photographs that editors add for their posts: what is accepted, what is refused, and who can get at them."""

import io
import json

import pytest
from PIL import Image

import photo_worker.app
import render_worker.app
from adapters import clients
from adapters.config.settings import settings
from adapters.errors import PhotoBusy
from adapters.storage.added_photos import put_upload
from http_api.app import handler
from publishing import photo_adding
from publishing.photo_adding import add_photo, prepare_upload
from support.lambda_events import Context, call, failed_ids, sqs_event
from support.paths import ROOT
from support.photo_files import heic, jpeg, quarters, written
from support.picture_bombs import BOMBS
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER
from support.web_server import endless, page, web_server

PHOTOGRAPHS = ROOT / "tests" / "photographs"
FILE = EDITOR | {"content-type": "image/jpeg"}
OTHER = "0" * 64


@pytest.fixture(autouse=True)
def _tokens(aws, monkeypatch):
    aws.connect(TOKENS)
    monkeypatch.setattr(photo_adding, "enqueue", work_at_once)


def work_at_once(queue_url: str, request) -> None:
    """Prepares the photograph while the request waits, as photo_worker does."""
    assert queue_url.endswith("/photos")
    prepare_upload(settings(), request.article_id, request.upload)


@pytest.fixture
def site():
    with web_server() as site:
        site.pages["/hopper.jpg"] = page((PHOTOGRAPHS / "people" / "hopper.jpg").read_bytes())
        yield site


def add(file: bytes, headers: dict = FILE, article_id: str = "ferry"):
    return call(handler, "POST", f"/articles/{article_id}/photos", headers, file, as_base64=True)


def add_address(url: object):
    return call(handler, "POST", "/articles/ferry/photos", EDITOR, json.dumps({"url": url}).encode())


def get(sha256: str, headers: dict = VIEWER, article_id: str = "ferry"):
    return call(handler, "GET", f"/articles/{article_id}/photos/{sha256}", headers)


def left(aws) -> list[str]:
    """Returns the uploads that still wait, and the photographs."""
    kept = [key for key in aws.list_keys("uploads/") if not key.endswith(".json")]
    return kept + [key for key in aws.list_keys() if key.endswith(".jpg") or "/photos/" in key]


@pytest.mark.parametrize(("path", "faces"), [("people/hopper.jpg", 1), ("objects/church.jpg", 0)])
def test_a_real_photograph_is_prepared_and_returned(aws, path, faces):
    store_article(aws)
    file = (PHOTOGRAPHS / path).read_bytes()
    answer = add(file)
    assert answer.status == 201, answer.json
    with Image.open(io.BytesIO(file)) as sent:
        assert (answer.json["width"], answer.json["height"], answer.json["faces"]) == (*sent.size, faces)
    sha256 = answer.json["photo"]
    assert answer.headers["location"] == f"https://cards.example/articles/ferry/photos/{sha256}"
    returned = get(sha256)
    assert (returned.status, returned.headers["content-type"]) == (200, "image/jpeg")
    assert returned.headers["cache-control"] == "private, no-cache"
    assert returned.body == aws.body(f"photos/{sha256}.jpg")
    unchanged = get(sha256, VIEWER | {"if-none-match": returned.headers["etag"]})
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert add(file).json == answer.json


def test_the_credit_that_a_file_states_is_offered_and_its_metadata_is_gone(aws):
    store_article(aws)
    exif = Image.Exif()
    exif[0x013B] = "Ida Holm"  # Artist
    exif[0x010E] = "a secret place"  # ImageDescription
    answer = add(written(quarters(), "JPEG", exif=exif))
    assert answer.json["credit"] == "Ida Holm"
    assert b"a secret place" not in get(answer.json["photo"]).body


def test_the_bytes_say_what_a_file_is_whatever_its_sender_says(aws):
    store_article(aws)
    for file in (written(quarters().quantize(16), "PNG"), written(quarters(), "WEBP"), heic(quarters())):
        answer = add(file, FILE | {"content-type": "text/html"})
        assert answer.status == 201, answer.json
        assert get(answer.json["photo"]).headers["content-type"] == "image/jpeg"


def test_the_api_stores_a_file_unopened_and_private_under_a_name_of_its_own(aws, monkeypatch):
    store_article(aws)
    stored = {}

    def look(queue_url: str, request) -> None:
        stored.update(clients.s3().get_object(Bucket=aws.bucket, Key=request.upload))
        stored["content"] = stored["Body"].read()
        work_at_once(queue_url, request)

    with monkeypatch.context() as patch:
        patch.setattr(photo_adding, "enqueue", look)
        assert add(b"<html><script>alert(1)</script>", FILE | {"content-type": "text/html"}).status == 422
    assert stored["content"] == b"<html><script>alert(1)</script>"
    assert (stored["ContentType"], stored["CacheControl"], stored["Metadata"]) == ("application/octet-stream", "private", {})
    assert left(aws) == []


@pytest.mark.parametrize(
    ("file", "got"),
    [
        (b"", "an empty file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "an SVG drawing"),
        (b"<!doctype html><script>alert(1)</script>", "a web page"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04" + bytes(100), "a file that begins with b'PK"),
        (jpeg()[:300], "a broken file of 300 bytes"),
        (jpeg(size=(60, 60)), "60 x 60 px"),
        (b"--boundary\r\nContent-Disposition: form-data\r\n\r\n" + jpeg(), "a file that begins with b'--bound"),
    ],
)
def test_a_file_that_is_no_photograph_is_refused_with_the_reason(aws, file, got):
    store_article(aws)
    answer = add(file)
    assert (answer.status, answer.json["field"], answer.json["type"]) == (422, "photo", "urn:storycard:problem:photo-refused")
    assert f", got {got}" in answer.json["detail"]
    assert "/" not in answer.json["detail"]  # a path, or a decoder's own words
    assert left(aws) == []


@pytest.mark.slow
@pytest.mark.parametrize("bomb", list(BOMBS)[::8])  # tests/photo/test_structure.py has all of them
def test_a_hostile_file_is_refused(aws, bomb):
    store_article(aws)
    answer = add(BOMBS[bomb]()[:4_400_000])
    assert (answer.status, answer.json["field"]) == (422, "photo")
    assert left(aws) == []


def test_a_file_that_ends_its_process_is_refused_at_the_second_attempt_without_a_third(aws):
    store_article(aws)
    key = put_upload(aws.bucket, "ferry", file=jpeg())
    prepare_upload(settings(), "ferry", key, attempt=2)
    assert left(aws) == []
    outcome = json.loads(aws.body(f"{key}.json"))
    assert (outcome["photo"], outcome["field"]) == (None, "photo")
    prepare_upload(settings(), "ferry", key, attempt=3)
    assert json.loads(aws.body(f"{key}.json")) == outcome


def test_a_file_that_is_too_large_is_stored_nowhere(aws):
    store_article(aws)
    answer = add(bytes(4_500_001))
    assert (answer.status, answer.json["type"]) == (413, "urn:storycard:problem:body-too-large")
    assert aws.list_keys("uploads/") == []


def test_a_photograph_that_takes_too_long_can_be_sent_again(aws, monkeypatch):
    store_article(aws)
    with monkeypatch.context() as patch:
        patch.setattr(photo_adding, "enqueue", lambda queue_url, request: None)
        with pytest.raises(PhotoBusy):
            add_photo(settings(), "ferry", 0.0, file=jpeg())
    assert add(jpeg()).status == 201


def test_a_photograph_is_fetched_by_its_address(aws, site):
    store_article(aws)
    answer = add_address(f"{site.base_url}/hopper.jpg")
    assert (answer.status, answer.json["faces"]) == (201, 1)
    assert get(answer.json["photo"]).status == 200


@pytest.mark.parametrize(
    "answer",
    [
        page(b"", 404),
        endless(b"\xff\xd8" * 200_000),
        page(b"", 302, Location="https://169.254.169.254/latest/meta-data/"),
        page(b"", 302, Location="file:///etc/passwd"),
        page(b"<html>"),
    ],
)
def test_an_address_without_a_photograph_is_refused_without_internals(aws, site, answer):
    store_article(aws)
    site.pages["/x.jpg"] = answer
    refused = add_address(f"{site.base_url}/x.jpg?token=SECRET")
    assert (refused.status, refused.json["field"]) == (422, "url")
    assert not any(word in refused.json["detail"] for word in ("127.0.0.1", "SECRET", "404", "passwd", "169.254"))
    assert left(aws) == []


@pytest.mark.parametrize(
    "url", ["https://169.254.169.254/latest", "https://localhost/x.jpg", "https://[::1]/", "http://8.8.8.8/"]
)
def test_private_addresses_and_plain_http_are_never_fetched(aws, monkeypatch, url):
    store_article(aws)
    monkeypatch.setenv("LOCAL_ADDRESSES", "")
    settings.cache_clear()
    refused = add_address(url)
    monkeypatch.undo()
    settings.cache_clear()
    assert (refused.status, refused.json["field"]) == (422, "url")


def test_only_hosts_of_photographs_are_asked_if_the_operator_lists_them(aws, site):
    store_article(aws)
    aws.connect(TOKENS + '[photos]\nhosts = ["pictures.example"]\n')
    refused = add_address(f"{site.base_url}/hopper.jpg")
    assert (refused.status, site.requests) == (422, [])
    assert "pictures.example" not in refused.json["detail"]


@pytest.mark.parametrize(
    "body", [{}, {"url": 1}, {"url": "file:///etc/passwd"}, {"url": "x" * 10}, {"url": "https://a.example/" + "x" * 1000}]
)
def test_what_is_no_address_is_refused_at_once(aws, body):
    store_article(aws)
    answer = call(handler, "POST", "/articles/ferry/photos", EDITOR, json.dumps(body).encode())
    assert (answer.status, answer.json["field"]) == (422, "url")
    assert aws.list_keys("uploads/") == []


def test_editors_add_and_the_team_looks_but_nobody_else(aws):
    store_article(aws)
    store_article(aws, "tram")
    assert add(jpeg(), {"content-type": "image/jpeg"}).status == 401
    assert add(jpeg(), VIEWER | {"content-type": "image/jpeg"}).status == 403
    sha256 = add(jpeg()).json["photo"]
    assert get(sha256, {}).status == 401
    assert get(sha256, article_id="tram").status == 404  # each article has its own
    assert [get(name).status for name in (OTHER, sha256.upper(), "..", "photo")] == [404] * 4
    assert add(jpeg(), article_id="nobody").status == 404


def test_a_withdrawal_ends_all_of_it(aws):
    store_article(aws)
    store_article(aws, "tram")
    sha256 = add(jpeg()).json["photo"]
    add(jpeg(), article_id="tram")
    store_article(aws, status="withdrawn", updated_at="2026-03-02T10:00:00Z")
    assert [get(sha256).status, add(jpeg()).status] == [410, 410]
    message = {"MessageId": "m", "Body": '{"source": "desk", "article_id": "ferry"}'}
    assert failed_ids(render_worker.app.handler(sqs_event(message), Context())) == []
    assert aws.list_keys("articles/ferry/photos/") == []
    assert get(sha256, article_id="tram").status == 200


def test_an_article_withdrawn_while_its_photograph_is_prepared_keeps_none(aws, monkeypatch):
    store_article(aws)
    put_added_photo = photo_adding.put_added_photo

    def withdraw(*arguments) -> None:
        put_added_photo(*arguments)
        store_article(aws, status="withdrawn", updated_at="2026-03-02T10:00:00Z")

    monkeypatch.setattr(photo_adding, "put_added_photo", withdraw)
    assert add(jpeg()).status == 410
    assert aws.list_keys("articles/ferry/photos/") == []


def test_a_draft_has_photographs_too(aws):
    store_article(aws, status="draft")
    assert get(add(jpeg()).json["photo"]).status == 200


def test_a_failure_of_aws_is_no_failure_of_the_article(aws, monkeypatch):
    store_article(aws)
    monkeypatch.setattr(photo_adding, "find_article", lambda *_: 1 / 0)
    key = put_upload(aws.bucket, "ferry", file=jpeg())
    body = json.dumps({"source": "(photo)", "article_id": "ferry", "upload": key})
    assert failed_ids(photo_worker.app.handler(sqs_event({"MessageId": "m", "Body": body}), Context())) == ["m"]
    assert aws.list_keys("failures/") == ["failures/m.json"]
