"""Sends what no reader sends in every header, path and field: odd dates, tags, ranges, numbers and addresses, and no Unicode.

test_fuzz.py has the parsers alone, test_fuzzed_requests.py the bodies of the team's routes.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import cms_webhook.app
from adapters.storage.article_store import put_over
from http_api.app import handler
from storycard.ingest import read_native
from support.aws_in_memory import AwsInMemory, aws_in_memory
from support.lambda_events import SECRET, Answer, as_body, call, native, signed
from support.team_tokens import EDITOR, TOKENS

pytestmark = pytest.mark.slow

SOURCES = f'[sources.desk]\nscheme = "standard-webhooks"\nformat = "native"\nsecrets = ["{SECRET}"]\n'
IDS = ["ferry", "a.b.c", "ferry.zip", "ferry.", ".ferry", "..", ".", "~", "-a", "a" * 128, "a" * 129]
IDS += [
    "%2e%2e",
    "ferry%2F",
    "ferry%00",
    "fer ry",
    "ferry\x00",
    "ferry\n",
    "ferry;a",
    "\ud800",
    "é",
    "١",
    "%",
    "%zz",
    "a//b",
    "a\\b",
]
PATHS = ["/cards/{}", "/cards/{}.zip", "/share/{}", "/share/{}/quote", "/share/{}/p/aaaaaaaaaa"]
PATHS += ["/cards/{}/headline/og.png", "/cards/{}/headline/og", "/cards/{}/0123456789abcdef/headline/og.png"]
PATHS += [f"/articles/{{}}{end}" for end in ("", "/status", "/versions", "/photo", "/posts")]
PAGES = ["/", "/studio", "/healthz", "/openapi.json", "/docs", "/catalogue", "/oembed", "/articles", "/signed-in/articles"]
METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "get", "gET", "", "BREW", "CONNECT", "TRACE", "\ud800", "G ET"]

DATES = ["Sun, 01 Mar 2026 12:00:00 GMT", "Sun, 01 Mar 99999999999 12:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 +2359", ",", "Sun,"]
DATES += ["Fri, 31 Dec 9999 23:59:59 -2359", "Sun, 06 Nov 1994 08:49:37 -" + "9" * 30, "Sun, 06 Nov 1994 08:49:37 +" + "9" * 4400]
DATES += [
    "01 Jan 1 00:00 +",
    "Sun, 00 Foo 0 0:0:0 +-99",
    "Thu, 01 Jan 1970 00:00:60 GMT",
    "Sun, ² Nov 1994 08:49:37 GMT",
    "- - - - -",
]
DATES += ["Sun, 06 Nov 1994 99:99:99 GMT", "1 2 3 4 5", "9" * 5000, "\ud800", "Sun, 06 Nov 1994 08:49:37 GMT," * 2]
TAGS = ['"x"', 'W/"x"', "*", '"', '""', ",,,", "W/", '"\ud800"', "\x00", '"a","b"', '"' * 5001]
RANGES = ["bytes=0-", "bytes=-1", f"bytes={'9' * 30}-", "bytes=a-b", "x", "bytes=" + "0-0," * 2000, "items=0-1"]
TYPES = [f"image/avif;q={q}" for q in ("nan", "inf", "1e999", "9" * 5000, "١", "\ud800")] + [";;;;", ",,,,", "*/*;q=-1"]
OTHERS = ["", "\ud800", "\x00", "é", "Bearer", "Bearer \ud800", "Bearer " + "x" * 9000, "[", "https://[", "a, b"]
HEADERS = {
    **dict.fromkeys(("if-modified-since", "if-unmodified-since", "if-range", "date"), DATES),
    **dict.fromkeys(("if-match", "if-none-match"), TAGS),
    **dict.fromkeys(("accept", "accept-encoding", "accept-language"), TYPES),
    "range": RANGES,
    **dict.fromkeys(
        ("authorization", "host", "cookie", "content-type", "content-length", "user-agent", "x-forwarded-host"), OTHERS
    ),
}

INSTANTS = ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-02-30T25:61:61Z", "2026-03-01T10:00:00+99:99"]
INSTANTS += [
    "2026-03-01T24:00:00Z",
    "-0001-01-01",
    "2026-W10-1",
    "٢٠٢٦-03-01",
    "2026-03-01T10:00:00." + "9" * 99 + "Z",
    "9" * 5000,
]
ADDRESSES = ["https://[x", "https://[::1", "http://a:99999/", "http://a:b/", "https://\u2100.com/", "https://a\x00b/", "//x"]
ADDRESSES += ["https://" + "a" * 70_000, "javascript:alert(1)", "https://[1:2:3:4:5:6:7:8:9]/"]
PICTURES = [{"url": url} for url in ADDRESSES]
PICTURES += [{"url": "https://a.example/", "focal_point": place} for place in ([float("nan"), 10**400], ["0.5", "0.5"], [])]
VALUES = [None, True, 0, -1, 10**400, float("nan"), float("inf"), "", "\ud800", "\x00" * 5000, "x" * 200_000, [], {}, [[[[]]]]]
VALUES += [["\ud800"], [None] * 5000, [{"text": "\ud800", "speaker": None}], *INSTANTS, *ADDRESSES, *PICTURES]
FIELDS = ["id", "headline", "language", "deck", "kicker", "bullets", "quotes", "summary", "byline", "status", "brand", "paid"]
FIELDS += ["published_at", "updated_at", "embargo_until", "canonical_url", "image", "questions", "social_headlines", "unknown"]
BODIES = [b"", b"[]", b"null", b"NaN", b"Infinity", b"1e999", b"[" * 100_000, b'{"a":' * 50_000, b'"\\ud800"', b"\xff", b"\x00"]
BODIES += [b'{"headline": NaN}', b'{"headline": "a", "headline": "b"}', b'{"id": ' + b"9" * 6000 + b"}", b"\xff\xfe{\x00}\x00"]


@pytest.fixture(scope="module")
def system(assets_of_one_format) -> Iterator[AwsInMemory]:
    with aws_in_memory(assets_of_one_format) as system:
        system.connect(TOKENS, SOURCES)
        yield system


@pytest.fixture
def ferry(system: AwsInMemory) -> AwsInMemory:
    """Publishes the article again, whatever the tests before did to it."""
    body = as_body(native("ferry"))
    put_over(system.bucket, read_native(body), body, datetime.now(UTC))
    return system


def check(answer: Answer, *request: object) -> None:
    assert answer.status < 500 or answer.status in (501, 503), (answer, request)


@pytest.mark.parametrize("article_id", IDS)
def test_any_id_and_method(ferry: AwsInMemory, article_id: str) -> None:
    for path in PATHS:
        for method in METHODS:
            check(call(handler, method, path.format(article_id), EDITOR), method, path)


@pytest.mark.parametrize("name", HEADERS)
def test_any_value_of_a_header(ferry: AwsInMemory, name: str) -> None:
    for path in [*(path.format("ferry") for path in PATHS), *PAGES]:
        for value in HEADERS[name]:
            check(call(handler, "GET", path, EDITOR | {name: value}), path, value)


@pytest.mark.parametrize("field", FIELDS)
def test_any_value_of_a_field(ferry: AwsInMemory, field: str) -> None:
    """What is accepted is also rendered. What a webhook refuses stays in the queue as a dead letter (ADR 4)."""
    for number, value in enumerate(VALUES):
        body = json.dumps(native("ferry") | {field: value}).encode()
        edited = call(handler, "PUT", "/articles/ferry", EDITOR, body, as_base64=True)
        sent = call(cms_webhook.app.handler, "POST", "/webhooks/desk", signed(body, f"{field}-{number}"), body)
        for answer in (edited, sent):
            check(answer, value)
        if sent.status < 300:
            ferry.work()
        ferry.queues["renders"].clear()
        check(call(handler, "GET", "/share/ferry"), value)


@pytest.mark.parametrize("media_type", ["application/json", "text/plain; charset=nope", "text/plain; charset=\ud800", "", ";;;"])
@pytest.mark.parametrize("path", ["/articles/{}", "/cards/{}", "/cards/{}/preview", "/cards/{}/send", "/articles/{}/posts"])
def test_any_body(ferry: AwsInMemory, path: str, media_type: str) -> None:
    method = "PUT" if path == "/articles/{}" else "POST"
    for body in BODIES:
        check(call(handler, method, path.format("ferry"), EDITOR | {"content-type": media_type}, body, as_base64=True), body)
