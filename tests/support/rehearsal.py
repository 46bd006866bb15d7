"""Deploys template.yaml to an emulated account, as `sam deploy` does: uploads what was built and executes change sets."""

import json
import os
import re
import subprocess
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from uuid import uuid4

from local_stack.aws import client
from support.emulator import Emulator
from support.paths import ROOT
from support.sam_build import ENVIRONMENT, TOOLS

UPLOADS = "uploads"
DEPLOYED_WITHIN = 60  # seconds
CODE = {"AWS::Lambda::Function": "Code", "AWS::Lambda::LayerVersion": "Content"}


@dataclass(frozen=True)
class Account:
    """An emulated account."""

    emulator: Emulator

    def client(self, service: str) -> Any:
        """Returns a client with the rights of the root user."""
        return client(service, self.emulator.endpoint)

    def upload(self, name: str, folder: Path) -> None:
        """Stores the files of a folder as NAME.zip, from which functions and layers are created."""
        with TemporaryFile() as archive:
            with zipfile.ZipFile(archive, "w") as packed:
                for path in sorted(folder.rglob("*")):
                    packed.write(path, path.relative_to(folder))
            archive.seek(0)
            self.client("s3").upload_fileobj(archive, UPLOADS, f"{name}.zip")

    def deploy(self, name: str, template: Mapping, **parameters: str) -> "Stack":
        """Creates or updates a stack by a change set, as `sam deploy` does. Raises RuntimeError if there can be none."""
        cloudformation, change_set = self.client("cloudformation"), f"rehearsal-{uuid4().hex}"
        self.client("s3").put_object(Bucket=UPLOADS, Key=f"{name}.json", Body=json.dumps(template).encode())
        cloudformation.create_change_set(
            StackName=name,
            ChangeSetName=change_set,
            ChangeSetType="UPDATE" if self.exists(name) else "CREATE",
            TemplateURL=f"{self.emulator.endpoint}/{UPLOADS}/{name}.json",
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        )
        found = _ended(lambda: cloudformation.describe_change_set(StackName=name, ChangeSetName=change_set), "Status")
        if found["Status"] != "CREATE_COMPLETE":
            raise RuntimeError(f"{name}: expected a change set, got {found['Status']}: {found.get('StatusReason')}")
        cloudformation.execute_change_set(StackName=name, ChangeSetName=change_set)
        stack = _ended(lambda: cloudformation.describe_stacks(StackName=name)["Stacks"][0], "StackStatus")
        resources = cloudformation.describe_stack_resources(StackName=name)["StackResources"]
        return Stack(
            status=stack["StackStatus"],
            outputs={output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", ())},
            resources={resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources},
            changes=tuple(change["ResourceChange"] for change in found["Changes"]),
        )

    def exists(self, stack: str) -> bool:
        found = self.client("cloudformation").list_stacks()["StackSummaries"]
        gone = ("REVIEW_IN_PROGRESS", "DELETE_COMPLETE")
        return any(item["StackName"] == stack and item["StackStatus"] not in gone for item in found)


@dataclass(frozen=True)
class Stack:
    """A stack after a deployment, with the physical IDs of its resources by their names in the template."""

    status: str
    outputs: Mapping[str, str]
    resources: Mapping[str, str]
    changes: tuple[Mapping, ...]


def translated(template: Path, **parameters: str) -> dict:
    """Translates a SAM template to CloudFormation, with the code that `Account.upload` stored under each resource's name."""
    given = [f"{name}={value}" for name, value in parameters.items()]
    command = [TOOLS / "python", "-m", "support.translate_template", template, *given]
    environment = {**os.environ, **ENVIRONMENT, "PYTHONPATH": str(ROOT / "tests")}
    found = json.loads(subprocess.check_output(command, env=environment))
    for name, resource in found["Resources"].items():
        if key := CODE.get(resource["Type"]):
            uploaded = re.sub(r"(?<=Layer)[0-9a-f]+$", "", name)  # SAM adds a hash to the names of layers
            resource["Properties"][key] = {"S3Bucket": UPLOADS, "S3Key": f"{uploaded}.zip"}
    return adapted(found)


def adapted(template: dict) -> dict:
    """Rewrites what the emulator does not support. docs/rehearsal.md lists the differences."""
    resources = template["Resources"]
    for name, resource in list(resources.items()):
        match resource["Type"], resource.get("Properties", {}):
            case "AWS::IAM::RolePolicy", properties:
                resource["Type"] = "AWS::IAM::Policy"
                properties["Roles"] = [properties.pop("RoleName")]
            case ("AWS::CloudWatch::Alarm", {"Metrics": _}) | ("AWS::CodeDeploy::Application", _):
                del resources[name]
            case "AWS::CodeDeploy::DeploymentGroup", _:
                del resources[name]
            case "AWS::Lambda::Alias", _:
                resource.pop("UpdatePolicy", None)
            case "AWS::Lambda::EventSourceMapping", {"ScalingConfig": scaling}:
                scaling["MaximumConcurrency"] = 2  # it does not convert text to numbers; and each process unpacks 120 MB
            case "AWS::Lambda::Function", {"Environment": {"Variables": variables}}:
                variables["ASSETS_DIR"] = str(ROOT / "assets")  # there is no /opt, so AssetsLayer stays empty
            case "AWS::StepFunctions::StateMachine", {"Definition": {"States": {"EachBatch": each}}}:
                # Its maps know neither batches nor a concurrency from the input.
                each["MaxConcurrency"] = 1
                del each["ItemBatcher"], each["MaxConcurrencyPath"]
                each["ItemProcessor"]["States"]["RenderBatch"]["Parameters"]["Payload"] = {"Items.$": "States.Array($)"}
                del each["ItemProcessor"]["States"]["RenderBatch"]["Parameters"]["Payload.$"]
            case "AWS::ApiGatewayV2::Api", {"Body": body} as properties:
                del properties["Body"]
                properties |= {"Name": name, "ProtocolType": "HTTP"}
                resources |= _routes(name, body)
    secrets = [name for name, resource in resources.items() if resource["Type"] == "AWS::SecretsManager::Secret"]
    return _understood(template, secrets)


def _routes(api: str, body: Mapping) -> dict[str, dict]:
    """Returns the routes and integrations of an API whose OpenAPI document the emulator would ignore."""
    found: dict[str, dict] = {}
    for path, methods in body["paths"].items():
        for method, operation in methods.items():
            integration = operation["x-amazon-apigateway-integration"]
            key = "$default" if operation.get("isDefaultRoute") else f"{method.upper()} {path}"
            name = f"{api}Route{len(found)}"
            found[f"{name}Integration"] = {
                "Type": "AWS::ApiGatewayV2::Integration",
                "Properties": {
                    "ApiId": {"Ref": api},
                    "IntegrationType": "AWS_PROXY",
                    "IntegrationUri": integration["uri"],
                    "PayloadFormatVersion": integration["payloadFormatVersion"],
                },
            }
            target = {"Fn::Sub": f"integrations/${{{name}Integration}}"}
            found[name] = {
                "Type": "AWS::ApiGatewayV2::Route",
                "Properties": {"ApiId": {"Ref": api}, "RouteKey": key, "Target": target},
            }
    return found


def _understood(value: Any, secrets: list[str]) -> Any:
    """Replaces `Ref` of a secret, which the emulator resolves to its name instead of its ARN, and drops unknown conditions."""
    match value:
        case {"Ref": str(name)} if name in secrets:
            return {"Fn::GetAtt": [name, "Id"]}
        case {"Action": "events:PutEvents", "Condition": _}:
            return {key: item for key, item in value.items() if key != "Condition"}
        case {"Action": ["scheduler:CreateSchedule", *_]}:
            return value | {"Resource": "*"}
        case dict():
            return {key: _understood(item, secrets) for key, item in value.items()}
        case list():
            return [_understood(item, secrets) for item in value]
    return value


def _ended(describe: Callable[[], dict], key: str) -> dict:
    deadline = time.monotonic() + DEPLOYED_WITHIN
    while (found := describe())[key].endswith(("IN_PROGRESS", "PENDING")):
        if time.monotonic() > deadline:
            raise RuntimeError(f"expected an end within {DEPLOYED_WITHIN} s, got {found[key]}")
        time.sleep(0.1)
    return found
