"""Checks that alarms and the dashboard use metrics that exist, and that docs/operating.md explains each."""

import ast
import fnmatch
import functools
import json
import re

import pytest

from support.paths import ROOT
from support.template import stack

STACK = stack(AlarmAddress="desk@news.example")
RESOURCES = STACK.section("Resources")
ALARMS = {name: entry["Properties"] for name, entry in RESOURCES.items() if entry["Type"] == "AWS::CloudWatch::Alarm"}
WIDGETS = json.loads(RESOURCES["Dashboard"]["Properties"]["DashboardBody"])["widgets"]
FILTERS = [entry["Properties"] for entry in RESOURCES.values() if entry["Type"] == "AWS::Logs::MetricFilter"]
OF_THE_STACK = "Storycard/${AWS::StackName}"  # the namespace of metrics that CloudWatch counts in logs
FILTERED = {
    item["MetricName"] for log in FILTERS for item in log["MetricTransformations"] if item["MetricNamespace"] == OF_THE_STACK
}
SHOWN = [metric for widget in WIDGETS for metric in widget["properties"]["metrics"]]
DOCS = (ROOT / "docs/operating.md").read_text(encoding="utf-8")


def documented(heading: str) -> set[str]:
    """Returns the code spans in the first column of a section's table."""
    section = DOCS.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {name for row in re.findall(r"^\| (`.+?) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}


@functools.cache
def emitted() -> set[str]:
    """Returns the metric names that the code passes to `count`, `timed` and `add_metric`, literally or from a table."""
    names = set()
    for path in (ROOT / "functions").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        names |= {text for text in constants if re.fullmatch(r"(?:[A-Z][a-z]+)+", text)} & documented("Metrics")
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in ("count", "timed", "add_metric", "_counted") and isinstance(node.args[0], ast.Constant):
                names.add(node.args[0].value)
    return names


def test_docs_explain_exactly_the_alarms():
    assert documented("Alarms") == set(ALARMS)


def test_docs_explain_exactly_the_metrics():
    assert documented("Metrics") == emitted() | FILTERED


@pytest.mark.parametrize("name", ALARMS)
def test_alarm_has_an_existing_metric_and_an_action(name):
    alarm = ALARMS[name]
    dimensions = [dimension["Value"] for dimension in alarm.get("Dimensions", ())]
    if alarm["Namespace"] == "Storycard":
        assert alarm["MetricName"] in emitted()
        assert set(dimensions) < services()
    elif alarm["Namespace"] == OF_THE_STACK:
        assert (alarm["MetricName"], dimensions) in [(name, []) for name in FILTERED]
    else:
        assert [re.match(r"\$\{(\w+)", value)[1] in RESOURCES for value in dimensions] == [True]
    assert alarm["AlarmActions"] == alarm["OKActions"] == ["${AlarmTopic}"]
    assert alarm["TreatMissingData"] == "notBreaching"


def services() -> set[str]:
    functions = [entry["Properties"] for entry in RESOURCES.values() if entry["Type"] == "AWS::Serverless::Function"]
    return {function["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"] for function in functions}


def test_dashboard_shows_existing_metrics():
    for namespace, metric, *dimension in SHOWN:
        if namespace == "Storycard":
            assert metric in emitted(), metric
            assert dimension[1] in services()
        elif namespace == OF_THE_STACK:
            assert metric in FILTERED
        else:
            assert re.match(r"\$\{(\w+)", dimension[1])[1] in RESOURCES, dimension


def test_dashboard_shows_every_alarm_metric():
    own = {alarm["MetricName"] for alarm in ALARMS.values() if alarm["Namespace"].startswith("Storycard")}
    assert own <= {metric for _, metric, *_ in SHOWN}


@pytest.mark.parametrize(
    ("path", "status", "is_lost"),
    [
        ("/webhooks/desk", "413", True),
        ("/webhooks/desk", "500", True),
        ("/webhooks/desk", "503", True),
        ("/webhooks/desk", "202", False),
        ("/webhooks/desk", "409", False),
        ("/cards/webhooks/desk", "500", False),
    ],
)
def test_webhooks_that_api_gateway_refuses_are_counted_from_its_access_log(path, status, is_lost):
    """A body above Lambda's limit never reaches the function, which therefore cannot count it."""
    log = RESOURCES["WebhooksLostFilter"]["Properties"]
    api = RESOURCES["HttpApi"]["Properties"]["AccessLogSettings"]
    assert f"${{{log['LogGroupName'].strip('${}')}.Arn}}" == api["DestinationArn"]
    line = json.loads(api["Format"].replace("$context.path", path).replace("$context.status", status))
    assert matches(log["FilterPattern"], line) == is_lost


def matches(pattern: str, line: dict[str, str]) -> bool:
    """Evaluates a filter pattern for JSON of CloudWatch Logs, in which `*` stands for any text."""

    def is_equal(term: re.Match) -> str:
        return str(fnmatch.fnmatchcase(line[term[1]], term[2]))

    terms = re.sub(r'\$\.(\w+) = "([^"]*)"', is_equal, pattern)
    return eval(terms.strip("{} ").replace("&&", "and").replace("||", "or"))


def test_widgets_do_not_overlap():
    cells = [
        (x, y)
        for widget in WIDGETS
        for x in range(widget["x"], widget["x"] + widget["width"])
        for y in range(widget["y"], widget["y"] + widget["height"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24  # width of CloudWatch's grid


def test_without_an_address_there_is_no_subscription():
    assert "AlarmSubscription" in RESOURCES
    assert "AlarmSubscription" not in stack().section("Resources")


def test_queue_concurrency_stays_within_reserved_concurrency():
    for parameters, reserved in (({}, None), ({"ReserveRenderConcurrency": "on", "RenderConcurrency": "7"}, "7")):
        worker = stack(**parameters).section("Resources")["RenderWorkerFunction"]["Properties"]
        assert worker.get("ReservedConcurrentExecutions") == reserved
        scaling = worker["Events"]["Renders"]["Properties"]["ScalingConfig"]
        assert str(scaling["MaximumConcurrency"]) == (reserved or "20")


def test_queues_require_tls_and_are_encrypted():
    queues = {name: entry["Properties"] for name, entry in RESOURCES.items() if entry["Type"] == "AWS::SQS::Queue"}
    policy = RESOURCES["QueuePolicy"]["Properties"]
    assert set(policy["Queues"]) == {f"${{{name}}}" for name in queues}
    [statement] = policy["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})
    assert {queue["SqsManagedSseEnabled"] for queue in queues.values()} == {True}


def test_bucket_requires_tls_and_is_encrypted_and_versioned():
    [deny] = [item for item in RESOURCES["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"] if item["Effect"] == "Deny"]
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert set(deny["Resource"]) == {"${Bucket.Arn}", "${Bucket.Arn}/*"}
    bucket = RESOURCES["Bucket"]["Properties"]
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    [rule] = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
