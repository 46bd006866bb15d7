"""Tests the requests that the CDN makes, and the public address that only the CDN has."""

import pytest
from botocore.exceptions import ClientError

from adapters.clients import ssm
from adapters.config.settings import settings
from http_api import request_context
from http_api.app import handler
from http_api.paths import pinned_path
from support.lambda_events import call
from support.stored_articles import store_article

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

PARAMETER = "/storycard/news/public-base-url"
VERSION = "0123456789abcdef"


def get(path: str):
    return call(handler, "GET", path)


@pytest.fixture
def ferry(aws):
    store_article(aws)
    return aws


@pytest.fixture
def nameless(monkeypatch):
    """Configures the API as behind a CDN without a custom domain."""
    monkeypatch.setenv("PUBLIC_BASE_URL", "")
    monkeypatch.setenv("PUBLIC_BASE_URL_PARAMETER", PARAMETER)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()
    request_context._stored_base_url.cache_clear()


def test_serves_a_pinned_card_under_its_s3_key(ferry):
    version = get("/cards/ferry").json["version"]
    by_key, by_path = get(f"/cards/ferry/{version}/bullet-og.png"), get(f"/cards/ferry/{version}/bullet/og.png")
    assert (by_key.status, by_key.body) == (200, by_path.body)
    assert by_key.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_withdrawn_article_is_410_under_its_s3_keys(ferry):
    version = get("/cards/ferry").json["version"]
    store_article(ferry, status="withdrawn", updated_at="2026-03-01T11:00:00Z")
    answer = get(f"/cards/ferry/{version}/headline-og.png")
    assert (answer.status, answer.headers["content-type"]) == (410, "image/png")
    assert answer.headers["cache-control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("path", "pinned"),
    [
        (f"/cards/ferry/{VERSION}/quote-story.jpg", f"/cards/ferry/{VERSION}/quote/story.jpg"),
        (f"/cards/ferry/{VERSION}/carousel-2-og.png", f"/cards/ferry/{VERSION}/carousel-2/og.png"),
        (f"/cards/a-b/{VERSION}/quote-og.png", f"/cards/a-b/{VERSION}/quote/og.png"),
        (f"/cards/ferry/{VERSION}/carousel-2/og.png", None),
        (f"/cards/ferry/{VERSION}", None),
        ("/cards/ferry/headline/og.png", None),
        ("/cards/ferry/carousel-2/og.png", None),
        (f"/share/ferry/{VERSION}/quote-og.png", None),
    ],
)
def test_maps_an_s3_key_to_the_path_of_its_card(path, pinned):
    assert pinned_path(path) == (pinned or path)


def test_urls_use_the_address_of_the_cdn(ferry, nameless):
    ssm().put_parameter(Name=PARAMETER, Value="https://d111111abcdef8.cloudfront.net", Type="String", Overwrite=True)
    urls = {card["url"].partition("/cards/")[0] for card in get("/cards/ferry").json["cards"]}
    assert urls == {"https://d111111abcdef8.cloudfront.net"}


def test_stores_nothing_while_the_address_of_the_cdn_is_unknown(ferry, nameless):
    # Happens only while the stack is first created: its CDN exists minutes after the function.
    with pytest.raises(ClientError):
        ssm().get_parameter(Name=PARAMETER)
    assert get("/cards/ferry").status == 500
    assert ferry.list_keys("cards/") == []
