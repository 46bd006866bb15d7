"""Tests `storycard backup-drill` against moto's versioned S3."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.clients import s3
from adapters.storage.erasure import find_versions
from operations import backup_drill, forget
from operations.backup_drill import command
from support.stored_articles import store_article


@pytest.fixture
def bucket(aws, monkeypatch):
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", aws.dead_letter_url)
    monkeypatch.setenv("PHOTO_DEAD_LETTER_QUEUE_URL", aws.photo_dead_letter_url)
    s3().put_bucket_versioning(Bucket=aws.bucket, VersioningConfiguration={"Status": "Enabled"})
    store_article(aws, "ferry")
    store_article(aws, "museum")
    return aws


def run(capsys, *arguments: str, code: int = 0) -> str:
    assert command(["--hours-ago", "0", *arguments]) == code
    return capsys.readouterr().out


def test_restores_and_verifies_every_article_and_leaves_nothing(bucket, capsys):
    before = bucket.list_keys()
    assert ", 0 could not be restored\n" in run(capsys)
    assert bucket.list_keys() == before
    assert list(find_versions(bucket.bucket, "drill/")) == []  # not even as a replaced version


def test_leaves_nothing_after_a_failure_either(bucket, monkeypatch):
    monkeypatch.setattr(backup_drill, "_fault", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        command(["--hours-ago", "0"])
    assert list(find_versions(bucket.bucket, "drill/")) == []


def test_forget_erases_kept_copies_too(bucket, capsys):
    run(capsys, "--keep")
    assert forget.command(["ferry", "--yes"]) == 0
    assert [version.key for version in find_versions(bucket.bucket, "drill/") if "ferry" in version.key] == []
    assert [version.key for version in find_versions(bucket.bucket, "drill/") if "museum" in version.key] != []


def test_keeps_the_copies_on_request(bucket, capsys):
    told = run(capsys, "--keep")
    target = told.split("kept under ")[1].strip()
    assert bucket.body(f"{target}articles/ferry/article.json") == bucket.body("articles/ferry/article.json")


def test_restores_what_was_there_at_the_time(bucket, monkeypatch):
    """The clock of S3 counts seconds, so the listing is given other times."""
    key = "articles/ferry/article.json"
    first = s3().head_object(Bucket=bucket.bucket, Key=key)["VersionId"]
    store_article(bucket, "ferry", headline="Corrected", updated_at="2026-03-01T11:00:00Z")
    second = s3().head_object(Bucket=bucket.bucket, Key=key)["VersionId"]
    s3().delete_object(Bucket=bucket.bucket, Key=key)
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    marker = s3().list_object_versions(Bucket=bucket.bucket, Prefix=key)["DeleteMarkers"][0]["VersionId"]
    hours = {first: 0, second: 1, marker: 2}

    class Listed:
        def paginate(self, **_: str):
            item = [
                {"Key": key, "VersionId": version, "LastModified": noon + timedelta(hours=hour)}
                for version, hour in hours.items()
            ]
            return [{"Versions": item[:2], "DeleteMarkers": item[2:]}]

    monkeypatch.setattr(s3(), "get_paginator", lambda _: Listed())
    found = [
        [version.version_id for version in backup_drill.versions_at(bucket.bucket, key, noon + timedelta(hours=hour))]
        for hour in (-1, 0, 1, 2)
    ]
    assert found == [[], [first], [second], []]


def test_names_an_article_that_cannot_be_read(bucket, capsys):
    s3().put_object(Bucket=bucket.bucket, Key="articles/tram/article.json", Body=b"{")
    told = run(capsys, code=1)
    assert "articles/tram/article.json: expected an article, got " in told
    assert "1 could not be restored" in told


def test_a_copy_that_differs_is_a_fault():
    same = (b"{}", {"a": "1"})
    assert backup_drill._fault("x", same, same) == ""
    assert "other bytes or metadata" in backup_drill._fault("x", same, (b"{}", {}))
