"""Sends hostile requests to an article, a post, a version and a photograph that exist: no fault, and every error is a problem."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import cms_webhook.app
from adapters.outbound import safe_fetch
from adapters.storage.added_photos import AddedPhoto, put_added_photo
from adapters.storage.s3_objects import put_object
from http_api.app import handler
from publishing import photo_adding
from storycard_photo import normalise
from support.aws_in_memory import aws_in_memory
from support.lambda_events import Answer, call
from support.photo_files import jpeg
from support.slack import FORM, SECRET, command, interaction, slack_signed
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER

pytestmark = pytest.mark.slow

PHOTO = "ab" * 32
KEY = {"x-key": "k" * 32, "content-type": "application/json"}
CONNECTIONS = TOKENS + f'[slack]\nsecrets = ["{SECRET}"]\n[outgoing.desk]\nformat = "slack"\nurl = "https://chat.example/desk"\n'
TABLE = {
    "id": "id || to_string(@)",
    "headline": "headline",
    "language": "language",
    "status": "status",
    "embargo_until": "embargo_until",
    "bullets": "items[?type=='fact'].text | sort(@)",
    "quotes": "items[].{text: text, speaker: join(' ', speaker)}",
    "body": "items",
    "summary": "to_string(items)",
    "image": "{url: url, credit: credit, focal_point: focal_point}",
}
SOURCES = f'[sources.desk]\nscheme = "static-header"\nheader = "X-Key"\nsecrets = ["{KEY["x-key"]}"]\n[sources.desk.map]\n'
SOURCES += "".join(f"{key} = {json.dumps(expression)}\n" for key, expression in TABLE.items())

WORDS = """
    name changes format_changes formats kinds types text status based_on headline kicker bullet bullets quote speaker
    role focal_point crop photo sha256 credit alt theme url to post expected_version image_type kind format id language
    items type embargo_until og actions value action_id message blocks response_url attachments
"""
NAMES = WORDS.split()
TEXTS = [
    *["ferry", "og", "headline", "shared", "draft", "desk", "en", "fact", "NaN", "https://cards.example/share/ferry"],
    *["", PHOTO, "0" * 16, "9" * 5_000, "9999-12-31T23:59:59-14:00", "a\n" * 2_000, "\ud800", "\x00", "\u202e", "{{[[<<"],
    *["<!channel>", "<https://evil.example|Read>", "https://[x", "http://127.0.0.1/"],
]
TEXT = st.sampled_from(TEXTS) | st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6)


def as_bytes(value: object) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")


def some(**fields: st.SearchStrategy) -> st.SearchStrategy:
    """Returns objects with up to three of these fields, few of which have a wrong value.

    With other fields and values, nearly every body would be refused at its first name.
    """
    wrong = st.tuples(st.sampled_from(sorted(fields)), VALUES)
    members = st.one_of(*(st.tuples(st.just(name), values) for name, values in fields.items()), wrong)
    return st.lists(members, max_size=3).map(dict)


BODIES = (OBJECTS | VALUES).map(as_bytes) | st.binary(max_size=40)
PLACES = {size: st.lists(st.floats(0, 1), min_size=size, max_size=size) for size in (2, 4)}
CHANGED = {
    **dict.fromkeys(("headline", "kicker", "bullet"), TEXT),
    "bullets": st.lists(TEXT, max_size=3),
    "quote": st.fixed_dictionaries({"text": TEXT}, optional={"speaker": TEXT, "role": TEXT}),
    "photo": st.fixed_dictionaries({"sha256": st.just(PHOTO), "credit": TEXT}, optional={"focal_point": PLACES[2]}),
    "focal_point": PLACES[2],
    "crop": PLACES[4],
    "theme": st.sampled_from(("", "civic", "nothing")),
}
CHANGES, FORMAT, NAMED = some(**CHANGED), st.sampled_from(("og", "nothing")), {"name": TEXT, "text": TEXT, "based_on": TEXT}
STATUS, KIND = st.sampled_from(("draft", "shared")), st.sampled_from(("headline", "bullet", "carousel-1"))
BY_FORMAT = st.dictionaries(FORMAT, CHANGES, max_size=2)
POST = some(changes=CHANGES, format_changes=BY_FORMAT, formats=st.lists(FORMAT, max_size=2), status=STATUS, **NAMED)
WORDING = {"kicker": TEXT, "bullets": CHANGED["bullets"], "quotes": st.lists(CHANGED["quote"], max_size=2)}
# What the routes take, by the end of their paths.
LIKELY = {
    "/comments": some(text=TEXT),
    "/photos": some(url=TEXT),
    "/send": some(to=st.just("desk"), post=TEXT, expected_version=TEXT),
    "/preview": st.tuples(CHANGES, st.fixed_dictionaries({"kind": KIND, "format": FORMAT})).map(
        lambda parts: parts[0] | parts[1]
    ),
    "/articles/{id}": st.fixed_dictionaries(
        {"id": st.just("ferry"), "headline": TEXT, "language": st.just("en")}, optional=WORDING
    ),
    "/posts": POST,
    "/posts/{post}": POST,
    "/cards/{id}": st.tuples(CHANGES, some(kinds=st.lists(KIND), formats=st.lists(FORMAT))).map(
        lambda parts: parts[0] | parts[1]
    ),
}
IDS = st.sampled_from((*["ferry"] * 20, "nobody", "gone", "a" * 129, "..", "ferry%2F", "\ud83d"))
ROUTES = (
    *(
        ("GET", f"/articles/{{id}}{end}")
        for end in ("", "/status", "/versions", "/versions/{version}", "/photo", "/photos/{photo}")
    ),
    *((method, "/articles/{id}/posts/{post}") for method in ("GET", "PUT", "PUT", "PUT", "DELETE")),
    *((method, "/articles/{id}/posts/{post}/approval") for method in ("PUT", "POST", "DELETE")),
    *(("POST", f"/articles/{{id}}{end}") for end in ("/posts", "/posts", "/posts", "/posts/{post}/comments", "/photos")),
    *(("POST", f"/cards/{{id}}{end}") for end in ("/send", "/send", "/preview", "")),
    *(("GET", path) for path in ("/articles/{id}/posts", "/share/{id}/p/{post}", "/cards/{id}.zip", "/articles", "/oembed")),
    ("PUT", "/articles/{id}"),
)
QUERIES = st.dictionaries(
    st.sampled_from(("version", "post", "kinds", "formats", "expected_version", "query", "url", "after", "size")),
    TEXT,
    max_size=2,
)
TAGS = st.sampled_from((*[""] * 10, "*", '"x"', 'W/"x"', '"', "\x00"))
BOUNDED = settings(
    max_examples=400,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


@pytest.fixture(scope="module")
def posts(assets_of_one_format) -> Iterator[list[str]]:
    """Provides a system in memory without a network; returns the names of two posts of the article ferry that exist."""

    def no_network(*_: object) -> None:
        raise OSError("no network")

    with aws_in_memory(assets_of_one_format) as system, pytest.MonkeyPatch.context() as patch:
        patch.setattr(safe_fetch, "_connect", no_network)
        patch.setattr(photo_adding, "PAUSE", 60.0)  # longer than a request may wait: nobody prepares a photograph
        system.connect(CONNECTIONS, SOURCES)
        store_article(system, "ferry")
        store_article(system, "gone", status="withdrawn")
        put_added_photo(system.bucket, "ferry", AddedPhoto(PHOTO, 640, 480, 0))
        put_object(system.bucket, f"photos/{PHOTO}.jpg", normalise(jpeg()).data)
        call(handler, "GET", "/cards/ferry")
        made = [call(handler, "POST", "/articles/ferry/posts", EDITOR, body) for body in (b"{}", b'{"status": "shared"}')]
        yield [answer.json["post"] for answer in made]


def check(answer: Answer) -> None:
    """Checks that the answer is no fault, and that an error is a problem, or an image or a page in its place."""
    assert answer.status < 500 or answer.status in (501, 503), answer
    if answer.status >= 400 and answer.headers["content-type"] == "application/problem+json":
        problem = answer.json
        assert problem["status"] == answer.status
        assert problem["title"]
        assert "Traceback" not in answer.body.decode()
    elif answer.status >= 400:
        assert answer.headers["content-type"].startswith(("image/", "text/html"))


@BOUNDED
@given(data=st.data())
def test_the_team_s_routes(posts: list[str], data: Any) -> None:
    method, route = data.draw(st.sampled_from(ROUTES))
    known = posts[data.draw(st.integers(0, 3)) % len(posts)]
    name = data.draw(st.sampled_from((*[known] * 12, "aaaaaaaaaa", "post", "..", "")))
    path = route.format(id=data.draw(IDS), post=name, version=data.draw(TEXT), photo=data.draw(st.sampled_from((PHOTO, "x"))))
    headers = data.draw(st.sampled_from((*[EDITOR] * 10, VIEWER, {})))
    if method == "PUT":
        headers = headers | {"if-match": "*"}
    if tag := data.draw(TAGS):
        headers = headers | {data.draw(st.sampled_from(("if-match", "if-none-match", "if-unmodified-since"))): tag}
    query = urlencode(data.draw(QUERIES), errors="replace") if method == "GET" else ""
    likely = next((bodies.map(as_bytes) for end, bodies in LIKELY.items() if route.endswith(end)), BODIES)
    body = data.draw(data.draw(st.sampled_from((likely, likely, likely, BODIES)))) if method != "GET" else b""
    answer = call(handler, method, path, headers, body, as_base64=True, query=query)
    check(answer)
    if (method, answer.status) == ("DELETE", 204):
        posts.append(call(handler, "POST", "/articles/ferry/posts", EDITOR, b"{}").json["post"])
        posts.remove(name)


@BOUNDED
@given(payload=OBJECTS, text=TEXT, raw=BODIES, form=st.sampled_from(("command", "interaction", "json", "raw")))
def test_slack_s_requests(posts: list[str], payload: dict[str, Any], text: str, raw: bytes, form: str) -> None:
    spoken = text.encode("utf-8", "replace").decode()
    kind = {"type": "block_actions" if len(payload) % 2 else "message_action"}
    bodies = {
        "command": command(spoken),
        "interaction": interaction(kind | payload),
        "json": json.dumps(payload).encode(),
        "raw": raw,
    }
    media_type = "application/json" if form == "json" else FORM
    check(call(handler, "POST", "/chat/slack", slack_signed(bodies[form], media_type), bodies[form], as_base64=True))


@BOUNDED
@given(body=BODIES)
def test_webhooks_that_a_table_reads(posts: list[str], body: bytes) -> None:
    check(call(cms_webhook.app.handler, "POST", "/webhooks/desk", KEY, body, as_base64=True))
