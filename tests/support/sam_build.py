"""Runs `sam build` as a deployment does, and reads the built template."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from support.paths import ROOT

TOOLS = ROOT / ".venv-tools/bin"

# Keeps SAM's installation id and version checks inside the checkout. SAM needs a region, although it does not call AWS.
ENVIRONMENT = {
    "SAM_CLI_TELEMETRY": "0",
    "__SAM_CLI_APP_DIR": str(ROOT / ".aws-sam"),
    "AWS_DEFAULT_REGION": "eu-central-1",
    "PYTHON": str(TOOLS / "python"),
}


def sam_build(folder: Path, *options: str, **environment: str) -> dict:
    """Builds into `folder` and returns the template, with intrinsic functions in long form and paths relative to `folder`."""
    if not (TOOLS / "sam").exists():
        pytest.fail("expected SAM in .venv-tools; `make check` installs it")
    command = [TOOLS / "sam", "build", "--build-dir", folder, *options]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **ENVIRONMENT, **environment}, check=True)
    return yaml.safe_load((folder / "template.yaml").read_text(encoding="utf-8"))
