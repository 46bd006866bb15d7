"""Sends events of every CMS to the webhook, and tests what is stored, which revision wins, and that no event breaks it."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cms_webhook.app
import render_worker.app
from adapters.clients import s3
from adapters.cms.events import FORMATS
from adapters.web.problems import PROBLEMS
from support.aws_in_memory import aws_in_memory
from support.cms_signers import SIGNERS
from support.cms_webhooks import TOML, post, status
from support.lambda_events import Context, as_body, call, native
from support.web_server import page, web_server

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

TEN = datetime(2026, 3, 1, 10, tzinfo=UTC)


def work(aws) -> None:
    aws.pump(render_worker.app.handler, Context())


@pytest.fixture
def sources(aws):
    aws.connect("", TOML)
    return aws


@pytest.fixture(params=["in memory", pytest.param("moto", marks=pytest.mark.slow)])
def any_sources(request, assets_of_one_format) -> Iterator:
    """Provides the sources with AWS in memory, for many events, and (slow) with moto's."""
    with ExitStack() as opened:
        in_memory = request.param == "in memory"
        system = opened.enter_context(aws_in_memory(assets_of_one_format)) if in_memory else request.getfixturevalue("aws")
        system.connect("", TOML)
        yield system


@pytest.mark.parametrize("scheme", SIGNERS)
@pytest.mark.parametrize("as_base64", [False, True])
def test_every_scheme_stores_an_article_and_a_retry_changes_nothing(sources, scheme, as_base64):
    body = as_body(native("ferry", headline="Fähre fährt — «все» ночи"))
    now = datetime.now(UTC)
    answers = [post(scheme, "native", body, now, as_base64) for _ in range(2)]
    assert answers[0].status == 202
    assert answers[1].json["article"] in ("unchanged", "stored")
    assert sources.body("articles/ferry/source.json") == body


def test_header_names_are_case_insensitive(sources):
    body, path = as_body(native("ferry")), "/webhooks/ghost-native"
    headers = SIGNERS["ghost"].sign(body, SIGNERS["ghost"].secret, datetime.now(UTC), path)
    assert call(cms_webhook.app.handler, "POST", path, {"X-GHOST-Signature": headers["x-ghost-signature"]}, body).status == 202


def test_withdrawing_removes_cards_and_republishing_restores_them(sources):
    def is_served() -> bool:
        return "cards/ferry/manifest.json" in sources.list_keys("cards/ferry/")

    post("sanity", "sanity", as_body({"_id": "ferry", "_updatedAt": TEN.isoformat(), "headline": "Ferries", "language": "en"}))
    work(sources)
    assert is_served()
    answer = post("sanity", "sanity", as_body({"_id": "ferry", "operation": "delete"}))
    assert (answer.status, answer.json["article_id"], answer.json["article"]) == (202, "ferry", "stored")
    work(sources)
    assert status(sources, "ferry") == "withdrawn"
    assert not is_served()
    later = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    post("sanity", "sanity", as_body({"_id": "ferry", "_updatedAt": later, "headline": "Ferries again", "language": "en"}))
    work(sources)
    assert is_served()


def test_only_the_id_of_a_deleted_article_remains(sources):
    post("ghost", "native", as_body(native("ferry", status="published")))
    post("ghost", "native", as_body({"id": "ferry", "status": "withdrawn"}))
    assert b"Harbour" not in sources.body("articles/ferry/article.json") + sources.body("articles/ferry/source.json")


def test_unpublishing_withdraws_but_a_new_draft_stays_a_draft(sources):
    for article_id in ("ferry", "museum"):
        post("ghost", "native", as_body(native(article_id, status="draft", updated_at="2026-03-01T09:00:00Z")))
    assert status(sources, "ferry") == "draft"
    post("ghost", "native", as_body(native("ferry")))
    for minute in (1, 2):  # saving the draft again changes nothing
        post("ghost", "native", as_body(native("ferry", status="draft", updated_at=f"2026-03-01T10:0{minute}:00Z")))
        assert status(sources, "ferry") == "withdrawn"
    assert status(sources, "museum") == "draft"


def test_an_undated_event_sent_again_later_is_a_new_event(sources, monkeypatch):
    """A second "Story 7 was deleted" is a new event if the story was published in between."""
    deletion = as_body({"id": "ferry", "status": "withdrawn"})
    moment = datetime(2026, 3, 1, 10, tzinfo=UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment

    monkeypatch.setattr(cms_webhook.app, "datetime", Clock)
    for content in (deletion, as_body(native("ferry", updated_at="2026-03-01T10:30:00Z")), deletion):
        assert post("hmac-sha256", "native", content).status == 202
        moment += timedelta(hours=1)
    assert status(sources, "ferry") == "withdrawn"


@pytest.mark.parametrize(
    ("scheme", "format_name", "body", "options"),
    [
        ("contentful", "contentful", {"sys": {"id": "ferry"}}, {"topic": "ContentManagement.Entry.auto_save"}),
        ("sanity", "sanity", {"_id": "drafts.ferry"}, {}),
        ("storyblok", "storyblok", {"action": "moved", "story_id": 7}, {}),
    ],
)
def test_an_event_without_public_effect_is_kept_but_not_enqueued(sources, scheme, format_name, body, options):
    answer = post(scheme, format_name, as_body(body), **options)
    assert (answer.status, answer.json["article"]) == (202, "ignored")
    assert len([key for key in sources.list_keys("inbox/") if not key.endswith("/answered")]) == 1
    assert sources.messages() == []


def test_the_worker_fetches_an_announced_article(sources):
    fetched = as_body(native("7", updated_at="2026-03-01T11:00:00Z"))
    with web_server() as site:
        site.pages["/articles/7"] = page(fetched)
        sources.connect(f'[cms]\nurl = "{site.base_url}/articles/{{id}}"\nformat = "native"\n', TOML)
        answer = post("storyblok", "storyblok", as_body({"action": "published", "story_id": 7, "space_id": 1}))
        assert (answer.status, answer.json["article"]) == (202, "announced")
        work(sources)
    assert sources.body("articles/7/source.json") == fetched
    assert "cards/7/manifest.json" in sources.list_keys("cards/")


def test_an_announcement_without_a_configured_cms_is_dead_lettered_with_the_reason(sources):
    post("storyblok", "storyblok", as_body({"action": "published", "story_id": 7, "space_id": 1}))
    work(sources)
    assert len(sources.messages(sources.dead_letter_url)) == 1
    [failure] = [key for key in sources.list_keys("failures/") if "/deliveries/" not in key]
    assert "[cms]" in json.loads(sources.body(failure))["reason"]


# The events of one article in their true order. The test sends them in any order, some twice, before and after a render.
REVISIONS = [
    native("ferry", headline="First", updated_at="2026-03-01T10:00:00Z"),
    {"id": "ferry", "status": "withdrawn", "updated_at": "2026-03-01T10:01:00Z"},
    native("ferry", headline="Second", updated_at="2026-03-01T10:02:00Z"),
    native("ferry", headline="Corrected", updated_at="2026-03-01T10:03:00Z"),
    {"id": "ferry", "status": "withdrawn", "updated_at": "2026-03-01T10:04:00Z"},
]


@pytest.mark.parametrize("last", [3, pytest.param(4, marks=pytest.mark.slow), pytest.param(5, marks=pytest.mark.slow)])
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_events_in_any_order_and_repeated_leave_the_newest_revision(sources, data, last):
    for key in sources.list_keys():
        s3().delete_object(Bucket=sources.bucket, Key=key)
    order = data.draw(st.permutations(range(last)))
    for index in order + data.draw(st.lists(st.sampled_from(order), max_size=3)):
        assert post("ghost", "native", as_body(REVISIONS[index])).status in (200, 202)
        if index == 2:
            work(sources)
    work(sources)
    newest = REVISIONS[last - 1]
    assert status(sources, "ferry") == newest.get("status", "published")
    served = [key for key in sources.list_keys("cards/ferry/") if key.endswith("manifest.json")]
    assert len(served) == ("headline" in newest)
    if served:
        cards = json.loads(sources.body(served[0]))["cards"]
        assert {card["alt"] for card in cards if card["kind"] == "headline"} == {newest["headline"]}


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
# Similar enough to real events to pass the first checks.
NAMES = st.sampled_from(
    [
        *("id", "_id", "ID", "sys", "fields", "post", "current", "previous", "event", "action", "status", "story_id", "data"),
        *("headline", "title", "slug", "language", "bullets", "quotes", "image", "html", "lexical", "content", "rendered"),
        *(
            "updated_at",
            "modified_gmt",
            "_updatedAt",
            "published_at",
            "deletedAt",
            "uri",
            "headlines",
            "basic",
            "content_elements",
        ),
    ]
)
ALMOST = st.recursive(
    JSON_VALUES | st.sampled_from(["ferry", "published", "withdrawn", "en", "2026-03-01T10:00:00Z", "9999-12-31T23:59:59-23:59"]),
    lambda inner: st.dictionaries(NAMES, inner, max_size=6) | st.lists(inner, max_size=3),
    max_leaves=12,
)
BODIES = st.binary(max_size=60) | ALMOST.map(lambda value: json.dumps(value).encode()) | st.text(max_size=60).map(str.encode)


@pytest.mark.parametrize("format_name", FORMATS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES, scheme=st.sampled_from(sorted(SIGNERS)), topic=st.sampled_from(["publish", "delete", "x"]))
def test_no_signed_body_of_any_format_and_scheme_causes_a_5xx_or_410(any_sources, format_name, body, scheme, topic):
    options = {"topic": f"ContentManagement.Entry.{topic}"} if scheme == "contentful" else {}
    answer = post(scheme, format_name, body, as_base64=True, **options)
    assert answer.status in (200, 202, 400, 409, 422)  # 409: an earlier event of another source had the same ID


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scheme=st.sampled_from(sorted(SIGNERS)),
    value=st.text(max_size=40),
    body=st.text(alphabet=st.characters(), max_size=40),
    query=st.text(alphabet="ab=&?é%", max_size=8),
)
def test_any_unsigned_request_is_401(sources, scheme, value, body, query):
    signer = SIGNERS[scheme]
    names = signer.sign(b"", signer.secret, datetime.now(UTC), "/")
    event = {
        "version": "2.0",
        "rawPath": f"/webhooks/{scheme}-native",
        "rawQueryString": query,
        "headers": dict.fromkeys(names, value),
        "requestContext": {"http": {"method": "POST", "path": "/"}, "requestId": "r", "stage": "$default"},
        "body": body,
        "isBase64Encoded": False,
    }
    assert cms_webhook.app.handler(event, Context())["statusCode"] == 401


def test_a_webhook_s_errors_are_never_410():
    """Ghost deletes a webhook that is answered with 410; only reading an article may answer it."""
    assert [error.__name__ for error, problem in PROBLEMS.items() if problem.status == 410] == ["ArticleWithdrawn"]
