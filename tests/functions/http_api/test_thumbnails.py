"""Tests thumbnails of pinned cards and of previews: their size, caching and conditional requests, and what is refused."""

import io
import json

import pytest
from PIL import Image

from adapters.clients import s3
from http_api.app import handler
from support.lambda_events import call
from support.s3_calls import s3_calls
from support.stored_articles import store_article
from support.team_tokens import TOKENS, VIEWER

pytestmark = pytest.mark.usefixtures("one_format")
SIZE = "size=400"


@pytest.fixture
def pinned(aws) -> str:
    """Publishes a set, and returns the path of its headline without the extension."""
    store_article(aws)
    return f"/cards/ferry/{call(handler, 'GET', '/cards/ferry').json['version']}/headline/og"


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


@pytest.mark.parametrize("extension", ["png", "jpg", "webp", "avif"])
def test_every_type_is_scaled_from_the_card_that_is_stored(aws, pinned, extension):
    before = aws.list_keys()
    answer = call(handler, "GET", f"{pinned}.{extension}", query=SIZE)
    image_type = {"jpg": "jpeg"}.get(extension, extension)
    assert (answer.status, answer.headers["content-type"]) == (200, f"image/{image_type}")
    image = opened(answer.body)
    assert (image.format, image.size) == (image_type.upper(), (400, 210))
    assert int(answer.headers["content-length"]) == len(answer.body) < 20_000
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "content-disposition" not in answer.headers  # nobody is to save it as the card
    assert aws.list_keys() == before


def test_validators_are_those_of_the_thumbnail(pinned):
    whole = call(handler, "GET", f"{pinned}.png")
    small = call(handler, "GET", f"{pinned}.png", query=SIZE)
    webp = call(handler, "GET", f"{pinned}.webp", query=SIZE)
    etags = {answer.headers["etag"] for answer in (whole, small, webp)}
    assert len(etags) == 3
    assert call(handler, "GET", f"{pinned}.png", query=SIZE).headers == small.headers
    condition = {"if-none-match": small.headers["etag"]}
    unchanged = call(handler, "GET", f"{pinned}.png", condition, query=SIZE)
    assert (unchanged.status, unchanged.body, unchanged.headers["etag"]) == (304, b"", small.headers["etag"])
    assert call(handler, "GET", f"{pinned}.png", condition).status == 200
    assert call(handler, "GET", f"{pinned}.png", {"if-none-match": whole.headers["etag"]}, query=SIZE).status == 200
    assert call(handler, "GET", f"{pinned}.png", {"if-modified-since": small.headers["last-modified"]}, query=SIZE).status == 304
    head = call(handler, "HEAD", f"{pinned}.png", query=SIZE)
    assert (head.status, head.body, head.headers) == (200, b"", small.headers)


def test_a_thumbnail_costs_two_calls_to_s3(pinned):
    with s3_calls() as calls:
        call(handler, "GET", f"{pinned}.webp", query=SIZE)
    assert calls == ["GetObject", "GetObject"]  # the article, and the card


@pytest.mark.parametrize("size", ["size=401", "size=", "size=0", "size=x", "size=400%2C400", "size=-400", "size=4e2"])
def test_any_other_size_is_refused(pinned, size):
    answer = call(handler, "GET", f"{pinned}.png", {"accept": "application/json"}, query=size)
    assert (answer.status, answer.json["field"]) == (400, "size")
    assert call(handler, "GET", f"{pinned}.png", query=size).status == 400


@pytest.mark.parametrize("path", ["/cards/ferry/headline/og.png", "/cards/ferry/headline/og"])
def test_addresses_without_a_version_ignore_the_size(pinned, path):
    for query in (SIZE, "size=x"):
        answer = call(handler, "GET", path, query=query)
        assert (answer.status, opened(answer.body).size) == (200, (1200, 630))


def test_the_newest_card_is_rendered_first_if_it_is_missing(aws, pinned):
    for key in aws.list_keys("cards/ferry/"):
        s3().delete_object(Bucket=aws.bucket, Key=key)
    assert opened(call(handler, "GET", f"{pinned}.png", query=SIZE).body).size == (400, 210)
    [key] = aws.list_keys("cards/ferry/")
    assert key.endswith("/headline-og.png")


def test_unknown_versions_and_withdrawn_articles_have_no_thumbnails(aws, pinned):
    assert call(handler, "GET", "/cards/ferry/0123456789abcdef/headline/og.png", query=SIZE).status == 404
    store_article(aws, status="withdrawn", updated_at="2026-03-02T10:00:00Z")
    assert call(handler, "GET", f"{pinned}.png", query=SIZE).status == 410


def test_a_preview_may_be_a_thumbnail(aws):
    aws.connect(TOKENS)
    store_article(aws)

    def preview(**fields: object):
        body = json.dumps({"kind": "headline", "format": "og", **fields}).encode()
        return call(handler, "POST", "/cards/ferry/preview", VIEWER, body)

    whole, small = preview(), preview(size=400)
    assert opened(small.body).size == (400, 210)
    assert small.headers["content-type"] == "image/png"
    assert int(small.headers["content-length"]) == len(small.body) < len(whole.body)
    assert small.headers["storycard-missing-glyphs"] == whole.headers["storycard-missing-glyphs"]
    assert opened(preview(size=400, image_type="webp").body).format == "WEBP"
    for size in (401, "400", 0, True, [400]):
        answer = preview(size=size)
        assert (answer.status, answer.json["field"]) == (422, "size")
