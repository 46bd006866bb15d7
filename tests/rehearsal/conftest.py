"""Deploys template.yaml with the built functions to an emulated account, once for all tests."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from local_stack.aws import aws_environment
from local_stack.client import Answer, new_webhook_secret, signed
from local_stack.command import demo_source
from support.emulator import emulator
from support.lambda_events import as_body, native
from support.paths import ROOT
from support.rehearsal import UPLOADS, Account, Stack, translated
from support.sam_build import HOST_BUILD, build_for_this_machine
from support.team_tokens import TOKENS

STACK = "storycard"
PATIENCE = 90  # seconds until workers have done their part, on a busy machine
SECRET = new_webhook_secret()


@dataclass(frozen=True)
class Newsroom:
    """A deployed stack, as its CMS, its team and its readers see it."""

    account: Account
    stack: Stack

    def call(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """Sends a request to the API's own address."""
        host = self.stack.outputs["ApiUrl"].removeprefix("https://").split(".")[0] + ".execute-api.localhost"
        return self.account.emulator.call(host, method, path, body, headers)

    def publish(self, article_id: str, **fields: object) -> Answer:
        body = as_body(native(article_id, **fields))
        return self.call("POST", "/webhooks/demo", body, signed(body, SECRET))

    def keys(self, prefix: str) -> list[str]:
        pages = self.account.client("s3").get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return [item["Key"] for page in pages for item in page.get("Contents", ())]

    def soon(self, condition: Callable[[], object]) -> bool:
        """Waits until a condition holds. Returns False if it does not in time."""
        deadline = time.monotonic() + PATIENCE
        while not (met := condition()) and time.monotonic() < deadline:
            time.sleep(0.3)
        return bool(met)

    @property
    def bucket(self) -> str:
        return self.stack.outputs["BucketName"]

    def fill_secrets(self) -> None:
        for name, toml in (("WebhooksSecret", demo_source(SECRET)), ("ConnectionsSecret", TOKENS)):
            if name in self.stack.outputs:  # the first release has one
                self.account.client("secretsmanager").put_secret_value(SecretId=self.stack.outputs[name], SecretString=toml)


@pytest.fixture(scope="session")
def account() -> Iterator[Account]:
    """Starts the emulator, builds for this machine's processor and Python, and uploads what was built."""
    built = build_for_this_machine()
    # Not pytest's tmp_path, which would be kept: every process of a function unpacks its layers there.
    with TemporaryDirectory() as temporary, emulator(Path(temporary)) as emulated, pytest.MonkeyPatch.context() as patch:
        scratch = Path(temporary)
        (scratch / "no-assets").mkdir()
        for name, value in aws_environment(emulated.endpoint).items():
            patch.setenv(name, value)  # for the command line
        patch.setenv("AWS_CA_BUNDLE", str(emulated.certificate))
        account = Account(emulated)
        account.client("s3").create_bucket(Bucket=UPLOADS)
        for name, resource in built["Resources"].items():
            properties = resource.get("Properties", {})
            if place := properties.get("CodeUri") or properties.get("ContentUri"):
                account.upload(name, scratch / "no-assets" if name == "AssetsLayer" else HOST_BUILD / place)
        yield account


@pytest.fixture(scope="session")
def newsroom(account: Account) -> Newsroom:
    """Deploys the template with its default parameters, and fills the secrets."""
    stack = account.deploy(STACK, translated(ROOT / "template.yaml"))
    assert stack.status == "CREATE_COMPLETE"
    newsroom = Newsroom(account, stack)
    newsroom.fill_secrets()
    return newsroom


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what the emulator cannot show, from docs/rehearsal.md, which is the only list of it."""
    text = (ROOT / "docs/rehearsal.md").read_text(encoding="utf-8")
    terminalreporter.section("not rehearsed, from docs/rehearsal.md")
    terminalreporter.write(text.partition("<!-- not rehearsed -->")[2].partition("<!-- end -->")[0].strip() + "\n")
