"""Schemathesis against the local system: every answer, to good requests and bad, is one that the OpenAPI document describes."""

import subprocess

import pytest

from support.paths import ROOT

SCHEMATHESIS = ROOT / ".venv-contract" / "bin" / "schemathesis"

pytestmark = pytest.mark.slow


def test_every_answer_is_as_described(system, tmp_path):
    # The ID that the document gives as an example: requests by it get beyond "unknown".
    system.put("ferry-42", headline="Harbour ferries run all night from Friday", language="en")
    command = [SCHEMATHESIS, "--config-file", ROOT / ".ci" / "schemathesis.toml", "run", f"{system.base_url}/openapi.json"]
    command += ["--phases=examples,coverage,fuzzing", "--max-examples=5", "--seed=6", "--warnings=off", "--no-color"]
    command += ["--header", f"Authorization: Bearer {system.token}", "--generation-database=none"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
