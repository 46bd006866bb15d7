"""Sends hostile requests: each is rejected, and leaves nothing in public or under another article's ID."""

import hashlib
import json
import re

import pytest

import cms_webhook.app
from adapters.web.request_body import MAX_BODY, MAX_EVENT
from http_api.app import handler, logger
from support.lambda_events import as_body, call, native, signed

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

TOKEN = {"authorization": "Bearer a token of the desk", "content-type": "application/json"}
TOKENS = f'[tokens.desk]\nsha256 = "{hashlib.sha256(b"a token of the desk").hexdigest()}"\nrole = "editor"\n'
TAKES_A_BODY = [
    ("PUT", "/articles/ferry"),
    ("POST", "/cards/ferry"),
    ("POST", "/cards/ferry/preview"),
    ("POST", "/webhooks/desk"),
]
INJECTED = "x\r\nSet-Cookie: session=stolen\r\n\r\n<script>"


def send(method: str, path: str, body: bytes):
    """Sends the body with valid credentials."""
    if path.startswith("/webhooks/"):
        return call(cms_webhook.app.handler, method, path, signed_bytes(body), body, as_base64=True)
    return call(handler, method, path, TOKEN, body, as_base64=True)


def signed_bytes(body: bytes) -> dict[str, str]:
    try:
        return signed(body, "msg_1")
    except UnicodeDecodeError:  # the reference package signs only text
        return signed(b"", "msg_1")


def store(**fields: object):
    answer = send("PUT", "/articles/ferry", as_body(native("ferry", **fields)))
    assert answer.status in (200, 201)
    return answer


DEEP = {
    "brackets": b"[" * 200_000,
    "brackets that close": b"[" * 5_000 + b"]" * 5_000,
    "objects": b'{"a":' * 200_000,
    "within a field": b'{"headline":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "a number of 9,000 digits": b'{"bullets": ' + b"9" * 9_000 + b"}",
    "not text": b"\xff\xfe\x00{",
    "half a surrogate pair": b'{"headline": "\xed\xa0\x80"}',
}


@pytest.mark.parametrize(("method", "path"), TAKES_A_BODY)
def test_answers_hostile_json_with_4xx(aws, method, path):
    aws.connect(TOKENS)
    store()
    statuses = {name: send(method, path, body).status for name, body in DEEP.items()}
    assert {name: status for name, status in statuses.items() if not 400 <= status < 500} == {}


@pytest.mark.parametrize(("method", "path"), TAKES_A_BODY)
def test_a_valid_body_over_the_limit_is_413(aws, method, path):
    aws.connect(TOKENS)
    limit = MAX_EVENT if path.startswith("/webhooks/") else MAX_BODY
    body = as_body(native("ferry"))
    assert send(method, path, body + b" " * (limit - len(body))).status != 413
    assert send(method, path, body + b" " * limit).status == 413


NO_IDS = [
    "..",
    "../x",
    "a/../../cards/x",
    "a/b",
    "%2e%2e",
    "a%2fb",
    "a\0",
    "a\r\nb",
    "a b",
    "a" * 129,
    "\u0430bc",
    "a\u202eb",
    ".a",
    "a\n",
]


def test_rejects_a_traversing_id_in_every_body(aws):
    aws.connect(TOKENS)
    for article_id in NO_IDS:
        body = as_body(native("ferry") | {"id": article_id})
        statuses = [send(method, path, body).status for method, path in (("PUT", "/articles/ferry"), ("POST", "/webhooks/desk"))]
        assert (article_id, statuses) == (article_id, [422, 422])
    kept = re.compile(r"(?:inbox|inbox-index/[\w~-]+)/desk/msg_1/[0-9a-f]+")
    assert [key for key in aws.list_keys() if not kept.fullmatch(key)] == []


PATHS = ["/cards/{}", "/cards/{}.zip", "/cards/ferry/{}/og.png", "/cards/ferry/headline/og.{}", "/share/{}", "/share/ferry/{}"]
PATHS += ["/{}", "/articles/{}", "/studio/{}", "/studio/core/{}"]


def test_escapes_line_breaks_of_a_request_in_headers_and_logs(aws, log_of):
    aws.connect(TOKENS)
    store(headline=INJECTED, kicker=INJECTED, byline=[INJECTED])
    log = log_of(logger)
    headers = TOKEN | {"host": INJECTED, "accept": INJECTED, "if-none-match": INJECTED, "x-forwarded-host": INJECTED}
    for path in PATHS:
        answer = call(handler, "GET", path.format(INJECTED), headers, query="kinds=" + "x%0d%0aSet-Cookie:%20a")
        assert (path, 400 <= answer.status < 500) == (path, True)
        assert not {"\r", "\n"} & set("".join([*answer.headers, *answer.headers.values()]))
        assert "set-cookie" not in answer.headers
    log()  # raises if a line is not JSON


def test_a_headline_with_line_breaks_and_markup_is_only_text(aws):
    aws.connect(TOKENS)
    store(headline=INJECTED)
    for path in ("/cards/ferry", "/cards/ferry/headline/og.png", "/share/ferry", "/cards/ferry.zip", "/articles/ferry"):
        answer = call(handler, "GET", path, TOKEN)
        assert answer.status == 200
        assert not {"\r", "\n"} & set("".join(answer.headers.values()))
        assert path != "/share/ferry" or b"<script>" not in answer.body.replace(b'<script type="application/ld+json">', b"")


def test_request_headers_do_not_change_the_addresses_in_a_manifest(aws):
    aws.connect(TOKENS)
    store()
    headers = dict.fromkeys(("host", "x-forwarded-host", "forwarded", "x-original-url"), "forged.example")
    for path in ("/cards/ferry", "/share/ferry"):
        answer = call(handler, "GET", path, headers)
        assert answer.status == 200
        assert b"forged" not in answer.body
        assert "forged" not in json.dumps(answer.headers)
