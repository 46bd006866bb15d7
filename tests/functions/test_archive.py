"""A run over the archive: the state machine's batches, given to the worker as it would; and what is told before."""

import json
from datetime import UTC, datetime

import pytest
from lambda_events import Context, as_body, native
from resolved import stack

from adapters.article_store import put_if_newer
from adapters.clients import s3
from operations.archive import Plan, count_articles
from render_worker.app import handler
from storycard.ingest import read_article

MACHINE = stack().section("Resources")["ArchiveStateMachine"]["Properties"]
MAP = MACHINE["Definition"]["States"]["EachBatch"]


def store(aws, article_id: str, **fields: object) -> None:
    source = as_body(native(article_id, **fields))
    put_if_newer(aws.bucket, read_article(source, "native"), source, datetime(2026, 3, 1, tzinfo=UTC))


def run(aws) -> list[dict]:
    """What the map writes to S3: its reader's pages in its batches, each through the worker."""
    listed = s3().list_objects_v2(Bucket=aws.bucket, Prefix="articles/")["Contents"]
    items = [{"Key": item["Key"], "Size": item["Size"], "Etag": item["ETag"]} for item in listed]
    size = MAP["ItemBatcher"]["MaxItemsPerBatch"]
    return [handler({"Items": items[start : start + size]}, Context()) for start in range(0, len(items), size)]


def test_every_article_has_its_cards_and_a_second_run_changes_nothing(aws, monkeypatch):
    monkeypatch.setitem(MAP["ItemBatcher"], "MaxItemsPerBatch", 3)  # an article's objects are in two batches now and then
    for article_id in ("ferry", "tram"):
        store(aws, article_id)
    store(aws, "draft", status="draft")
    first = run(aws)
    assert {name: sum(batch[name] for batch in first) for name in ("rendered", "stood", "without_cards")} == {
        "rendered": 2,
        "stood": 0,
        "without_cards": 1,
    }
    assert {f"cards/{article_id}/manifest.json" for article_id in ("ferry", "tram")} <= set(aws.list_keys("cards/"))
    assert sum(batch["stood"] for batch in run(aws)) == 2


def test_one_that_fails_goes_to_the_queue_and_holds_no_other_up(aws):
    store(aws, "tram")
    s3().put_object(Bucket=aws.bucket, Key="articles/broken/article.json", Body=b"{}", Metadata={})
    [batch] = run(aws)
    assert (batch["rendered"], batch["failed"]) == (1, ["broken"])
    [message] = aws.messages()
    assert json.loads(message["Body"]).items() >= {"source": "(archive)", "article_id": "broken"}.items()


def test_the_map_is_bounded_tolerant_and_keeps_what_came_of_it():
    assert MAP["ItemProcessor"]["ProcessorConfig"]["Mode"] == "DISTRIBUTED"
    assert MAP["ItemReader"]["Parameters"] == {"Bucket": "${Bucket}", "Prefix.$": "$.prefix"}
    assert MAP["MaxConcurrencyPath"] == "$.concurrency"
    assert 0 < MAP["ToleratedFailurePercentage"] <= 5
    assert MAP["ResultWriter"]["Parameters"] == {"Bucket": "${Bucket}", "Prefix": "archive-runs"}
    step = MAP["ItemProcessor"]["States"]["RenderBatch"]
    assert step["Parameters"] == {"FunctionName": "${Worker}", "Payload.$": "$"}
    worker = stack().section("Resources")["RenderWorkerFunction"]["Properties"]
    assert step["TimeoutSeconds"] > worker["Timeout"]
    assert step["Retry"][-1]["ErrorEquals"] == ["States.ALL"]
    assert MACHINE["DefinitionSubstitutions"] == {"Worker": "${RenderWorkerFunction.Arn}", "Bucket": "${Bucket}"}


def test_articles_are_counted_not_their_objects(aws):
    for article_id in ("ferry", "ferry-2", "tram"):
        store(aws, article_id)
    assert count_articles(aws.bucket, "articles/") == 3
    assert count_articles(aws.bucket, "articles/ferry") == 2


def test_time_and_cost_are_told_before():
    plan = Plan(articles=10_000_000, ms=3000, memory=512, concurrency=40)
    assert round(plan.hours) == 208
    assert plan.dollars == pytest.approx(1_823, abs=2)
    assert plan.puts_a_second == 400
    assert str(plan).splitlines()[0] == "10,000,000 articles, 40 batches at once, 3000 ms an article"
