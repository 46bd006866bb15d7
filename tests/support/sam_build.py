"""`sam build` into a folder, as a deployment does it, and the template that it writes there."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from support.paths import ROOT

TOOLS = ROOT / ".venv-tools/bin"

# SAM's installation id and version checks stay inside the checkout; it asks AWS nothing, yet wants a region.
ENVIRONMENT = {
    "SAM_CLI_TELEMETRY": "0",
    "__SAM_CLI_APP_DIR": str(ROOT / ".aws-sam"),
    "AWS_DEFAULT_REGION": "eu-central-1",
    "PYTHON": str(TOOLS / "python"),
}


def sam_build(folder: Path, *options: str, **environment: str) -> dict:
    """The built template, its intrinsic functions in their long form; paths in it are relative to `folder`."""
    if not (TOOLS / "sam").exists():
        pytest.fail("expected SAM in .venv-tools; `make check` installs it")
    command = [TOOLS / "sam", "build", "--build-dir", folder, *options]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **ENVIRONMENT, **environment}, check=True)
    return yaml.safe_load((folder / "template.yaml").read_text(encoding="utf-8"))
