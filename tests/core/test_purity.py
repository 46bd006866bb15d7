"""Checks what importing the core loads: no AWS library, and for looking up a stored card no drawing library either."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import storycard
from support.paths import SAMPLES

PACKAGE = Path(storycard.__file__).parent
SAMPLE = SAMPLES / "harbour-barriers.json"
LIBRARIES = {"PIL", "uharfbuzz", "icu4py", "pyphen", "budoux", "selectolax", "resvg_py", "webencodings", "zlib_ng", "markdown_it"}
CLOUD = {"boto3", "botocore", "aws_lambda_powertools"}
ONLY_IN_CLI = {"tqdm", "storycard_photo"}
IMPURE = {"os", "socket", "http", "urllib", "subprocess", "asyncio", "random", "time", "tempfile"}
# Not needed for a card of a native article. Each would add milliseconds to the 200 ms of a first card.
LATER = {
    "importlib.metadata",
    "xml.etree.ElementTree",
    "storycard.ingest.formats.text_export",
    "storycard.layout.debug",
    "PIL.TiffImagePlugin",
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def loaded_by(modules: str) -> set[str]:
    """Returns the top-level names that a fresh process has loaded after importing `modules`."""
    program = f"import sys; before = set(sys.modules); import {modules}; print(*(set(sys.modules) - before))"
    names = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    return {name.partition(".")[0] for name in names}


def imported_in(path: Path) -> set[str]:
    """Returns the top-level names of all imports in a file, including those inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"expected absolute imports, got a relative one in {path}"
            names.add(node.module)
    names.discard("urllib.parse")  # only parses, opens no connection
    return {name.partition(".")[0] for name in names}


def test_rendering_loads_no_aws_library() -> None:
    loaded = loaded_by("storycard.render, storycard.cli, storycard.manifest, storycard.ingest")
    assert not loaded & (CLOUD | ONLY_IN_CLI)
    assert {"PIL", "uharfbuzz"} <= loaded


@pytest.mark.parametrize("image_type", ["auto", "webp"])
def test_first_card_loads_no_module_it_does_not_need(tmp_path: Path, image_type: str) -> None:
    command = ["render", str(SAMPLE), "--kind", "headline", "--format", "og", "--type", image_type, "--out", str(tmp_path)]
    program = f"import sys; from storycard.cli import main; main({command}); print(*{LATER} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert len(list(tmp_path.rglob("headline-og.*"))) == 1
    assert run.stdout.strip() == ""


def test_looking_up_a_card_loads_no_drawing_library() -> None:
    assert not loaded_by("storycard.identity, storycard.design.assets, storycard.ingest") & (LIBRARIES | CLOUD)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_imports_only_allowed_libraries(path: Path) -> None:
    allowed = LIBRARIES | {"storycard"} | (sys.stdlib_module_names - IMPURE)
    if path.parent.name == "commands":
        allowed |= ONLY_IN_CLI
    assert imported_in(path) <= allowed
