"""Runs the scripts of tests/slow/consumers with Node.js."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.paths import ROOT

CONSUMERS = ROOT / "tests" / "slow" / "consumers"


def run_script(name: str, *arguments: object, timeout: int = 120) -> Any:
    """Returns the JSON that a script printed. `timeout` is in seconds."""
    command = [_node(), CONSUMERS / name, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def need_browser(path: Path) -> None:
    """Skips the test if a browser is not installed; in CI the test fails."""
    if not path.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"expected a browser at {path}, found none")


def _node() -> str | None:
    """Returns the Node from npm, which is newer than Debian's, or the one on PATH if npm has none for this machine."""
    pinned = sorted((CONSUMERS / "node_modules").glob("node-*/bin/node"))
    return str(pinned[0]) if pinned else shutil.which("node")
