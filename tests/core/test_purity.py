"""The core is pure: it imports the standard library and what sets type and pictures; finding a stored card loads none of that."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import storycard
from support.paths import SAMPLES

PACKAGE = Path(storycard.__file__).parent
SAMPLE = SAMPLES / "harbour-barriers.json"
LIBRARIES = {"PIL", "uharfbuzz", "icu4py", "pyphen", "budoux", "selectolax", "resvg_py", "zlib_ng"}
CLOUD = {"boto3", "botocore", "aws_lambda_powertools"}
ONLY_IN_CLI = {"tqdm", "py3langid"}
IMPURE = {"os", "socket", "http", "urllib", "subprocess", "asyncio", "random", "time", "tempfile"}
ASKS_FOR_CORES = "halves.py"  # how many there are, and a file that C code writes without the interpreter's lock
# What a card from a native article has no use for; each takes milliseconds of its 200.
LATER = {
    "importlib.metadata",
    "xml.etree.ElementTree",
    "storycard.ingest.formats.text_export",
    "storycard.layout.debug",
    "PIL.TiffImagePlugin",
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def loaded_by(modules: str) -> set[str]:
    """The top-level names that a fresh process has loaded once it has imported `modules`."""
    program = f"import sys; before = set(sys.modules); import {modules}; print(*(set(sys.modules) - before))"
    names = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    return {name.partition(".")[0] for name in names}


def imported_in(path: Path) -> set[str]:
    """The top-level names of everything a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports here name their module in full"
            names.add(node.module)
    names.discard("urllib.parse")  # reads addresses, asks nobody
    return {name.partition(".")[0] for name in names}


def test_rendering_loads_nothing_of_aws() -> None:
    loaded = loaded_by("storycard.render, storycard.cli, storycard.manifest, storycard.ingest")
    assert not loaded & (CLOUD | ONLY_IN_CLI)
    assert {"PIL", "uharfbuzz"} <= loaded


@pytest.mark.parametrize("image_type", ["auto", "webp"])
def test_a_first_card_waits_for_nothing_that_it_does_not_need(tmp_path: Path, image_type: str) -> None:
    command = ["render", str(SAMPLE), "--kind", "headline", "--format", "og", "--type", image_type, "--out", str(tmp_path)]
    program = f"import sys; from storycard.cli import main; main({command}); print(*{LATER} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert len(list(tmp_path.rglob("headline-og.*"))) == 1
    assert run.stdout.strip() == ""


def test_looking_a_card_up_loads_no_library_that_draws() -> None:
    assert not loaded_by("storycard.identity, storycard.design.assets, storycard.ingest") & (LIBRARIES | CLOUD)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_the_core_may(path: Path) -> None:
    allowed = LIBRARIES | {"storycard"} | (sys.stdlib_module_names - IMPURE)
    if path.name == "cli.py":
        allowed |= ONLY_IN_CLI
    if path.name == ASKS_FOR_CORES:
        allowed |= {"os"}
    assert imported_in(path) <= allowed


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_opens_by_saying_what_it_does(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
