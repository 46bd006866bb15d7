"""Injects one AWS fault at a time: no delivery is lost, and no incomplete card set is ever visible."""

import io
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError
from botocore.httpsession import URLLib3Session
from urllib3 import HTTPResponse

import http_api.app
import render_worker.app
from adapters.clients import CONFIG, s3, sqs
from adapters.storage import leases
from adapters.storage.article_store import find_article
from adapters.storage.s3_objects import get_object
from support.cms_webhooks import send_article
from support.lambda_events import Context, call, native, sqs_event
from support.stored_articles import store_article
from support.template import whole_template

SMALL = {"bullets": [], "quotes": []}  # a set of one card, in one format
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Killed(BaseException):
    """Simulates a killed function. It is not an Exception, so that no code under test can catch it."""


@pytest.fixture
def faults(aws, one_format, monkeypatch) -> Iterator[list[Callable]]:
    """Yields a list of hooks. Each gets every request to S3 and SQS, and may respond or raise instead. Pauses are skipped."""
    hooks: list[Callable] = []

    def before(request, event_name, **_):
        for hook in hooks:
            if (answer := hook(request, event_name)) is not None:
                return answer
        return None

    for client in (s3, sqs):
        client.cache_clear()  # after many faults, botocore's retry quota is used up for a while
        client().meta.events.register("before-send", before)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    yield hooks
    s3.cache_clear()
    sqs.cache_clear()


def first_of_each(fault: Callable) -> Callable:
    """Applies the fault to the first attempt of each different request only."""
    seen: Counter[tuple[str, str]] = Counter()

    def hook(request, event_name):
        seen[event_name, request.url] += 1
        return fault(request) if seen[event_name, request.url] == 1 else None

    return hook


def refusal(status: int, code: str) -> Callable:
    def answer(request, *_):
        raw = HTTPResponse(io.BytesIO(f"<Error><Code>{code}</Code></Error>".encode()), preload_content=False)
        return AWSResponse(request.url, status, {"content-type": "application/xml"}, raw)

    return answer


def no_response(request, *_):
    raise ReadTimeoutError(endpoint_url=request.url)


def cut_within_the_request(request, *_):
    raise ConnectionClosedError(endpoint_url=request.url)


def response_lost(request, *_):
    URLLib3Session().send(request)
    raise ConnectionClosedError(endpoint_url=request.url)


def cut_within_the_response(request, *_):
    if request.method != "GET" or "list-type" in request.url:
        return None
    whole = URLLib3Session().send(request)
    if whole.status_code != 200:
        return whole
    body = whole.content
    half = HTTPResponse(io.BytesIO(body[: len(body) // 2]), headers=whole.headers, preload_content=False)
    return AWSResponse(request.url, whole.status_code, whole.headers, half)


def deliver(article_id: str = "ferry", event_id: str = "msg_1", **fields: object) -> int:
    return send_article(article_id, event_id, **SMALL, **fields).status


def headlines(aws, article_id: str = "ferry") -> set[str]:
    """Returns the texts of the article's cards by its manifest, after checking that each card exists."""
    if f"cards/{article_id}/manifest.json" not in aws.list_keys(f"cards/{article_id}/"):
        return set()
    manifest = json.loads(aws.body(f"cards/{article_id}/manifest.json"))
    places = {f"cards/{article_id}/{manifest['version']}/{card['kind']}-{card['format']}.png" for card in manifest["cards"]}
    assert places
    assert places <= set(aws.list_keys(f"cards/{article_id}/"))
    return {card["alt"] for card in manifest["cards"]}


HEADLINE = native("ferry")["headline"]


@pytest.mark.parametrize(
    "fault",
    [
        refusal(503, "SlowDown"),
        refusal(500, "InternalError"),
        no_response,
        cut_within_the_request,
        response_lost,
        cut_within_the_response,
    ],
    ids=["busy", "broken", "silent", "cut before", "cut after", "cut within"],
)
@pytest.mark.slow
def test_retries_hide_a_fault_of_each_first_attempt(aws, faults, fault):
    faults.append(first_of_each(fault))
    assert deliver() in (200, 202)
    aws.pump(render_worker.app.handler, Context())
    assert headlines(aws) == {HEADLINE}
    answer = call(http_api.app.handler, "GET", "/cards/ferry/headline/og.webp")  # not rendered yet
    assert (answer.status, answer.body[:4]) == (200, b"RIFF")
    assert aws.list_keys("failures/") == []


@pytest.mark.parametrize(
    "fault",
    [refusal(503, "SlowDown"), refusal(403, "RequestTimeTooSkewed"), refusal(409, "ConditionalRequestConflict"), no_response],
    ids=["busy", "clocks differ", "conflict", "silent"],
)
@pytest.mark.parametrize("service", ["s3", "sqs"])
@pytest.mark.slow
def test_a_lasting_fault_is_reported_to_the_cms_and_its_retry_succeeds(aws, faults, fault, service):
    faults.append(lambda request, event_name: fault(request) if event_name.startswith(f"before-send.{service}.") else None)
    assert deliver() == 500
    faults.clear()
    assert deliver() in (200, 202)
    aws.pump(render_worker.app.handler, Context())
    assert headlines(aws) == {HEADLINE}


def test_a_lasting_fault_has_the_message_retried_and_publishes_nothing_incomplete(aws, faults):
    deliver()
    messages = aws.messages()
    faults.append(lambda request, event_name: refusal(503, "SlowDown")(request) if "PutObject" in event_name else None)
    report = render_worker.app.handler(sqs_event(*messages), Context())
    assert [failure["itemIdentifier"] for failure in report["batchItemFailures"]] == [messages[0]["MessageId"]]
    assert aws.list_keys("cards/") == []
    faults.clear()
    aws.pump(render_worker.app.handler, Context())
    assert headlines(aws) == {HEADLINE}


def killing(step: int) -> Callable:
    """Kills the function before its `step`th request; no later request is sent."""
    requests = count()

    def hook(request, event_name):
        if next(requests) >= step:
            raise Killed
        return

    return hook


def killed_at_each_step(faults: list[Callable], work: Callable[[int], object]) -> Iterator[int]:
    """Runs `work` again and again, killed one request later each time, until a run completes."""
    for step in count():
        faults.append(killing(step))
        try:
            work(step)
        except Killed:
            faults.clear()
            yield step
        else:
            faults.clear()
            return


@pytest.mark.slow
def test_a_worker_killed_at_any_step_publishes_nothing_incomplete_and_its_retry_succeeds(aws, faults):
    messages = {}

    def work(step: int) -> None:
        body = json.dumps({"source": "desk", "article_id": f"ferry-{step}"})
        messages[step] = sqs_event({"MessageId": f"m{step}", "Body": body})
        hook = faults.pop()
        store_article(aws, f"ferry-{step}", **SMALL)
        faults.append(hook)
        render_worker.app.handler(messages[step], Context())

    steps = 0
    for step in killed_at_each_step(faults, work):
        steps += 1
        assert headlines(aws, f"ferry-{step}") <= {HEADLINE}
        assert render_worker.app.handler(messages[step], Context()) == {"batchItemFailures": []}
        assert headlines(aws, f"ferry-{step}") == {HEADLINE}
    assert steps > 10


def test_a_webhook_killed_at_any_step_succeeds_when_sent_again(aws, faults):
    steps = 0
    for step in killed_at_each_step(faults, lambda step: deliver(f"ferry-{step}", f"msg_{step}")):
        steps += 1
        assert deliver(f"ferry-{step}", f"msg_{step}") in (200, 202)
        assert find_article(aws.bucket, f"ferry-{step}").article.headline == HEADLINE
        asked = aws.messages()
        assert {json.loads(message["Body"])["article_id"] for message in asked} == {f"ferry-{step}"}
        for message in asked:
            sqs().delete_message(QueueUrl=aws.queue_url, ReceiptHandle=message["ReceiptHandle"])
    assert steps >= 5


def test_a_render_on_demand_killed_at_any_step_succeeds_on_the_next_request(aws, faults, monkeypatch):
    monkeypatch.setattr(leases, "LEASE", timedelta(0))  # other tests cover waiting for a lease
    store_article(aws, **SMALL)
    types, steps = ["png", "jpg", "webp", "avif"], 0

    def request_card(step: int) -> object:
        return call(http_api.app.handler, "GET", f"/cards/ferry/headline/og.{types[step % 4]}")

    for step in killed_at_each_step(faults, request_card):
        steps += 1
        answer = request_card(step)
        assert answer.status == 200
        for key in aws.list_keys("cards/"):
            s3().delete_object(Bucket=aws.bucket, Key=key)
    assert steps > 5


def test_a_response_that_stays_truncated_raises(aws, faults):
    s3().put_object(Bucket=aws.bucket, Key="thing", Body=b"whole")
    faults.append(cut_within_the_response)
    with pytest.raises(Exception, match="read"):
        get_object(aws.bucket, "thing")
    faults.clear()
    assert get_object(aws.bucket, "thing").body == b"whole"


def test_a_hanging_service_times_out_before_the_function():
    attempts = CONFIG.retries["total_max_attempts"]
    pauses = sum(2**attempt for attempt in range(attempts - 1))  # seconds at most, as botocore's standard mode has it
    usual = whole_template()["Globals"]["Function"]["Timeout"]
    assert attempts * CONFIG.read_timeout + pauses < usual
