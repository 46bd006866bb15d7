"""Builds with `sam build` and runs the functions on this machine: under their own roles, over HTTP, on moto."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest

from local_stack.aws import create_resources, moto_aws
from local_stack.client import new_webhook_secret
from local_stack.command import demo_source, listen
from local_stack.front import serving
from support.deployment import enforce_roles, environment_of, names_in, resolve, role_environment
from support.paths import ROOT
from support.runtime_api import running
from support.sam_build import HOST_BUILD, build_for_this_machine

RUNTIME = ROOT / ".venv-runtime/bin/python"
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


@dataclass(frozen=True)
class Built:
    """The output folder of `sam build`, and the built template."""

    folder: Path
    template: dict

    def path(self, resource: str, key: str) -> Path:
        return (self.folder / self.template["Resources"][resource]["Properties"][key]).resolve()


@dataclass(frozen=True)
class Deployed:
    """The running functions. `roles` holds the AWS settings of each; the role `tester` may do everything."""

    base_url: str
    bucket: str
    queue_url: str
    webhook_secret: str
    render_worker: Callable[[dict], dict]
    roles: Mapping[str, Mapping[str, str]]

    def client(self, service: str, role: str = "tester"):
        settings = self.roles[role]
        return boto3.client(
            service,
            endpoint_url=settings["AWS_ENDPOINT_URL"],
            region_name=settings["AWS_REGION"],
            aws_access_key_id=settings["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=settings["AWS_SECRET_ACCESS_KEY"],
            aws_session_token=settings["AWS_SESSION_TOKEN"],
        )


@pytest.fixture(scope="session")
def built() -> Built:
    """Builds for this machine. test_wheels.py checks Lambda's own wheels."""
    return Built(HOST_BUILD, build_for_this_machine())


@pytest.fixture(scope="session")
def deployed(built: Built) -> Iterator[Deployed]:
    secret = new_webhook_secret()
    with ExitStack() as stack:
        resources = create_resources(stack.enter_context(moto_aws()), demo_source(secret))
        names = names_in(built.template, resources)
        roles = {"tester": role_environment("tester", [EVERYTHING], resources.endpoint)}
        functions = {}
        for name in (
            "HttpApiFunction",
            "CmsWebhookFunction",
            "RenderWorkerFunction",
            "PhotoWorkerFunction",
            "DoneWebhookFunction",
            "FeedPollerFunction",
        ):
            function = built.template["Resources"][name]["Properties"]
            role = function["Role"]["Fn::GetAtt"][0]
            [policy] = resolve(built.template["Resources"][role]["Properties"]["Policies"], names)
            roles[role] = role_environment(role, policy["PolicyDocument"]["Statement"], resources.endpoint)
            environment = {
                **roles[role],
                **environment_of(function, built.template, names),
                "PYTHONPATH": str(built.path(function["Layers"][0]["Ref"], "ContentUri") / "python"),
                "ASSETS_DIR": str(built.path("AssetsLayer", "ContentUri")),  # /opt on Lambda
            }
            functions[name] = stack.enter_context(running(RUNTIME, built.path(name, "CodeUri"), function["Handler"], environment))
        enforce_roles(resources.endpoint)

        route = built.template["Resources"]["CmsWebhookFunction"]["Properties"]["Events"]["Webhook"]["Properties"]

        def dispatch(event: dict) -> dict:
            method, path = event["requestContext"]["http"]["method"], event["rawPath"]
            is_webhook = method == route["Method"] and path.startswith(route["Path"].removesuffix("{source}"))
            return functions["CmsWebhookFunction" if is_webhook else "HttpApiFunction"](event)

        listener = stack.enter_context(listen(0))
        stack.enter_context(serving(dispatch, listener))
        yield Deployed(
            base_url=f"http://127.0.0.1:{listener.getsockname()[1]}",
            bucket=resources.bucket,
            queue_url=resources.queue_url,
            webhook_secret=secret,
            render_worker=functions["RenderWorkerFunction"],
            roles=roles,
        )
