"""Tests a source with a table of its own: what is kept for the worker, what a changed table changes, what can be erased."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

import cms_webhook.app
import render_worker.app
from adapters.storage.inbox import MAPS
from support.aws_in_memory import AwsInMemory, aws_in_memory
from support.cms_signers import SIGNERS
from support.lambda_events import Answer, Context, as_body, call, sqs_event
from support.paths import ASSETS

SIGNER = SIGNERS["hmac-sha256"]
HEAD = SIGNER.toml("desk", "hmac-sha256", "native").replace('format = "native"\n', "")
TABLE = '[sources.desk.map]\nonly = "kind == \'story\'"\nid = "story.key"\nheadline = "story.title"\nwithdrawn = "gone"\n'
EVENT = {"kind": "story", "story": {"key": "ferry", "title": "Ferries run all night"}}


@pytest.fixture
def aws() -> Iterator[AwsInMemory]:
    with aws_in_memory(ASSETS) as system:
        system.connect("", HEAD + TABLE)
        yield system


def post(event: Any) -> Answer:
    body = as_body(event)
    headers = dict(SIGNER.sign(body, SIGNER.secret, datetime.now(UTC), ""))
    return call(cms_webhook.app.handler, "POST", "/webhooks/desk", headers, body)


def headline(aws: AwsInMemory) -> str:
    return json.loads(aws.body("articles/ferry/article.json"))["headline"]


def test_the_worker_reads_a_delivery_with_the_table_that_it_came_with(aws: AwsInMemory) -> None:
    """Covers a webhook that stopped after the inbox: its message names no article, and no article is stored."""
    assert post(EVENT).json["article"] == "stored"
    [inbox] = [key for key in aws.list_keys("inbox/") if not key.endswith("/answered")]
    [stored] = aws.list_keys(MAPS)
    assert json.loads(aws.body(stored))["headline"] == "story.title"
    for key in aws.list_keys("articles/"):
        del aws.s3.objects[key]
    aws.connect("", HEAD + TABLE.replace("story.title", "story.other"))
    message = {"MessageId": "m1", "Body": json.dumps({"source": "desk", "inbox": inbox})}
    assert render_worker.app.handler(sqs_event(message), Context()) == {"batchItemFailures": []}
    assert headline(aws) == "Ferries run all night"


def test_an_event_that_is_sent_again_is_read_with_the_present_table(aws: AwsInMemory) -> None:
    aws.connect("", HEAD + TABLE.replace("story.title", "story.titel"))
    answer = post(EVENT)
    assert (answer.status, answer.json["field"]) == (422, "headline")
    aws.connect("", HEAD + TABLE)
    assert (post(EVENT).status, headline(aws)) == (200, "Ferries run all night")


def test_a_source_may_change_from_a_format_to_a_table(aws: AwsInMemory) -> None:
    aws.connect("", SIGNER.toml("desk", "hmac-sha256", "native"))
    assert post(EVENT).status == 422
    aws.connect("", HEAD + TABLE)
    assert (post(EVENT).status, headline(aws)) == (200, "Ferries run all night")


def test_what_is_no_article_is_kept_and_noted_under_its_id(aws: AwsInMemory) -> None:
    answer = post(EVENT | {"kind": "page"})
    assert (answer.status, answer.json["article"], answer.json["article_id"]) == (202, "ignored", None)
    assert aws.list_keys("articles/") == []
    assert len(aws.list_keys("inbox-index/ferry/")) == 1
    assert aws.queues["renders"] == []


def test_an_event_that_names_no_article_is_refused_and_kept(aws: AwsInMemory) -> None:
    answer = post({"kind": "story", "gone": True})
    assert (answer.status, answer.json["field"]) == (422, "id")
    assert len([key for key in aws.list_keys("inbox/") if not key.endswith("/answered")]) == 1
