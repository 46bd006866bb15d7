"""Runs Schemathesis on the local system: the OpenAPI document must describe every answer, to valid and invalid requests."""

import subprocess

import pytest

from support.paths import ROOT

SCHEMATHESIS = ROOT / ".venv-contract" / "bin" / "schemathesis"

pytestmark = pytest.mark.slow


def test_openapi_document_describes_every_answer(system, tmp_path):
    # This ID is the document's example, so requests with it find an article.
    system.put("ferry-42", headline="Harbour ferries run all night from Friday", language="en")
    command = [SCHEMATHESIS, "--config-file", ROOT / ".ci" / "schemathesis.toml", "run", f"{system.base_url}/openapi.json"]
    command += ["--phases=examples,coverage,fuzzing", "--max-examples=5", "--seed=6", "--warnings=off", "--no-color"]
    command += ["--header", f"Authorization: Bearer {system.token}", "--generation-database=none"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
