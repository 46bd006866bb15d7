"""Updates a stack of the last release to this template, with articles and cards in its bucket, and rolls back."""

import copy
import json
from collections.abc import Mapping

import pytest

from support.paths import ROOT
from support.rehearsal import translated
from support.template_changes import KEPT

pytestmark = pytest.mark.rehearsal

UPGRADED = "upgraded"
RELEASED = ROOT / ".ci/released-template.yaml"


@pytest.fixture(scope="session")
def upgraded(account, newsroom):
    """Deploys the last release, stores a published article as it would, and updates the stack. Returns it before and after."""
    before = account.deploy(UPGRADED, translated(RELEASED))
    assert before.status == "CREATE_COMPLETE"
    newsroom.publish("kept")
    assert newsroom.soon(lambda: newsroom.keys("cards/kept/manifest.json"))
    s3 = account.client("s3")
    for key in newsroom.keys("articles/kept/") + newsroom.keys("cards/kept/"):
        s3.copy_object(Bucket=before.outputs["BucketName"], Key=key, CopySource={"Bucket": newsroom.bucket, "Key": key})
    type(newsroom)(account, before).fill_secrets()
    after = account.deploy(UPGRADED, translated(ROOT / "template.yaml", GradualDeployments="on"), GradualDeployments="on")
    assert after.status == "UPDATE_COMPLETE"
    now = type(newsroom)(account, after)
    now.fill_secrets()
    return before, now


def is_loss(change: Mapping) -> bool:
    return change["ResourceType"] in KEPT and (change["Action"] == "Remove" or change.get("Replacement") == "True")


def test_update_keeps_data_addresses_and_secrets(upgraded):
    before, now = upgraded
    assert [change["LogicalResourceId"] for change in now.stack.changes if is_loss(change)] == []
    kept = ("BucketName", "ApiUrl", "RenderQueueUrl", "RenderDeadLetterQueueUrl", "WebhooksSecret", "ConnectionsSecret")
    assert {name: now.stack.outputs[name] for name in kept if name in before.outputs} == {
        name: value for name, value in before.outputs.items() if name in kept
    }
    assert json.loads(now.call("GET", "/cards/kept").body)["article_id"] == "kept"
    assert now.publish("after-the-update").status == 202
    assert now.soon(lambda: now.keys("cards/after-the-update/manifest.json"))


def test_another_value_of_a_parameter_reaches_the_functions(account, newsroom):
    """SAM publishes a version only if the template changes, so the alias would go on calling functions with the old value."""
    functions = account.client("lambda")
    name = newsroom.stack.resources["HttpApiFunction"]
    before = functions.get_function_configuration(FunctionName=name, Qualifier="live")
    changed = account.deploy("storycard", translated(ROOT / "template.yaml"), LogLevel="WARN")
    assert changed.status == "UPDATE_COMPLETE"
    after = functions.get_function_configuration(FunctionName=name, Qualifier="live")
    assert (before["LoggingConfig"]["ApplicationLogLevel"], after["LoggingConfig"]["ApplicationLogLevel"]) == ("INFO", "WARN")


def test_failed_update_is_rolled_back(account, upgraded):
    _, now = upgraded
    broken = copy.deepcopy(translated(ROOT / "template.yaml"))
    broken["Resources"]["CmsWebhookFunction"]["Properties"]["Handler"] = "cms_webhook.missing.handler"
    # The emulator cannot create this resource, and creates it after the function that it depends on.
    broken["Resources"]["Impossible"] = {
        "Type": "AWS::CloudWatch::Alarm",
        "DependsOn": "CmsWebhookFunction",
        "Properties": {"ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "Metrics": [{"Id": "m"}]},
    }
    assert account.deploy(UPGRADED, broken).status == "UPDATE_ROLLBACK_COMPLETE"
    assert now.publish("after-the-failure").status == 202
    assert now.keys("cards/kept/manifest.json") != []


def test_last_release_can_be_deployed_again(account, upgraded):
    before, now = upgraded
    again = account.deploy(UPGRADED, translated(RELEASED))
    assert again.status == "UPDATE_COMPLETE"
    assert again.outputs["BucketName"] == before.outputs["BucketName"]
    assert now.keys("cards/kept/manifest.json") != []
