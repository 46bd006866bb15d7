"""Tests that the check of publishing passes if every function works, fails if one does not, and that nobody sees its article."""

import json

import pytest

import cms_webhook.app
import feed_poller.app
import http_api.app
from adapters.config.settings import settings
from adapters.storage.article_index import CHECK_ID
from local_stack.command import demo_source
from publishing import publish_check
from support.aws_in_memory import aws_in_memory
from support.lambda_events import SECRET, Context, call
from support.metrics import measured
from support.team_tokens import TOKENS, VIEWER
from support.web_server import page, web_server


class Everything(dict):
    """Answers as the deployed system does, except for the paths that a test sets."""

    def get(self, path, default=None):
        return super().get(path) or self._answer

    @staticmethod
    def _answer(request):
        handler = cms_webhook.app.handler if request.path.startswith("/webhooks/") else http_api.app.handler
        answer = call(handler, request.command, request.path, {}, b"{}")
        page(answer.body, answer.status, Content_Type=answer.headers["content-type"])(request)


@pytest.fixture
def system(monkeypatch, assets_of_one_format):
    with web_server() as site, aws_in_memory(assets_of_one_format) as aws:
        site.pages = Everything()
        monkeypatch.setenv("PUBLIC_BASE_URL", site.base_url)
        settings.cache_clear()
        aws.connect(TOKENS, demo_source(SECRET))
        monkeypatch.setattr(publish_check, "enqueue", lambda url, request: (aws.send_message(url, request.message), aws.work()))
        yield site, aws


def failed(capsys) -> list[float]:
    feed_poller.app.handler({"check": True}, Context())
    return measured(capsys)["ChecksFailed"]


def test_passes_when_everything_works_and_again_with_another_headline(system, capsys):
    site, _ = system
    assert failed(capsys) == [0]
    assert failed(capsys) == [0]
    asked = [request.path for request in site.requests[:3]]
    assert asked[0] == f"/webhooks/{CHECK_ID}"
    assert asked[1].startswith(f"/cards/{CHECK_ID}/")
    assert asked[2] == f"/share/{CHECK_ID}"


def test_nobody_else_notices_its_article(system, capsys):
    _, aws = system
    assert failed(capsys) == [0]
    assert aws.list_keys("index/") == []
    assert aws.queues["done"] == []
    assert f"articles/{CHECK_ID}/announced.json" not in aws.list_keys()
    for query in ("", "query=published", "query=storycard", f"query={CHECK_ID[:5]}"):
        answer = call(http_api.app.handler, "GET", "/articles", VIEWER, query=query)
        assert json.loads(answer.body)["articles"] == [], query


@pytest.mark.parametrize("status", [500, 502, 403])
@pytest.mark.parametrize("path", ["/webhooks/", "/cards/", "/share/"])
def test_fails_if_an_address_does_not_answer_as_it_should(system, monkeypatch, capsys, path, status):
    working = Everything.get
    broken = page(b"{}", status, Content_Type="application/json")
    monkeypatch.setattr(Everything, "get", lambda pages, at, default=None: broken if at.startswith(path) else working(pages, at))
    assert failed(capsys) == [1]


def test_fails_if_the_worker_does_not_render(system, monkeypatch, capsys):
    monkeypatch.setattr(publish_check, "enqueue", lambda *_: None)
    monkeypatch.setattr(publish_check, "PAUSE", 0.01)
    monkeypatch.setattr(feed_poller.app, "AFTER_CARDS_SECONDS", Context().get_remaining_time_in_millis() / 1000 - 0.05)
    assert failed(capsys) == [1]


def test_fails_if_the_address_shows_another_image(system, monkeypatch, capsys):
    working = Everything.get
    other = page(b"an earlier card", Content_Type="image/png")
    monkeypatch.setattr(Everything, "get", lambda pages, at, default=None: other if "/cards/" in at else working(pages, at))
    assert failed(capsys) == [1]
