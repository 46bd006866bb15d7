"""Tests `storycard purge`: what is live stays, what was replaced goes."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.clients import s3
from http_api.app import handler
from operations import backup_drill, purge
from operations.purge import command
from support.lambda_events import call
from support.stored_articles import store_article


@pytest.fixture
def ferry(aws, one_format, monkeypatch):
    """Stores two versions of one article's set, one of another's, and makes them all look a year old."""
    monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", aws.dead_letter_url)
    monkeypatch.setenv("PHOTO_DEAD_LETTER_QUEUE_URL", aws.photo_dead_letter_url)
    store_article(aws, "a.b")
    call(handler, "GET", "/cards/a.b")
    store_article(aws)
    call(handler, "GET", "/cards/ferry")
    store_article(aws, headline="Harbour ferries stop at midnight", updated_at="2026-03-01T11:00:00Z")
    call(handler, "GET", "/cards/ferry")
    return aws


def run(capsys, *arguments: str) -> str:
    capsys.readouterr()
    assert command(list(arguments)) == 0
    return capsys.readouterr().out


def test_deletes_replaced_versions_only(ferry, capsys):
    manifest = call(handler, "GET", "/cards/ferry").json
    before = set(ferry.list_keys("cards/"))
    assert run(capsys, "--older-than", "0").startswith("1 versions, 3 cards, ")
    assert set(ferry.list_keys("cards/")) == before
    assert run(capsys, "--older-than", "0", "--yes").endswith("MB deleted\n")
    gone = before - set(ferry.list_keys("cards/"))
    assert len(gone) == 3
    assert not any(manifest["version"] in key or key.startswith("cards/a.b/") or key.endswith("json") for key in gone)
    assert call(handler, "GET", "/cards/ferry").json == manifest
    assert run(capsys, "--older-than", "0", "--yes").startswith("0 versions")


def test_keeps_what_is_younger(ferry, capsys):
    assert run(capsys, "--older-than", "1", "--yes").startswith("0 versions")


def test_keeps_a_version_of_which_one_card_is_younger(ferry):
    found = list(purge.find_replaced(ferry.bucket, datetime.now(UTC) + timedelta(days=1)))
    assert len(found) == 1
    newest = max(item["LastModified"] for item in purge._cards(ferry.bucket) if item["Key"] in found[0].keys)
    assert list(purge.find_replaced(ferry.bucket, newest)) == []


def test_reports_what_s3_kept(ferry, monkeypatch, capsys):
    monkeypatch.setattr(s3(), "delete_objects", lambda **_: {"Errors": [{"Key": "cards/ferry/v/x.png", "Code": "AccessDenied"}]})
    assert command(["--older-than", "0", "--yes"]) == 2
    assert "expected it to be deleted, got AccessDenied" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("run", "option"), [(command, "--older-than"), (backup_drill.command, "--hours-ago")], ids=["purge", "backup-drill"]
)
@pytest.mark.parametrize("number", ["-1", "nan", "inf", "99999999999", "a"])
def test_refuses_a_time_that_is_no_time(run, option, number, capsys):
    with pytest.raises(SystemExit):
        run([option, number])
    assert "expected a number from 0 to " in capsys.readouterr().err
