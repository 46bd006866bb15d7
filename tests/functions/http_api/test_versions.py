"""Tests the history of a story: what each version changed, that earlier cards can be taken, and how it ends."""

import io
import json
import zipfile

import pytest

from adapters.storage import version_store
from http_api.app import handler
from operations import purge
from publishing.cards.version_record import changes_between
from render_worker.app import handler as worker
from support.lambda_events import Context, as_body, call, native
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER

pytestmark = pytest.mark.usefixtures("one_format")
PATH = "/articles/ferry/versions"
QUOTE = {"text": "Nobody should have to swim home from work.", "speaker": "Ida Holm", "role": "harbour master"}


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


def publish(aws, day: int, **fields: object) -> str:
    """Stores a revision, publishes its set and returns the version."""
    store_article(aws, updated_at=f"2026-03-{day:02d}T10:00:00Z", **fields)
    return call(handler, "GET", "/cards/ferry").json["version"]


def versions() -> list[dict]:
    answer = call(handler, "GET", PATH, VIEWER)
    assert (answer.status, answer.headers["cache-control"]) == (200, "private, no-cache")
    return answer.json["versions"]


def test_lists_what_each_version_changed_newest_first(aws):
    first = publish(aws, 1, headline="The mayor resigns")
    second = publish(aws, 2, headline="The mayor does NOT resign", bullets=[])
    assert call(handler, "PUT", "/articles/ferry", EDITOR, as_body(native("ferry", quotes=[]))).status == 200
    third = call(handler, "GET", "/cards/ferry").json["version"]
    newest, middle, oldest = versions()
    assert [row["version"] for row in (newest, middle, oldest)] == [third, second, first]
    assert [row["live"] for row in (newest, middle, oldest)] == [True, False, False]
    assert [row["changed_by"] for row in (newest, middle, oldest)] == ["editor", "api", "api"]
    assert (middle["headline"], oldest["changed"]) == ("The mayor does NOT resign", [])
    assert middle["changed"] == [
        {"field": "headline", "was": "The mayor resigns", "is": "The mayor does NOT resign"},
        {"field": "bullets", "was": native("ferry")["bullets"], "is": []},
    ]
    assert [change["field"] for change in newest["changed"]] == ["headline", "bullets", "quotes"]
    assert newest["changed"][2] == {"field": "quotes", "was": [QUOTE], "is": []}


def test_an_earlier_version_can_be_looked_at_and_taken(aws):
    first = publish(aws, 1, headline="The mayor resigns")
    second = publish(aws, 2, headline="The mayor does NOT resign")
    answer = call(handler, "GET", f"{PATH}/{first}", VIEWER)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert "resigns" in answer.json["cards"][0]["alt"]
    assert (answer.json["version"], answer.json["headline"]) == (first, "The mayor resigns")
    assert call(handler, "GET", answer.json["cards"][0]["url"].removeprefix("https://cards.example")).status == 200
    assert call(handler, "GET", f"{PATH}/{first}", VIEWER | {"if-none-match": answer.headers["etag"]}).status == 304
    zipped = call(handler, "GET", "/cards/ferry.zip", VIEWER, query=f"version={first}&expected_version={second}")
    files = zipfile.ZipFile(io.BytesIO(zipped.body))
    assert "ferry/headline-og.png" in files.namelist()
    assert b"resigns" in files.read("ferry/captions.csv")


def test_a_restored_version_is_the_newest_again(aws):
    first = publish(aws, 1, headline="The mayor resigns")
    second = publish(aws, 2, headline="The mayor does NOT resign")
    publish(aws, 3, headline="The mayor resigns")
    assert [(row["version"], row["live"]) for row in versions()] == [(first, True), (second, False)]


def test_only_the_newest_are_read(aws, monkeypatch):
    monkeypatch.setattr(version_store, "MOST", 2)
    for day in (1, 2, 3):
        publish(aws, day, headline=f"Ferries, take {day}")
    assert len(versions()) == 2  # S3 lists times in whole seconds, so which ones is not certain here


def test_a_set_of_an_earlier_release_is_listed_while_it_is_live(aws):
    version = publish(aws, 1)
    version_store.s3().delete_object(Bucket=aws.bucket, Key=f"articles/ferry/versions/{version}.json")
    [row] = versions()
    assert row | {"rendered_at": ""} == {"version": version, "rendered_at": "", "changed": [], "live": True}
    assert call(handler, "GET", f"{PATH}/{version}", VIEWER).json["type"] == "urn:storycard:problem:version-unknown"


def test_a_story_without_cards_has_no_versions(aws):
    store_article(aws, status="draft")
    assert versions() == []
    assert call(handler, "GET", f"{PATH}/{'0' * 16}", VIEWER).status == 404


def test_a_withdrawal_deletes_them(aws):
    version = publish(aws, 1)
    store_article(aws, status="withdrawn", updated_at="2026-03-02T10:00:00Z")
    for path in (PATH, f"{PATH}/{version}"):
        assert call(handler, "GET", path, VIEWER).status == 410
    assert call(handler, "PUT", "/articles/ferry", EDITOR, as_body(native("ferry", status="withdrawn"))).status == 200
    aws.pump(worker, Context())
    assert aws.list_keys("articles/ferry/versions/") == []


def test_a_purge_deletes_those_of_the_cards_that_it_deletes(aws):
    first, second = publish(aws, 1), publish(aws, 2, headline="Ferries")
    [replaced] = purge.find_replaced(aws.bucket, purge.datetime.max.replace(tzinfo=purge.UTC))
    assert replaced.version == first
    purge._purge(aws.bucket, purge.datetime.max.replace(tzinfo=purge.UTC), is_confirmed=True)
    assert [row["version"] for row in versions()] == [second]


@pytest.mark.parametrize("path", [PATH, f"{PATH}/{'0' * 16}"])
def test_they_are_for_the_team_only(aws, path):
    assert call(handler, "GET", path).status == 401
    assert call(handler, "GET", path, VIEWER).status == 404
    assert call(handler, "GET", f"{PATH}/nonsense", VIEWER).status == 400


def test_the_kept_manifest_is_the_public_one_and_more(aws):
    version = publish(aws, 1)
    kept, public = (json.loads(aws.body(key)) for key in (f"articles/ferry/versions/{version}.json", "cards/ferry/manifest.json"))
    assert {name: kept[name] for name in public} == public
    assert set(kept) - set(public) == {"headline", "summary", "changed_by", "story"}


def test_a_new_theme_a_release_and_a_photograph_are_changes_too():
    earlier = {"theme": "broadsheet", "renderer": "2.0.0", "story": {"headline": "Ferries", "photo": ""}}
    later = {"theme": "civic", "renderer": "2.1.0", "story": {"headline": "Ferries", "photo": "ab12"}}
    assert [change["field"] for change in changes_between(earlier, later)] == ["photo", "theme", "renderer"]
    assert changes_between(earlier, earlier) == []
