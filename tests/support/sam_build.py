"""Runs `sam build` as a deployment does, and reads the built template."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from support.paths import ROOT

HOST_BUILD = ROOT / ".aws-sam/host"
ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64"}  # platform.machine() -> Lambda's name
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


def build_for_this_machine() -> dict:
    """Builds into HOST_BUILD for this machine's architecture and Python version, and returns the template.

    Wheels for Lambda's Python 3.13 load in 3.13 only. Everything else, from Makefiles to handlers, is as in a deployment.
    """
    if sys.platform != "linux":
        pytest.skip("Lambda's wheels are for Linux")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    architecture = f"Architecture={ARCHITECTURES[platform.machine()]}"
    return sam_build(HOST_BUILD, "--parameter-overrides", architecture, LAMBDA_PYTHON=version)
