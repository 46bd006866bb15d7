"""Tests archive runs in Step Functions: batches, retries, and a run that continues after a failed one."""

import json
from collections import Counter

import pytest

from adapters.clients import s3
from support.archive_machine import MAP, Throttled, archive_machine
from support.stored_articles import store_article

pytestmark = pytest.mark.usefixtures("one_format")  # renders less

RETRIES = MAP["ItemProcessor"]["States"]["RenderBatch"]["Retry"]


@pytest.fixture
def machine(aws, endpoint, monkeypatch):
    with archive_machine(endpoint, monkeypatch) as (worker, run):
        yield worker, run


def totals(ended: dict) -> Counter:
    """Returns the totals of a successful run over all batches."""
    assert ended["status"] == "SUCCEEDED", ended
    counts = Counter()
    for batch in json.loads(ended["output"]):
        counts.update({name: len(value) if name == "failed" else value for name, value in batch.items()})
    return counts


@pytest.mark.slow
def test_a_run_processes_every_batch_within_its_concurrency(aws, machine):
    worker, run = machine
    for article_id in ("ferry", "harbour", "tram"):
        store_article(aws, article_id)
    store_article(aws, "draft", status="draft")
    s3().put_object(Bucket=aws.bucket, Key="articles/broken/article.json", Body=b"{}")
    stored = aws.list_keys("articles/")
    assert totals(run(aws.bucket, size=3)) == {"rendered": 3, "up_to_date": 0, "without_cards": 1, "waiting": 0, "failed": 1}
    assert sorted(key for batch in worker.batches for key in batch) == stored
    assert worker.most_at_once == 2
    assert [json.loads(message["Body"])["article_id"] for message in aws.messages()] == ["broken"]


def test_retries_a_batch_whose_worker_was_killed_without_rendering_twice(aws, machine):
    worker, run = machine
    store_article(aws, "ferry")
    invoke = worker.invoke

    def killed_once(event: dict) -> dict:
        worker.invoke = invoke
        invoke(event)
        raise MemoryError

    worker.invoke = killed_once
    assert totals(run(aws.bucket, size=40)) == {"rendered": 0, "up_to_date": 1, "without_cards": 0, "waiting": 0, "failed": 0}
    assert worker.pauses == [RETRIES[-1]["IntervalSeconds"]]


def test_retries_a_throttled_batch_more_often_than_a_failed_one(aws, machine):
    worker, run = machine
    store_article(aws, "ferry")
    invoke = worker.invoke

    def throttled(event: dict) -> dict:
        if len(worker.batches) <= 5:
            raise Throttled
        return invoke(event)

    worker.invoke = throttled
    assert totals(run(aws.bucket, size=40))["rendered"] == 1
    assert len(worker.pauses) == 5  # each of random length, so that batches do not retry together


@pytest.mark.slow
def test_a_new_run_continues_where_a_failed_one_stopped(aws, machine):
    worker, run = machine
    for article_id in ("ferry", "tram"):
        store_article(aws, article_id)
    invoke = worker.invoke

    def out_of_memory(event: dict) -> dict:
        if any("tram" in item["Key"] for item in event["Items"]):
            raise MemoryError
        return invoke(event)

    worker.invoke = out_of_memory
    ended = run(aws.bucket, size=2, concurrency=1)
    assert (ended["status"], ended["error"]) == ("FAILED", "MemoryError")
    assert len(worker.batches) == 1 + 3  # ferry's, and tram's with both of its retries
    worker.invoke = invoke
    again = totals(run(aws.bucket, size=2, concurrency=1))
    assert (again["rendered"], again["up_to_date"], again["failed"]) == (1, 1, 0)
