"""Checks that alarms and the dashboard use metrics that exist, and that docs/operating.md explains each."""

import ast
import fnmatch
import functools
import json
import re
from dataclasses import replace

import pytest

from support.paths import ROOT
from support.template import Stack, stack


def stack_in(region: str, **parameters: str) -> Stack:
    resolved = stack(**parameters)
    return replace(resolved, parameters={**resolved.parameters, "AWS::Region": region})


STACK = stack_in("us-east-1", AlarmAddress="desk@news.example", PublishCheck="on")
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
            if called in ("count", "timed", "add_metric", "_counted") and node.args and isinstance(node.args[0], ast.Constant):
                names.add(node.args[0].value)
    return names


def test_docs_explain_exactly_the_alarms():
    assert documented("Alarms") == set(ALARMS)


def test_docs_explain_exactly_the_metrics():
    assert documented("Metrics") == emitted() | FILTERED


@pytest.mark.parametrize("name", ALARMS)
def test_alarm_has_an_existing_metric_and_an_action(name):
    alarm = ALARMS[name]
    metrics = [each["MetricStat"]["Metric"] for each in alarm.get("Metrics", ()) if "MetricStat" in each] or [alarm]
    for metric in metrics:
        dimensions = [dimension["Value"] for dimension in metric.get("Dimensions", ())]
        if metric["Namespace"] == OF_THE_STACK:
            assert is_own_metric(metric["MetricName"], dimensions)
        else:
            assert re.match(r"\$\{(\w+)", dimensions[0])[1] in RESOURCES
    assert alarm["AlarmActions"] == alarm["OKActions"] == ["${AlarmTopic}"]
    assert alarm["TreatMissingData"] == "notBreaching"


def is_own_metric(name: str, services_named: list[str]) -> bool:
    """Returns whether a function emits the metric, or CloudWatch counts it in a log."""
    return name in (emitted() if services_named else FILTERED) and set(services_named) <= services()


def test_metrics_name_the_stack():
    """Otherwise a test stack would set off the alarms of another stack in the same account."""
    functions = [entry["Properties"] for entry in RESOURCES.values() if entry["Type"] == "AWS::Serverless::Function"]
    shared = STACK.section("Globals")["Function"]["Environment"]["Variables"]
    assert shared["POWERTOOLS_METRICS_NAMESPACE"] == OF_THE_STACK
    assert not any("POWERTOOLS_METRICS_NAMESPACE" in function["Environment"]["Variables"] for function in functions)


def test_throttling_of_every_function_is_reported():
    functions = {f"${{{name}}}" for name, entry in RESOURCES.items() if entry["Type"] == "AWS::Serverless::Function"}
    throttles = [each["MetricStat"]["Metric"] for each in ALARMS["ThrottlesAlarm"]["Metrics"] if "MetricStat" in each]
    assert {metric["Dimensions"][0]["Value"] for metric in throttles} == functions
    assert {(metric["Namespace"], metric["MetricName"]) for metric in throttles} == {("AWS/Lambda", "Throttles")}


@pytest.mark.parametrize(
    ("region", "cdn", "reports"), [("us-east-1", "on", True), ("eu-central-1", "on", False), ("us-east-1", "off", False)]
)
def test_errors_of_the_cdn_are_reported_where_cloudfront_has_metrics(region, cdn, reports):
    assert ("Cdn5xxAlarm" in stack_in(region, Cdn=cdn).section("Resources")) == reports


def services() -> set[str]:
    functions = [entry["Properties"] for entry in RESOURCES.values() if entry["Type"] == "AWS::Serverless::Function"]
    return {function["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"] for function in functions}


def test_dashboard_shows_existing_metrics():
    for namespace, metric, *dimension in SHOWN:
        if namespace == OF_THE_STACK:
            assert is_own_metric(metric, dimension[1:]), metric
        else:
            assert re.match(r"\$\{(\w+)", dimension[1])[1] in RESOURCES, dimension


def test_dashboard_shows_every_alarm_metric():
    own = {alarm["MetricName"] for alarm in ALARMS.values() if alarm.get("Namespace") == OF_THE_STACK}
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


def test_costs_count_the_alarms_and_metrics():
    costs = (ROOT / "docs/costs.md").read_text(encoding="utf-8")
    default = stack_in("us-east-1").section("Resources").values()
    alarms = [entry["Properties"] for entry in default if entry["Type"] == "AWS::CloudWatch::Alarm"]
    watched = sum(max(1, sum("MetricStat" in each for each in alarm.get("Metrics", ()))) for alarm in alarms)
    assert f"{len(alarms)} alarms, which watch {watched} metrics" in costs
    assert f"there are {len((emitted() | FILTERED) - {'ChecksFailed'})} at 0.30" in costs  # only with PublishCheck
