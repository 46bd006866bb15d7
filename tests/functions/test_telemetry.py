"""Checks logs and metrics: the correlation ID through all functions, what each metric counts, and that no secret is logged."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

import cms_webhook.app
import done_webhook.app
import http_api.app
import render_worker.app
from adapters import clients
from adapters.config.settings import settings
from adapters.telemetry import logger, metrics, without_query
from support.cms_webhooks import send_article
from support.lambda_events import SECRET, Context, as_body, call, native, signed, sqs_event
from support.metrics import measured, work
from support.web_server import page, web_server

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

REQUEST_ID = "JKJaXmPLvHcESHA="  # lambda_events.call's
TOKEN = "a token of somebody's"
CONNECTIONS = f"""
[tokens.desk]
sha256 = "{hashlib.sha256(TOKEN.encode()).hexdigest()}"
role = "editor"
"""


@pytest.fixture
def receiver(aws):
    with web_server() as site:
        site.pages["/hook?key=hidden-key"] = page(b"")
        aws.connect(f'{CONNECTIONS}[outgoing]\nurl = "{site.base_url}/hook?key=hidden-key"\nsecrets = ["{SECRET}"]\n')
        yield site


def test_one_id_follows_an_article_from_the_cms_to_the_receiver(aws, receiver, log_of):
    log = log_of(logger)
    send_article()
    work(aws)
    done = aws.messages(settings().done_queue_url)
    done_webhook.app.handler(sqs_event(*done), Context())
    lines = log()
    assert {line["correlation_id"] for line in lines} == {REQUEST_ID}
    by_message = {line["message"]: line for line in lines}
    assert set(by_message) == {"received", "cards rendered", "delivered"}
    assert {line["article_id"] for line in lines} == {"ferry"}
    assert by_message["cards rendered"]["version"] == by_message["delivered"]["version"]


def test_the_id_survives_an_embargo(aws, log_of):
    send_article(embargo_until=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    work(aws)
    [schedule] = clients.scheduler().list_schedules(GroupName="storycard")["Schedules"]
    target = clients.scheduler().get_schedule(Name=schedule["Name"], GroupName="storycard")["Target"]
    assert json.loads(target["Input"])["correlation_id"] == REQUEST_ID


def test_a_message_without_an_id_uses_its_message_id(aws, log_of):
    log = log_of(logger)
    render_worker.app.handler(sqs_event({"MessageId": "m1", "Body": "not json"}), Context())
    assert {(line["correlation_id"], line["message_id"]) for line in log()} == {("m1", "m1")}


def test_logs_contain_no_keys_readers_or_article_text(aws, receiver, log_of, capsys):
    log = log_of(logger)
    receiver.pages["/photo?signature=hidden-signature"] = page(b"no photo")
    receiver.pages["/hook?key=hidden-key"] = page(b"", 500)
    logger.setLevel("DEBUG")
    image = {"url": f"{receiver.base_url}/photo?signature=hidden-signature"}
    send_article(image=image)
    body = as_body(native("ferry"))
    call(cms_webhook.app.handler, "POST", "/webhooks/desk", signed(body, "forged", secret="whsec_bmV0"), body)
    work(aws)
    done_webhook.app.handler(sqs_event(*aws.messages(settings().done_queue_url)), Context())
    for token in (TOKEN, "another token"):
        bearer = {"authorization": f"Bearer {token}"}
        call(http_api.app.handler, "PUT", "/articles/ferry", bearer, as_body(native("ferry", deck=7)))
    call(http_api.app.handler, "GET", "/cards/ferry/headline/og.png", {"user-agent": "a reader's browser"})
    logger.setLevel("INFO")
    written = json.dumps(log(), ensure_ascii=False) + capsys.readouterr().out
    assert "the photo" in written
    assert "got 500" in written  # the receiver
    for secret in (SECRET, TOKEN, "another token", "hidden", signed(body, "msg_1")["webhook-signature"], "v1,"):
        assert secret not in written, secret
    for person in ("192.0.2.1", "a reader's browser", "Ida Holm", "swim home"):
        assert person not in written, person


def test_counts_card_responses_by_origin(aws, capsys):
    send_article()
    assert measured(capsys).items() >= {"Webhooks": [1], "RevisionsStored": [1]}.items()
    for _ in range(2):
        assert call(http_api.app.handler, "GET", "/cards/ferry/headline/og.png").status == 200
    counted = measured(capsys)
    assert (counted["Requests"], counted["CardsRenderedOnRequest"], counted["CardsServedFromS3"]) == ([1, 1], [1], [1])
    assert len(counted["FirstRequestTime"]) == 1
    call(http_api.app.handler, "GET", "/articles/ferry")
    assert measured(capsys)["TokensRefused"] == [1]


def test_counts_replays_and_forgeries(aws, capsys):
    send_article()
    send_article()
    body = as_body(native("ferry"))
    call(cms_webhook.app.handler, "POST", "/webhooks/desk", signed(body, "forged", secret="whsec_bmV0"), body)
    call(cms_webhook.app.handler, "POST", "/webhooks/desk", signed(b"{}", "odd"), b"{}")
    counted = measured(capsys)
    names = ("Webhooks", "RevisionsStored", "Replays", "SignaturesRefused", "ArticlesRefused")
    assert [sum(counted[name]) for name in names] == [4, 1, 1, 1, 1]


def test_aws_calls_carry_lambdas_trace_id(aws, monkeypatch):
    """botocore sends the header; Powertools' Tracer would slow cold starts (docs/adr/0010-traces-without-a-tracer.md)."""
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "cms_webhook")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1")
    seen = []

    def look(request, **_) -> None:
        seen.append(request.headers["X-Amzn-Trace-Id"])

    clients.sqs().meta.events.register("before-send.sqs", look)
    send_article()
    clients.sqs().meta.events.unregister("before-send.sqs", look)
    assert seen == [b"Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"]


@pytest.mark.parametrize(
    ("url", "logged"),
    [
        ("https://cms.example/a/7?key=k#f", "https://cms.example/a/7"),
        ("https://me:pass@cms.example:8443/a", "https://cms.example/a"),
        ("https://[", "(no URL)"),
    ],
)
def test_logs_urls_without_their_query(url, logged):
    assert without_query(url) == logged


def test_disabled_metrics_are_neither_kept_nor_printed(aws, monkeypatch, capsys):
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")  # as the local system has it
    for _ in range(101):  # Powertools holds a hundred values, and then prints them
        assert call(http_api.app.handler, "GET", "/healthz").status == 200
    assert measured(capsys) == {}
    assert metrics.metric_set == {}


def test_metrics_name_the_service_after_the_first_invocation_too(monkeypatch, capsys):
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "http_api")
    own = type(metrics)(namespace="Storycard")
    for _ in range(2):
        own.add_metric("Requests", "Count", 1)
        own.flush_metrics()
    for line in map(json.loads, capsys.readouterr().out.splitlines()):
        assert line["service"] == "http_api"
        assert line["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["service"]]
