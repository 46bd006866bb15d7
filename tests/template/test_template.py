"""Checks what SAM and cfn-lint do not: that template.yaml agrees with the code, the Makefiles and itself."""

import os
import platform
import re
import subprocess
import sys
from importlib import import_module

import pytest
import yaml

from adapters.config.settings import read_settings
from adapters.outbound.outgoing import PAUSES
from storycard.ingest import FORMATS
from support.paths import ROOT
from support.template import stack


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads !Ref, !Sub and other tags as their arguments."""


def _intrinsic(loader: Loader, _: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    return loader.construct_sequence(node, deep=True)


Loader.add_multi_constructor("!", _intrinsic)
TEMPLATE = yaml.load((ROOT / "template.yaml").read_text(encoding="utf-8"), Loader)
RESOURCES = TEMPLATE["Resources"]
SHARED = TEMPLATE["Globals"]["Function"]


def of_type(name: str) -> dict[str, dict]:
    return {key: resource["Properties"] for key, resource in RESOURCES.items() if resource["Type"] == name}


FUNCTIONS = of_type("AWS::Serverless::Function")


def test_there_are_six_functions():
    assert set(FUNCTIONS) == {
        "HttpApiFunction",
        "CmsWebhookFunction",
        "RenderWorkerFunction",
        "PhotoWorkerFunction",
        "DoneWebhookFunction",
        "FeedPollerFunction",
    }


@pytest.mark.parametrize("name", FUNCTIONS)
def test_handler_exists(name):
    module, _, handler = FUNCTIONS[name]["Handler"].rpartition(".")
    assert callable(getattr(import_module(module), handler))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_gets_exactly_its_settings(name):
    given = SHARED["Environment"]["Variables"] | FUNCTIONS[name].get("Environment", {}).get("Variables", {})
    asked = set()

    class Environment(dict):
        def get(self, key, default=None):
            asked.add(key)
            return super().get(key, default)

    read_settings(Environment((key, str(value)) for key, value in given.items()))
    assert given.pop("POWERTOOLS_SERVICE_NAME") == FUNCTIONS[name]["Handler"].split(".")[0]  # read by Powertools only
    assert given.pop("POWERTOOLS_METRICS_NAMESPACE")  # likewise
    assert given.pop("CONFIGURATION")  # read by nobody, see test_deployments.py
    assert {"MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"} <= set(given)  # read by the C library alone
    given = {key: value for key, value in given.items() if not key.startswith("MALLOC_")}
    assert set(given) == asked - {"LOCAL_ADDRESSES"}  # local only


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc reads these settings")
def test_malloc_settings_keep_freed_memory_for_the_next_image():
    """Draws four story-size images ten times: with the settings, only the first time causes page faults."""
    program = """
import resource
from PIL import Image
def draw():
    images = [Image.new("RGB", (1080, 1920), "#0b1c2c") for _ in range(4)]
draw()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    draw()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""
    settings = {key: value for key, value in SHARED["Environment"]["Variables"].items() if key.startswith("MALLOC_")}
    faults = [int(subprocess.check_output([sys.executable, "-c", program], env=os.environ | malloc)) for malloc in (settings, {})]
    assert faults[0] < 100 < 10_000 < faults[1]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_has_its_own_role_and_log_group(name):
    short = name.removesuffix("Function")
    assert FUNCTIONS[name]["Role"] == f"{short}Role.Arn"
    assert FUNCTIONS[name]["LoggingConfig"]["LogGroup"] == f"{short}LogGroup"
    [policy] = RESOURCES[f"{short}Role"]["Properties"]["Policies"]
    [logs] = [statement for statement in policy["PolicyDocument"]["Statement"] if "logs:PutLogEvents" in statement["Action"]]
    assert logs["Resource"] == f"{short}LogGroup.Arn"


@pytest.mark.parametrize("role", sorted(of_type("AWS::IAM::Role").keys() - {"DeploymentRole"}))  # AWS's own policy for CodeDeploy
def test_role_names_actions_and_resources_without_wildcards(role):
    [policy] = RESOURCES[role]["Properties"]["Policies"]
    for statement in policy["PolicyDocument"]["Statement"]:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        assert [action for action in actions if "*" in action] == []
        # X-Ray actions have no resource types.
        assert statement["Resource"] != "*" or {action.split(":")[0] for action in actions} == {"xray"}


def test_logs_are_kept_for_the_configured_days():
    assert [group for group in of_type("AWS::Logs::LogGroup").values() if group != {"RetentionInDays": "LogRetentionDays"}] == []


def test_visibility_timeout_exceeds_the_functions_timeout():
    # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html asks for six times the function's timeout.
    assert RESOURCES["RenderQueue"]["Properties"]["VisibilityTimeout"] >= 6 * FUNCTIONS["RenderWorkerFunction"]["Timeout"]
    assert RESOURCES["PhotoQueue"]["Properties"]["VisibilityTimeout"] >= 6 * SHARED["Timeout"]
    assert RESOURCES["DoneQueue"]["Properties"]["VisibilityTimeout"] >= 6 * SHARED["Timeout"]
    assert RESOURCES["DoneQueue"]["Properties"]["RedrivePolicy"]["maxReceiveCount"] == len(PAUSES) + 1


def test_webhooks_have_a_request_limit_of_their_own():
    api = stack(RequestRate=50, RequestBurst=60).section("Resources")["HttpApi"]["Properties"]
    events = FUNCTIONS["CmsWebhookFunction"]["Events"].values()
    routes = {f"{event['Properties']['Method']} {event['Properties']['Path']}" for event in events}
    limits = {"ThrottlingRateLimit": 50, "ThrottlingBurstLimit": 60}
    assert api["DefaultRouteSettings"] == limits
    assert api["RouteSettings"] == dict.fromkeys(routes, limits)


def test_bucket_is_private_and_cards_do_not_expire():
    bucket = RESOURCES["Bucket"]
    assert bucket["DeletionPolicy"] == bucket["UpdateReplacePolicy"] == "Retain"
    for name in ("WebhooksSecret", "ConnectionsSecret"):
        assert RESOURCES[name]["DeletionPolicy"] == RESOURCES[name]["UpdateReplacePolicy"] == "Retain"
    assert set(bucket["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["Properties"]["PublicAccessBlockConfiguration"]) == 4


def test_deployment_does_not_overwrite_secrets():
    assert {name: set(secret) for name, secret in of_type("AWS::SecretsManager::Secret").items()} == {
        "WebhooksSecret": {"Description"},
        "ConnectionsSecret": {"Description"},
        "OriginSecret": {"Description", "GenerateSecretString"},  # generated once, when the secret is created
    }


@pytest.mark.parametrize("name", [name for name, resource in RESOURCES.items() if resource.get("Metadata")])
def test_makefile_build_targets_exist(name):
    properties = RESOURCES[name]["Properties"]
    makefile = ROOT / (properties.get("ContentUri") or SHARED["CodeUri"]) / "Makefile"
    targets = re.findall(r"^(build-[^:]+):", makefile.read_text(encoding="utf-8"), re.MULTILINE)
    assert f"build-{name}" in " ".join(targets).split()


def test_deploying_page_explains_every_parameter():
    table = re.findall(r"^\| (`.+?) \|", (ROOT / "docs/deploying.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for row in table for name in re.findall(r"`(\w+)`", row)} == set(TEMPLATE["Parameters"])


def test_wheels_match_the_runtime():
    for makefile in ("functions/Makefile", "layers/storycard/Makefile", "layers/photo/Makefile"):
        version = re.search(r"^LAMBDA_PYTHON \?= (.+)$", (ROOT / makefile).read_text(encoding="utf-8"), re.MULTILINE)[1]
        assert SHARED["Runtime"] == f"python{version}"
    for layer in of_type("AWS::Serverless::LayerVersion").values():
        assert layer["CompatibleRuntimes"] == [SHARED["Runtime"]]


def test_cms_format_allows_every_ingest_format():
    assert TEMPLATE["Parameters"]["CmsFormat"]["AllowedValues"] == ["", *FORMATS]


def test_every_architecture_has_wheels():
    for layer in ("storycard", "photo"):
        targets = {path.parent.name for path in ROOT.glob(f"layers/{layer}/target/*/platforms")}
        assert targets == set(TEMPLATE["Parameters"]["Architecture"]["AllowedValues"])


def test_a_picture_bomb_takes_down_one_photograph_only():
    photos = FUNCTIONS["PhotoWorkerFunction"]
    assert photos["Events"]["Photos"]["Properties"]["BatchSize"] == 1
    assert photos["Layers"] == ["PhotoLayer"]


def test_no_function_adds_to_layers_of_globals():
    """SAM puts the layers of Globals before a function's own, and text and photo layers together exceed Lambda's size limit."""
    assert "Layers" not in SHARED
    layers = {name: function.get("Layers") for name, function in FUNCTIONS.items()}
    assert layers.pop("PhotoWorkerFunction") == ["PhotoLayer"]
    assert {name: found for name, found in layers.items() if found != ["StorycardLayer", "AssetsLayer"]} == {}


def test_api_gateway_uses_payload_format_2():
    events = [event for function in FUNCTIONS.values() for event in function["Events"].values() if event["Type"] == "HttpApi"]
    assert [event["Properties"]["PayloadFormatVersion"] for event in events] == ["2.0", "2.0"]
