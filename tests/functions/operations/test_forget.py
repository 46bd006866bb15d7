"""Tests `storycard forget` against moto's S3, SQS and Scheduler, with versioning as in template.yaml."""

import json
from datetime import UTC, datetime, timedelta

import pytest

import http_api.app
import render_worker.app
from adapters.clients import s3, scheduler
from adapters.config.settings import settings
from adapters.storage.added_photos import put_upload
from http_api.cards import zip_download
from operations.forget import command
from publishing.photo_adding import prepare_upload
from support.cms_webhooks import TOML, post, send_article
from support.lambda_events import Context, as_body, call
from support.photo_files import jpeg
from support.stored_articles import store_article
from support.team_tokens import EDITOR, TOKENS, VIEWER
from support.web_server import page, web_server


@pytest.fixture
def places(aws, one_format, monkeypatch):
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", aws.dead_letter_url)
    monkeypatch.setenv("PHOTO_DEAD_LETTER_QUEUE_URL", aws.photo_dead_letter_url)
    s3().put_bucket_versioning(Bucket=aws.bucket, VersioningConfiguration={"Status": "Enabled"})
    return aws


@pytest.fixture
def site(places):
    with web_server() as site:
        site.pages["/own.jpg"] = page(jpeg("maroon"))
        site.pages["/shared.jpg"] = page(jpeg())
        site.pages["/not-a-photo.jpg"] = page(b"<html>")
        places.connect(TOKENS)
        yield site


def versions(aws, text: str = "") -> list[str]:
    """Returns the keys of all versions and delete markers that contain `text`."""
    answer = s3().list_object_versions(Bucket=aws.bucket)
    return [item["Key"] for name in ("Versions", "DeleteMarkers") for item in answer.get(name, ()) if text in item["Key"]]


def work(aws) -> None:
    aws.pump(render_worker.app.handler, Context())


def publish(aws, site, article_id: str, **fields: object) -> None:
    fields = {"image": {"url": f"{site.base_url}/shared.jpg"}, **fields}
    assert send_article(article_id, event_id=f"{article_id}_{len(versions(aws))}", **fields).status == 202
    work(aws)


@pytest.mark.slow
def test_erases_every_version_of_all_that_names_the_article(places, site, monkeypatch, capsys):
    publish(places, site, "12", image={"url": f"{site.base_url}/own.jpg"}, canonical_url="https://news.example/12")
    publish(places, site, "12", headline="Corrected", updated_at="2026-03-02T10:00:00Z")
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    publish(places, site, "12", embargo_until=soon, updated_at="2026-03-03T10:00:00Z")
    assert send_article("12", event_id="invalid", headline="").status == 422  # has no index entry, but fails
    publish(places, site, "12", image={"url": f"{site.base_url}/not-a-photo.jpg"}, updated_at="2026-03-02T11:00:00Z")
    for neighbour in ("120", "1", "12.zip"):
        publish(places, site, neighbour)
    publish(places, site, "12", updated_at="2026-03-04T10:00:00Z", image={"url": f"{site.base_url}/own.jpg"})
    for article_id in ("12", "120"):
        assert call(http_api.app.handler, "POST", f"/articles/{article_id}/posts", EDITOR, b'{"status": "shared"}').status == 201
    monkeypatch.setattr(zip_download, "MAX_DIRECT", 0)
    assert call(http_api.app.handler, "GET", "/cards/12.zip", VIEWER).status == 303
    publish(places, site, "12", embargo_until=soon, updated_at="2026-03-05T10:00:00Z")
    assert len(scheduler().list_schedules()["Schedules"]) == 1
    assert len([key for key in versions(places, "photos/") if key.endswith(".jpg")]) == 2
    neighbours = sorted(key for key in versions(places) if {"120", "1", "12.zip"} & set(key.split("/")))
    capsys.readouterr()

    assert command(["12", "--yes"]) == 0
    told = capsys.readouterr().out
    for folder in ("articles/", "cards/", "downloads/", "inbox/", "inbox-index/", "index/", "photos/", "posts/", "preview/"):
        assert folder in told
    assert "schedules" in told
    left = versions(places)
    assert [key for key in left if "12" in key.split("/")] == []
    assert sorted(key for key in left if {"120", "1", "12.zip"} & set(key.split("/"))) == neighbours
    assert len([key for key in left if key.startswith("photos/") and key.endswith(".jpg")]) == 1  # shared with the neighbours
    assert [key for key in left if key.startswith("photos/") and b"refused" in places.body(key)] == []
    assert scheduler().list_schedules()["Schedules"] == []
    kept = {key.split("/")[2].split("_")[0] for key in left if key.startswith("inbox/")}
    assert kept <= {"120", "1", "12.zip", "invalid"}
    assert call(http_api.app.handler, "GET", "/cards/12").status == 404
    [message] = places.messages()
    assert json.loads(message["Body"]).items() >= {"source": "(cdn)", "article_id": "12"}.items()


def test_erases_the_tombstone_and_failures_of_a_withdrawn_article(places, site, capsys):
    publish(places, site, "ferry")
    assert call(http_api.app.handler, "DELETE", "/articles/ferry", EDITOR).status == 204
    work(places)
    reason = {"message_id": "m1", "reason": "LookupError: ferry: no such article", "attempt": 1, "failed_at": "", "inbox": ""}
    s3().put_object(Bucket=places.bucket, Key="failures/m1.json", Body=json.dumps(reason).encode())
    s3().put_object(Bucket=places.bucket, Key="failures/m2.json", Body=json.dumps(reason | {"reason": "ferry-2"}).encode())
    assert command(["ferry", "--yes"]) == 0
    assert versions(places) == ["failures/m2.json"]


def test_erases_the_photographs_that_editors_added_unless_another_article_has_them_too(places, site, capsys):
    def add(article_id: str, file: bytes = b"", url: str = "") -> str:
        key = put_upload(places.bucket, article_id, file=file, url=url)
        prepare_upload(settings(), article_id, key)
        return json.loads(places.body(f"{key}.json"))["photo"]["sha256"]

    for article_id in ("ferry", "tram"):
        store_article(places, article_id)
    own, fetched, shared = (
        add("ferry", jpeg("maroon")),
        add("ferry", url=f"{site.base_url}/shared.jpg"),
        add("ferry", jpeg("navy")),
    )
    assert add("tram", jpeg("navy")) == shared
    put_upload(places.bucket, "ferry", file=b"not prepared yet")
    assert command(["ferry", "--yes"]) == 0
    assert versions(places, "ferry") == versions(places, own) == versions(places, fetched) == []
    assert versions(places, "photos/addresses/") == []
    assert f"photos/{shared}.jpg" in versions(places)
    assert command(["tram", "--yes"]) == 0
    assert versions(places, "photos/") == []


@pytest.mark.parametrize(("typed", "code"), [("ferry", 0), ("yes", 2), ("", 2), (None, 2)])
def test_asks_for_confirmation(places, monkeypatch, capsys, typed, code):
    store_article(places)

    def answer(prompt: str) -> str:
        if typed is None:
            raise EOFError
        return typed

    monkeypatch.setattr("builtins.input", answer)
    assert command(["ferry"]) == code
    assert (versions(places, "ferry") == []) == (code == 0)
    assert ("nothing was erased" in capsys.readouterr().err) == (code == 2)


def test_an_unknown_article_needs_no_erasing(places, capsys):
    assert command(["nobody"]) == 0
    assert capsys.readouterr().out == "nobody: nothing is stored\n"


def test_rejects_an_invalid_id_and_a_missing_place(aws, capsys):
    assert command(["a/b", "--yes"]) == 2
    assert command(["ferry", "--yes"]) == 2
    assert capsys.readouterr().err.count("expected") == 2


BODIES = {
    "native": {"id": "12", "headline": "", "summary": "SECRET"},
    "sanity": {"_id": "drafts.12", "headline": "SECRET"},
    "contentful": {"sys": {"id": "12"}, "fields": {"headline": {"en": "SECRET"}}},
    "wordpress": {"id": 12, "type": "page", "title": {"rendered": "SECRET"}},
    "ghost": {"event": "page.edited", "page": {"current": {"id": "12", "title": "SECRET"}, "previous": {}}},
    "ans": {"key": "story:update", "body": {"_id": "12", "type": "video", "headlines": {"basic": "SECRET"}}},
    "ninjs": {"guid": "12", "type": "picture", "headline": "SECRET"},
    "storyblok": {"action": "moved", "story_id": 12},
    "jsonld": '<html lang="en"><script type="application/ld+json">{"@type": "NewsArticle", "identifier": "12"}</script>SECRET',
}


@pytest.mark.parametrize("format_name", BODIES)
@pytest.mark.parametrize("is_indexed", [True, False])
def test_erases_deliveries_that_were_ignored_or_unreadable_and_those_of_earlier_releases(places, capsys, format_name, is_indexed):
    places.connect("", TOML)
    body = BODIES[format_name]
    body = body.encode() if isinstance(body, str) else as_body(body)
    for content in (body, body.replace(b"12", b"120")):
        topic = {"topic": "ContentManagement.Entry.auto_save"} if format_name == "contentful" else {}
        assert post("contentful", format_name, content, **topic).status in (202, 400, 422)
    if not is_indexed:
        for key in places.list_keys("inbox-index/"):
            s3().delete_object(Bucket=places.bucket, Key=key)
    assert command(["12", "--yes", *([] if is_indexed else ["--scan"])]) == 0
    assert [b"120" in places.body(key) for key in places.list_keys("inbox/")] == [True]
