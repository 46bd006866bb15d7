"""Tests archive runs: the worker's answers to the state machine's batches, and the plan that the command prints."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import pytest

from adapters.clients import s3
from operations.archive import GETS, PUTS, Plan, article_ms, command
from render_worker.app import handler
from storycard import identity
from support.archive_machine import MACHINE, MAP, ROLE, batches
from support.lambda_events import Context
from support.paths import ROOT
from support.stored_articles import store_article
from support.template import stack
from support.web_server import page, web_server

DOCS = (ROOT / "docs/archive.md").read_text(encoding="utf-8")


def run(aws) -> list[dict]:
    """Returns what the map writes to S3: the worker's answer to each batch of listed objects."""
    return [handler(batch, Context()) for batch in batches(aws.bucket, "articles/", MAP["ItemBatcher"]["MaxItemsPerBatch"])]


@pytest.mark.usefixtures("one_format")
def test_a_run_renders_every_article_and_a_second_run_changes_nothing(aws, monkeypatch):
    monkeypatch.setitem(MAP["ItemBatcher"], "MaxItemsPerBatch", 3)  # splits some articles' objects over two batches
    for article_id in ("ferry", "tram"):
        store_article(aws, article_id)
    store_article(aws, "draft", status="draft")
    first = run(aws)
    assert {name: sum(batch[name] for batch in first) for name in ("rendered", "up_to_date", "without_cards")} == {
        "rendered": 2,
        "up_to_date": 0,
        "without_cards": 1,
    }
    assert {f"cards/{article_id}/manifest.json" for article_id in ("ferry", "tram")} <= set(aws.list_keys("cards/"))
    assert sum(batch["up_to_date"] for batch in run(aws)) == 2


@pytest.mark.usefixtures("one_format")
def test_a_failed_article_goes_to_the_queue_and_the_others_are_rendered(aws):
    store_article(aws, "tram")
    s3().put_object(Bucket=aws.bucket, Key="articles/broken/article.json", Body=b"{}", Metadata={})
    [batch] = run(aws)
    assert (batch["rendered"], batch["failed"]) == (1, ["broken"])
    [message] = aws.messages()
    assert json.loads(message["Body"]).items() >= {"source": "(archive)", "article_id": "broken"}.items()


def test_the_map_is_bounded_tolerant_and_keeps_its_results():
    # A standard child can be redriven where it failed; an express one starts anew and may run only five minutes.
    assert MAP["ItemProcessor"]["ProcessorConfig"] == {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}
    assert MAP["ItemReader"] == {
        "Resource": "arn:aws:states:::s3:listObjectsV2",
        "Parameters": {"Bucket": "${Bucket}", "Prefix.$": "$.prefix"},
    }
    assert MAP["MaxConcurrencyPath"] == "$.concurrency"
    assert 0 < MAP["ToleratedFailurePercentage"] <= 5
    assert MAP["ResultWriter"] == {
        "Resource": "arn:aws:states:::s3:putObject",
        "Parameters": {"Bucket": "${Bucket}", "Prefix": "archive-runs"},
    }
    step = MAP["ItemProcessor"]["States"]["RenderBatch"]
    assert step["Parameters"] == {"FunctionName": "${Worker}", "Payload.$": "$"}
    worker = stack().section("Resources")["RenderWorkerFunction"]["Properties"]
    assert step["TimeoutSeconds"] > worker["Timeout"]
    articles = MAP["ItemBatcher"]["MaxItemsPerBatch"] / 2  # each has at least two objects
    smallest = stack().section("Parameters")["MemorySize"]["MinValue"]
    usual = stack().section("Parameters")["MemorySize"]["Default"]
    assert articles * article_ms(usual) / 1000 < worker["Timeout"], "a batch has to fit into the worker's time"
    assert articles / 2 * article_ms(smallest) / 1000 < worker["Timeout"], "with the least memory, one of usual articles"
    assert step["Retry"][-1]["ErrorEquals"] == ["States.ALL"]
    assert MACHINE["DefinitionSubstitutions"] == {"Worker": "${RenderWorkerFunction.Alias}", "Bucket": "${Bucket}"}


def test_the_plan_counts_the_s3_requests_per_article(aws, monkeypatch):
    store_article(
        aws,
        "ferry",
        headline="Night ferries run to the far harbour from Friday on, the council says",
        canonical_url="https://a.example/f",
    )
    run(aws)
    monkeypatch.setattr(identity, "RENDERER", "another")  # gives every card a new version; the article is indexed already
    counted = Counter()

    def count(model, **_) -> None:
        counted["puts" if model.name.startswith(("Put", "List")) else "gets"] += 1

    s3().meta.events.register("before-call.s3", count)
    try:
        run(aws)
    finally:
        s3().meta.events.unregister("before-call.s3", count)
    assert counted["puts"] == pytest.approx(PUTS, abs=1)
    assert counted["gets"] == pytest.approx(GETS, abs=3)  # without a photograph, some less


def test_a_plan_prints_time_and_cost():
    plan = Plan(articles=10_000_000, ms=article_ms(1769), memory=1769, concurrency=40, deliveries=100)
    assert str(plan).splitlines() == [
        "10,000,000 articles, 40 parallel batches, 480 ms per article with 1769 MB",
        "about 33.3 hours, US$ 1,747.76, 2,500 S3 writes per second",
        "35,000 GB more in S3, US$ 805.00 per month",
        "about 0.2 days to deliver the done events, with ArchiveDoneConcurrency 100",
    ]
    for figure in ("33 hours", "US$ 111 ", "US$ 1500", "US$ 805 a month", "2,500 a second"):
        assert figure in DOCS


def test_a_plan_warns_of_done_events_that_would_expire():
    plan = Plan(articles=20_000_000, ms=600, memory=1769, concurrency=40, deliveries=2)
    expected = (
        "about 23.1 days to deliver the done events, with ArchiveDoneConcurrency 2; the queue keeps them for 14 days: raise it"
    )
    assert str(plan).splitlines()[-1] == expected


def test_memory_above_one_core_makes_no_article_faster():
    assert article_ms(1769) == article_ms(4096) == 480
    assert article_ms(884) == 690  # rendering takes twice as long, waiting does not


@contextmanager
def cloudformation(monkeypatch, status: int, answer: str) -> Iterator[None]:
    """Serves one CloudFormation response; moto's CloudFormation would need the libraries of ten services."""
    with web_server() as site:
        site.pages["/"] = page(answer.encode(), status)
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFORMATION", site.base_url)
        yield


def described(parameters: dict[str, str], outputs: dict[str, str]) -> str:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html"""

    def members(kind: str, values: dict[str, str]) -> str:
        pairs = (f"<{kind}Key>{key}</{kind}Key><{kind}Value>{value}</{kind}Value>" for key, value in values.items())
        return f"<{kind}s>{''.join(f'<member>{pair}</member>' for pair in pairs)}</{kind}s>"

    stacks = f"<Stacks><member>{members('Parameter', parameters)}{members('Output', outputs)}</member></Stacks>"
    return f"<DescribeStacksResponse><DescribeStacksResult>{stacks}</DescribeStacksResult></DescribeStacksResponse>"


@pytest.fixture
def deployed(aws, monkeypatch) -> Iterator[str]:
    """Yields the name of a stack whose state machine exists and has no runs."""
    arn = boto3.client("stepfunctions").create_state_machine(name="archive", definition="{}", roleArn=ROLE)["stateMachineArn"]
    for article_id in ("ferry", "ferry-2", "tram"):
        store_article(aws, article_id)
    outputs = {"BucketName": aws.bucket, "ArchiveStateMachineArn": arn}
    with cloudformation(monkeypatch, 200, described({"MemorySize": "1024", "ArchiveDoneConcurrency": "2"}, outputs)):
        yield "news"


def started() -> list[dict]:
    """Returns the input of each run that was started."""
    client = boto3.client("stepfunctions")
    [machine] = client.list_state_machines()["stateMachines"]
    runs = client.list_executions(stateMachineArn=machine["stateMachineArn"])["executions"]
    return [json.loads(client.describe_execution(executionArn=run["executionArn"])["input"]) for run in runs]


def test_a_plan_and_a_dry_run_print_the_same_and_start_nothing(deployed, capsys):
    for arguments in (["plan", "--stack", deployed], ["start", "--stack", deployed, "--dry-run"]):
        assert command(arguments) == 0
        counted, _, stored, _ = capsys.readouterr().out.splitlines()
        assert counted == f"3 articles, 10 parallel batches, {article_ms(1024)} ms per article with 1024 MB"
        assert stored.endswith("per month")
    assert started() == []


def test_start_prints_the_cost_and_starts_the_run(deployed, capsys):
    assert command(["start", "--stack", deployed, "--prefix", "articles/ferry", "--concurrency", "7", "--ms", "900"]) == 0
    counted, cost, _, _, execution = capsys.readouterr().out.splitlines()
    assert counted == "2 articles, 7 parallel batches, 900 ms per article with 1024 MB"
    assert "US$ 0.00" in cost
    assert execution.startswith("arn:aws:states:us-east-1:123456789012:execution:archive:")
    assert started() == [{"prefix": "articles/ferry", "concurrency": 7}]


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (200, described({}, {"BucketName": "other"}), "--stack news: expected a stack of template.yaml, which has Archive"),
        (400, "<Error><Code>ValidationError</Code><Message>Stack with id news does not exist</Message></Error>", "AWS: "),
    ],
)
def test_a_wrong_or_missing_stack_is_exit_2(aws, monkeypatch, capsys, status, answer, reason):
    with cloudformation(monkeypatch, status, answer):
        assert command(["start", "--stack", "news"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"storycard: {reason}")
    assert err.count("\n") == 1
