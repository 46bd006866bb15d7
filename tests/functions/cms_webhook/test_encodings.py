"""Tests that the encoding in the header of a webhook, or of the CMS's answer, counts before the one that a page names."""

import json
from datetime import UTC, datetime

import pytest

import cms_webhook.app
import render_worker.app
from adapters.storage.article_store import find_article
from adapters.web.charset import charset_in
from http_api.app import handler
from support.cms_signers import SIGNERS
from support.cms_webhooks import TOML
from support.lambda_events import Context, call
from support.web_server import page, web_server

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

HEADLINE = "Мост открыли: ещё ёлка"
PAGE = f'<html lang=ru><meta charset=windows-1252><meta property="og:title" content="{HEADLINE}"><title>A</title>'.encode(
    "koi8-r"
)
TYPE = 'text/html; charset="KOI8-R"'
SCRIPT = b'<script type="application/ld+json">{"@type": "NewsArticle", "identifier": "bridge"}</script>'


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html; charset=Big5", "big5"),
        ('text/html;version=1; CHARSET="shift_jis"', "shift_jis"),
        ("text/html", ""),
        ("application/json; charset=iso-8859-1", ""),
        ("application/ld+json; charset=iso-8859-1", ""),
        ("", ""),
        ("nonsense; charset", ""),
    ],
)
def test_reads_the_charset_of_a_media_type(content_type: str, charset: str) -> None:
    assert charset_in(content_type) == charset


def test_the_header_of_a_webhook_counts_and_losses_are_in_the_manifest(aws) -> None:
    aws.connect("", TOML)
    path, body, signer = "/webhooks/static-header-jsonld", PAGE + SCRIPT, SIGNERS["static-header"]
    headers = signer.sign(body, signer.secret, datetime.now(UTC), path) | {"content-type": TYPE}
    assert call(cms_webhook.app.handler, "POST", path, headers, body, as_base64=True).status == 202
    assert find_article(aws.bucket, "bridge").article.headline == HEADLINE
    lossy = body.replace(b"lang=ru", b"lang=ru x='\x81'")
    headers = headers | {"content-type": "text/html; charset=utf-8"}
    assert call(cms_webhook.app.handler, "POST", path, headers, lossy, as_base64=True).status == 202
    aws.pump(render_worker.app.handler, Context())
    [notice] = json.loads(aws.body("cards/bridge/manifest.json"))["notices"]
    assert notice.startswith("Characters that cannot be read as utf-8 were left out: ")


def test_the_header_of_a_fetched_page_counts(aws) -> None:
    with web_server() as site:
        aws.connect(f'[cms]\nurl = "{site.base_url}/articles/{{id}}"\nformat = "jsonld"\n')
        site.pages["/articles/bridge"] = page(PAGE, Content_Type=TYPE)
        assert call(handler, "GET", "/cards/bridge/headline/og.png").status == 200
    assert find_article(aws.bucket, "bridge").article.headline == HEADLINE
