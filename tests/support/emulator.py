"""Runs MiniStack, an emulator of AWS that checks every call against IAM policies, in a process of its own."""

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import urllib3

from local_stack.aws import aws_environment
from local_stack.client import Answer
from support.paths import ROOT

PYTHON = ROOT / ".venv-rehearsal/bin/python"
READY_WITHIN = 60  # seconds, on a busy machine


@dataclass(frozen=True)
class Emulator:
    """The endpoint URL of an emulated account, and the certificate with which it serves HTTPS."""

    endpoint: str
    certificate: Path

    def call(
        self, host: str, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Sends a request to the host name of an API or a CDN. `path` is sent unchanged, including its query."""
        with urllib3.PoolManager(ca_certs=str(self.certificate)) as pool:
            url, fields = f"{self.endpoint}{path}", {"Host": host, **(headers or {})}
            answer = pool.request(method, url, body=body, headers=fields, redirect=False, retries=False, timeout=60)
        return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.data)


@contextmanager
def emulator(folder: Path) -> Iterator[Emulator]:
    """Yields an empty account. What it runs, and its log, are stored in `folder`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    account = Emulator(f"https://127.0.0.1:{port}", folder / "ministack-tls/server.crt")
    # HTTPS because the template's policies refuse everything else.
    settings = {"AUTH": "true", "USE_SSL": "true", "GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1", "TMPDIR": str(folder)}
    # The credentials of `aws_environment` are those of the account's root user.
    environment = aws_environment(account.endpoint) | settings
    del environment["AWS_ENDPOINT_URL"]  # the emulator sets it for functions, with the certificate to trust
    with (folder / "emulator.log").open("wb") as log:
        process = subprocess.Popen([PYTHON, "-m", "ministack"], env=environment, stdout=log, stderr=log)
    try:
        _await_health(process, account)
        yield account
    finally:
        process.terminate()
        process.wait()


def _await_health(process: subprocess.Popen, account: Emulator) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if account.call("localhost", "GET", "/_ministack/health").status == 200:
                return
        except (OSError, urllib3.exceptions.HTTPError):
            time.sleep(0.1)
    raise RuntimeError(
        f"MiniStack: expected it to be ready within {READY_WITHIN} s; see {account.certificate.parents[1]}/emulator.log"
    )
