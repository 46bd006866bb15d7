"""Alarms and the dashboard look at metrics that exist, and docs/operating.md says what each of them means."""

import ast
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
SHOWN = [metric for widget in WIDGETS for metric in widget["properties"]["metrics"]]
DOCS = (ROOT / "docs/operating.md").read_text(encoding="utf-8")


def documented(heading: str) -> set[str]:
    """What stands in code type in the first column of a section's table."""
    section = DOCS.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {name for row in re.findall(r"^\| (`.+?) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}


@functools.cache
def emitted() -> set[str]:
    """Names of metrics in the code: what `count`, `timed` and `add_metric` get, by name or from a table."""
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


def test_every_alarm_is_explained_and_no_other():
    assert documented("Alarms") == set(ALARMS)


def test_every_metric_is_explained_and_no_other():
    assert documented("Metrics") == emitted()


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_looks_at_something_and_tells_somebody(name):
    alarm = ALARMS[name]
    [dimension] = alarm["Dimensions"]
    if alarm["Namespace"] == "Storycard":
        assert alarm["MetricName"] in emitted()
        assert dimension["Value"] in services()
    else:
        assert re.match(r"\$\{(\w+)", dimension["Value"])[1] in RESOURCES
    assert alarm["AlarmActions"] == alarm["OKActions"] == ["${AlarmTopic}"]
    assert alarm["TreatMissingData"] == "notBreaching"


def services() -> set[str]:
    functions = [entry["Properties"] for entry in RESOURCES.values() if entry["Type"] == "AWS::Serverless::Function"]
    return {function["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"] for function in functions}


def test_the_dashboard_shows_what_there_is():
    for namespace, metric, _, value in SHOWN:
        if namespace == "Storycard":
            assert metric in emitted(), metric
            assert value in services()
        else:
            assert re.match(r"\$\{(\w+)", value)[1] in RESOURCES, value


def test_every_metric_that_alarms_is_on_the_dashboard():
    own = {alarm["MetricName"] for alarm in ALARMS.values() if alarm["Namespace"] == "Storycard"}
    assert own <= {metric for _, metric, _, _ in SHOWN}


def test_widgets_do_not_overlap():
    cells = [
        (x, y)
        for widget in WIDGETS
        for x in range(widget["x"], widget["x"] + widget["width"])
        for y in range(widget["y"], widget["y"] + widget["height"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24  # CloudWatch's grid


def test_without_an_address_nobody_is_written_to():
    assert "AlarmSubscription" in RESOURCES
    assert "AlarmSubscription" not in stack().section("Resources")


def test_who_reserves_concurrency_gives_the_queue_no_more():
    for parameters, reserved in (({}, None), ({"ReserveRenderConcurrency": "on", "RenderConcurrency": "7"}, "7")):
        worker = stack(**parameters).section("Resources")["RenderWorkerFunction"]["Properties"]
        assert worker.get("ReservedConcurrentExecutions") == reserved
        scaling = worker["Events"]["Renders"]["Properties"]["ScalingConfig"]
        assert str(scaling["MaximumConcurrency"]) == (reserved or "20")


def test_every_queue_takes_tls_alone_and_is_encrypted():
    queues = {name: entry["Properties"] for name, entry in RESOURCES.items() if entry["Type"] == "AWS::SQS::Queue"}
    policy = RESOURCES["QueuePolicy"]["Properties"]
    assert set(policy["Queues"]) == {f"${{{name}}}" for name in queues}
    [statement] = policy["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})
    assert {queue["SqsManagedSseEnabled"] for queue in queues.values()} == {True}


def test_the_bucket_takes_tls_alone_and_is_encrypted_and_versioned():
    [deny] = [item for item in RESOURCES["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"] if item["Effect"] == "Deny"]
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert set(deny["Resource"]) == {"${Bucket.Arn}", "${Bucket.Arn}/*"}
    bucket = RESOURCES["Bucket"]["Properties"]
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    [rule] = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
