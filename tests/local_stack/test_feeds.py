"""Calls the feed poller as EventBridge Scheduler does, and reads files that name feeds."""

import threading
from pathlib import Path

import pytest

from local_stack import schedules
from local_stack.command import read_sources
from local_stack.function import FunctionFailed
from local_stack.schedules import call_every_minute
from storycard.errors import FieldError


def test_the_poller_is_called_at_once_and_again_after_an_error(monkeypatch, caplog):
    monkeypatch.setattr(schedules, "MINUTE", 0)
    stop, calls = threading.Event(), []

    def poll(event: dict) -> None:
        calls.append(event)
        if len(calls) == 3:
            stop.set()
        raise FunctionFailed("no feed")

    call_every_minute(poll, stop)
    assert calls == [{}, {}, {}]
    assert len(caplog.records) == 2  # not during the shutdown


def test_a_file_may_have_feeds_alone(tmp_path: Path):
    file = tmp_path / "webhooks.toml"
    file.write_text('[feeds.wire]\nurl = "https://news.example/rss"\n', "utf-8")
    assert "feeds.wire" in read_sources(file)
    for document, said in (
        ('[feeds.wire]\nurl = "x"\n', "feeds.wire.url: expected the https URL of a feed"),
        ("[photos]\n", "sources"),
        ('[feeds.wire]\nurl = "https://a.example"\n[sources.desk]\nscheme = "x"\n', "sources.desk.scheme"),
    ):
        file.write_text(document, "utf-8")
        with pytest.raises(FieldError) as caught:
            read_sources(file)
        assert said in str(caught.value)
