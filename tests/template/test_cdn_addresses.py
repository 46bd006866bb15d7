"""Runs AddressFunction of template.yaml in Node, and checks the path and Accept header that it gives a request."""

import json
import re
import subprocess
from functools import cache
from string import ascii_letters, digits

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from adapters.storage.card_store import CardPlace
from http_api.cards.accept import modern_type
from http_api.paths import pinned_path
from support.template import stack
from support.waiting import PATIENCE

pytestmark = pytest.mark.slow

VERSION = "0123456789abcdef"
# Reads one request a line and prints the changed one. The function runs as in CloudFront: in strict mode, without Node's globals.
PROGRAM = """
const vm = require('vm');
const handler = vm.runInNewContext('"use strict";' + process.argv[1] + '; handler', {});
require('readline').createInterface({ input: process.stdin }).on('line', line => {
  const [uri, accept, querystring] = JSON.parse(line);
  const headers = accept === null ? {} : { accept: { value: accept } };
  const request = handler({ version: '1.0', request: { method: 'GET', uri, querystring, headers, cookies: {} } });
  const accepted = request.headers.accept ? request.headers.accept.value : null;
  console.log(JSON.stringify([request.uri, accepted, request.querystring]));
});
"""


@cache
def node() -> subprocess.Popen:
    code = stack().section("Resources")["AddressFunction"]["Properties"]["FunctionCode"]
    return subprocess.Popen(["node", "-e", PROGRAM, code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    node().stdin.close()
    assert node().wait(PATIENCE) == 0
    node().stdout.close()
    node.cache_clear()


def rewritten(uri: str, accept: str | None = None) -> list[str | None]:
    return _called(uri, accept, {})[:2]


def _called(uri: str, accept: str | None, query: dict) -> list:
    print(json.dumps([uri, accept, query]), file=node().stdin, flush=True)
    return json.loads(node().stdout.readline())


PINNED = f"/cards/ferry/{VERSION}"


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        (f"{PINNED}/headline/og.png", f"{PINNED}/headline-og.png"),
        (f"{PINNED}/carousel-12/tall.jpg", f"{PINNED}/carousel-12-tall.jpg"),
        (f"/cards/2026.03-01_a~b/{VERSION}/quote/x.avif", f"/cards/2026.03-01_a~b/{VERSION}/quote-x.avif"),
        (f"/cards/%66err%79/{VERSION}/headline/og%2Epng", f"{PINNED}/headline-og.png"),
        ("/cards/%66erry/headline/og.png", "/cards/ferry/headline/og.png"),
        ("/share/f%65rry/quote", "/share/ferry/quote"),
        # Not a card in S3: the path stays as it is, and the API answers.
        ("/cards/ferry/headline/og.png", None),
        ("/cards/ferry/headline/og", None),
        ("/cards/ferry.zip", None),
        ("/cards/ferry", None),
        ("/share/ferry/headline", None),
        ("/oembed", None),
        ("/studio", None),
        (f"{PINNED}/headline-og.png", None),
        (f"{PINNED}/headline/og", None),
        (f"{PINNED}/headline/og.png.", None),
        (f"{PINNED}/headline/og.gif", None),
        (f"{PINNED}/headline/.png", None),
        (f"{PINNED}/headline/og.png/", None),
        (f"{PINNED}/headline//og.png", None),
        (f"{PINNED}//headline/og.png", None),
        (f"{PINNED}/Headline/og.png", None),
        (f"{PINNED}/../headline/og.png", None),
        (f"/cards/../{VERSION}/headline/og.png", None),
        (f"/cards/.ferry/{VERSION}/headline/og.png", None),
        (f"/cards/{'a' * 129}/{VERSION}/headline/og.png", None),
        (f"/cards/ferry%2F{VERSION}/headline/og.png", None),
        (f"/cards/ferry/{VERSION.upper()}/headline/og.png", None),
        (f"{PINNED}/headline%2Fog.png", None),
        (f"{PINNED}/headline/og.png%0A", None),
        (f"{PINNED}/headline/og.png%00", None),
        ("/cards/%2561/headline/og.png", None),
        ("/cards/%zz/headline/og.png", None),
        ("/articles/ferry/article.json", None),
    ],
)
def test_rewrites_only_pinned_cards_to_keys(uri, expected):
    assert rewritten(uri)[0] == (expected or uri)


def test_key_is_the_one_that_the_api_stores_and_reads():
    for place in (
        CardPlace("ferry", VERSION, "headline", "og", "jpeg"),
        CardPlace("a.b-c_d~e", VERSION, "carousel-3", "story", "webp"),
    ):
        uri, _ = rewritten(place.path)
        assert uri == f"/{place.key}"
        assert pinned_path(uri) == place.path


@pytest.mark.parametrize(
    ("uri", "accept", "expected"),
    [
        ("/cards/ferry/headline/og", "image/avif,image/webp,*/*", "image/avif"),
        ("/cards/ferry/headline/og", "image/avif;q=0, image/WEBP ;q=0.8", "image/webp"),
        ("/cards/ferry/headline/og", "image/png,image/*;q=0.8", "image/*"),
        ("/cards/ferry/headline/og", "*/*", "*/*"),
        ("/cards/ferry/headline/og", None, "*/*"),
        ("/cards/a.b/headline/og", "image/webp", "image/webp"),
        ("/cards/ferry/headline/og.png", "image/avif", "image/*"),
        ("/cards/ferry/headline/og%2epng", "image/avif", "image/*"),
        (f"{PINNED}/headline/og.png", "text/html", "image/*"),
        ("/share/ferry", "text/html", "text/html"),
        ("/share/ferry", None, None),
    ],
)
def test_normalises_accept(uri, accept, expected):
    assert rewritten(uri, accept)[1] == expected


RANDOM = hypothesis_settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PRIVATE = ["articles", "photos", "inbox", "preview", "lookups", "downloads", "leases", "manifest.json", "article.json"]
PARTS = [
    *PRIVATE,
    "cards",
    "share",
    "ferry",
    VERSION,
    "headline",
    "carousel-1",
    "og.png",
    "..",
    ".",
    "",
    "~",
    "%",
    "*",
    "\\",
    "?",
    "#",
]
ESCAPES = ["%2e", "%2E%2e", "%2f", "%2F", "%5c", "%25", "%00", "%c0%af", "%u002e", "%61", "%"]
segments = st.lists(st.sampled_from(PARTS + ESCAPES) | st.text(max_size=4), max_size=3).map("".join)
escaped = st.lists(segments, max_size=7).map("/".join)
ALMOST_PINNED = st.tuples(segments, st.just(VERSION) | segments, segments, segments).map("/".join)
KEY = re.compile(r"/cards/[A-Za-z0-9][A-Za-z0-9._~-]{0,127}/[0-9a-f]{16}/[a-z]+(-[0-9]{1,2})?-[a-z0-9]+\.(png|jpg|webp|avif)")
NEEDLESS = re.compile("%([0-9A-Fa-f]{2})")
UNRESERVED = set(ascii_letters + digits + "-._~")


def spelled_plainly(uri: str) -> str:
    """Decodes escaped unreserved characters, which leaves an equivalent URI (RFC 3986, 6.2.2.2)."""

    def plain(escape: re.Match) -> str:
        character = chr(int(escape[1], 16))
        return character if character in UNRESERVED else escape[0]

    return NEEDLESS.sub(plain, uri)


@given(path=escaped | ALMOST_PINNED.map("cards/".__add__))
@RANDOM
def test_every_rewritten_path_is_a_card(path):
    uri, _ = rewritten(f"/{path}")
    plain = spelled_plainly(f"/{path}")
    if uri != plain:  # it was rewritten to a key
        assert KEY.fullmatch(uri)
        assert uri == "-".join(plain.rsplit("/", 1))
    # S3 is the origin, whatever the path: the CDN may read below cards/ only, and S3 does not resolve dot segments.
    assert uri.startswith("/cards/") == plain.startswith("/cards/")


quality = st.sampled_from(["", ";q=0", ";q=0.0", "; q=0.5", ";q=1", ";v=b3;q=0.7", ";Q=0", ";q=", ";q=x"])
ranges = st.sampled_from(["image/avif", "image/webp", "image/png", "image/*", "*/*", "text/html", "IMAGE/AVIF", "image/avif+x"])
accepts = st.lists(st.tuples(ranges, quality).map("".join), unique_by=lambda item: item.lower().split(";")[0], max_size=6)


@given(accept=accepts.map(", ".join))
@RANDOM
def test_normalised_accept_negotiates_the_same_type(accept):
    _, told = rewritten("/cards/ferry/headline/og", accept)
    assert modern_type(told) == modern_type(accept)
    assert ("image/" in told) == ("image/" in accept.lower())


@pytest.mark.parametrize(
    ("uri", "size", "path", "kept"),
    [
        (
            f"{PINNED}/headline/og.png",
            {"value": "400"},
            f"{PINNED}/headline/og.png",
            "400",
        ),  # S3 has no such key: the API answers
        (f"{PINNED}/carousel-12/tall.webp", {"value": "400"}, f"{PINNED}/carousel-12/tall.webp", "400"),
        (f"{PINNED}/headline/og%2Epng", {"value": "400"}, f"{PINNED}/headline/og.png", "400"),
        (f"{PINNED}/headline/og.png", {"value": "401"}, f"{PINNED}/headline/og.png", "other"),
        (f"{PINNED}/headline/og.png", {"value": ""}, f"{PINNED}/headline/og.png", "other"),
        (
            f"{PINNED}/headline/og.png",
            {"value": "400", "multiValue": [{"value": "400"}, {"value": "1"}]},
            f"{PINNED}/headline/og.png",
            "other",
        ),
        (f"{PINNED}/headline-og.png", {"value": "400"}, f"{PINNED}/headline-og.png", None),
        ("/cards/ferry/headline/og.png", {"value": "400"}, "/cards/ferry/headline/og.png", None),
        ("/cards/ferry/headline/og", {"value": "7"}, "/cards/ferry/headline/og", None),
    ],
)
def test_only_a_size_that_changes_the_answer_is_in_the_cache_key(uri, size, path, kept):
    answer, _, query = _called(uri, None, {"size": size})
    assert (answer, query.get("size")) == (path, kept and {"value": kept})
