"""Tests that failed image requests get a fallback image of the requested size and type."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from adapters.clients import s3
from support.stored_articles import store_article

SIZES = {"og": (1200, 630), "story": (1080, 1920)}


def assert_picture(http, path: str, status: int, accept: str = "*/*", size=SIZES["og"], pillow_format: str = "PNG") -> None:
    answer = http("GET", path, {"accept": accept})
    assert answer.status == status
    image = Image.open(io.BytesIO(answer.body))
    assert (image.size, image.format) == (size, pillow_format)
    assert answer.headers["content-type"] == Image.MIME[pillow_format]
    assert answer.headers["vary"] == "Accept"
    assert int(answer.headers["cache-control"].removeprefix("public, max-age=")) <= 60
    head = http("HEAD", path, {"accept": accept})
    assert (head.status, head.body, head.headers) == (status, b"", answer.headers)
    words = http("GET", path, {"accept": "application/problem+json"})
    assert (words.status, words.json["status"]) == (status, status)


@pytest.mark.parametrize(
    ("path", "size", "pillow_format"),
    [
        ("/cards/nobody/headline/og.png", SIZES["og"], "PNG"),
        ("/cards/nobody/quote/story.jpg", SIZES["story"], "JPEG"),
        ("/cards/nobody/headline/og.webp", SIZES["og"], "WEBP"),
        ("/cards/nobody/headline/og.avif", SIZES["og"], "AVIF"),
        ("/cards/nobody/0123456789abcdef/headline/story.png", SIZES["story"], "PNG"),
        ("/cards/nobody/headline/billboard.gif", SIZES["og"], "PNG"),
        ("/favicon.png", SIZES["og"], "PNG"),
    ],
)
def test_a_missing_image_is_the_fallback_in_the_requested_format(http, aws, path, size, pillow_format):
    assert_picture(http, path, 404, size=size, pillow_format=pillow_format)


def test_an_invalid_id_gets_the_fallback_image(http, aws):
    assert_picture(http, "/cards/a/b/headline/og.png", 400)


def test_without_an_extension_only_an_img_element_gets_the_fallback_image(http, aws):
    assert_picture(http, "/cards/nobody/headline/story", 404, accept="image/avif,image/*,*/*;q=0.8", size=SIZES["story"])
    for accept in ("*/*", "text/html,application/xhtml+xml,image/avif,*/*;q=0.8"):
        answer = http("GET", "/cards/nobody/headline/story", {"accept": accept})
        assert answer.headers["content-type"] == "application/problem+json"


def test_every_failure_keeps_its_status_with_the_fallback_image(http, aws):
    store_article(aws, quotes=[])
    assert_picture(http, "/cards/ferry/quote/og.png", 404)
    store_article(aws, updated_at="2026-03-02T10:00:00Z", embargo_until=(datetime.now(UTC) + timedelta(hours=1)).isoformat())
    assert_picture(http, "/cards/ferry/headline/og.png", 404)
    store_article(aws, updated_at="2026-03-03T10:00:00Z", status="withdrawn")
    assert_picture(http, "/cards/ferry/headline/og.png", 410)
    s3().put_object(Bucket=aws.bucket, Key="articles/ferry/article.json", Body=b"{}", Metadata={})
    assert_picture(http, "/cards/ferry/headline/og.png", 500)


def test_a_manifest_never_gets_the_fallback_image(http, aws):
    assert http("GET", "/cards/nobody", {"accept": "image/*"}).headers["content-type"] == "application/problem+json"
