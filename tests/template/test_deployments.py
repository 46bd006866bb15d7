"""Checks that events call the alias of each function, and that whatever changes a function publishes a version for the alias."""

import re
from collections.abc import Iterator

import pytest

from support.template import Call, stack

TEMPLATE = stack().template
RESOURCES = TEMPLATE["Resources"]
FUNCTIONS = {name: entry["Properties"] for name, entry in RESOURCES.items() if entry["Type"] == "AWS::Serverless::Function"}
NOT_IN_A_VERSION = ("Events", "ReservedConcurrentExecutions", "DeploymentPreference", "VersionDescription")


def names_in(value: object) -> Iterator[str]:
    """Yields the names to which intrinsic functions refer, also those in conditions."""
    match value:
        case Call("If", [condition, *others]):
            yield from names_in(TEMPLATE["Conditions"][condition])
            yield from names_in(others)
        case Call("Condition", name):
            yield from names_in(TEMPLATE["Conditions"][name])
        case Call("Sub", [text, names]):
            yield from names_in(Call("Sub", text))
            yield from names_in(names)
        case Call("Sub", str(text)):
            yield from re.findall(r"\$\{([\w:.]+)\}", text)
        case Call("Ref" | "GetAtt", str(name)):
            yield name
        case Call(_, argument):
            yield from names_in(argument)
        case dict():
            yield from names_in(list(value.values()))
        case list():
            for item in value:
                yield from names_in(item)


def versioned(function: dict) -> dict:
    return {key: value for key, value in function.items() if key not in NOT_IN_A_VERSION}


def test_new_values_of_parameters_and_layers_are_published():
    """SAM publishes a version if the template changes, but not if only the value of a parameter does."""
    given = [versioned(TEMPLATE["Globals"]["Function"]), *map(versioned, FUNCTIONS.values())]
    layers = {name for name, entry in RESOURCES.items() if entry["Type"] == "AWS::Serverless::LayerVersion"}
    listed = set(names_in(RESOURCES["Configuration"]["Properties"]["Content"]))
    assert listed == {name for name in names_in(given) if name in TEMPLATE["Parameters"] or name in layers}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_new_configuration_is_a_new_version(name):
    """Lambda refuses a version that does not differ from the last one, so the function itself has the number too."""
    assert list(names_in(FUNCTIONS[name]["VersionDescription"])) == ["Configuration"]
    assert FUNCTIONS[name]["AutoPublishAliasAllProperties"] is True
    shared = TEMPLATE["Globals"]["Function"]
    assert shared["AutoPublishAlias"] == "live"
    assert list(names_in(shared["Environment"]["Variables"]["CONFIGURATION"])) == ["Configuration"]


def test_only_alarms_and_the_dashboard_name_functions_without_the_alias():
    """What calls a function by its own name would get a release that is not live yet."""
    allowed = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard")
    others = {key: entry for key, entry in RESOURCES.items() if entry["Type"] not in allowed}
    assert {(key, name) for key, entry in others.items() for name in names_in(entry) if name.split(".")[0] in FUNCTIONS} == {
        ("ArchiveRole", "RenderWorkerFunction.Alias"),
        ("ArchiveStateMachine", "RenderWorkerFunction.Alias"),
        ("FeedScheduleRole", "FeedPollerFunction.Alias"),
        ("SignInIntegration", "HttpApiFunction.Alias"),
        ("SignInPermission", "HttpApiFunction.Alias"),
    }


@pytest.mark.parametrize("name", FUNCTIONS)
def test_alarms_of_its_own_function_end_a_deployment(name):
    """An alarm that refers to another function or to the API would be a circular dependency, which `make template` finds."""
    alarms = list(names_in(FUNCTIONS[name]["DeploymentPreference"]["Alarms"]))
    watched = [RESOURCES[alarm]["Properties"] for alarm in alarms]
    assert name in {watched_name for alarm in watched for watched_name in names_in(alarm.get("Dimensions", []))}
    assert {alarm["Period"] * alarm["EvaluationPeriods"] for alarm in watched} == {300}  # as long as the canary


def test_deployments_are_gradual_on_request():
    enabled = {choice: entry["Enabled"] for choice, entry in TEMPLATE["Mappings"]["Gradual"].items()}
    assert enabled == {"on": "true", "off": "false"}
    assert TEMPLATE["Parameters"]["GradualDeployments"]["Default"] == "off"
