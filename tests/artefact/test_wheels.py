"""Checks that the artefacts hold what the functions need on their architecture, and nothing else."""

import json
import marshal
import re
import struct
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from storycard.language.dates import date_forms
from support.sam_build import ROOT, sam_build

pytestmark = pytest.mark.slow

ELF_MACHINES = {62: "x86_64", 183: "aarch64"}  # e_machine, https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
UNCHECKED_HASH = 0b01  # in the flags of a .pyc: never checked against its source, https://peps.python.org/pep-0552/
LARGEST_LAYER = 115_000_000  # bytes of StorycardLayer; exceeded if a large library doubles
LARGEST_FUNCTION = 11_000_000
UNZIPPED_LIMIT = 250 * 1024 * 1024  # bytes of a function with all its layers


def elf_machine(path: Path) -> str | None:
    """Returns the architecture of a shared library, None for any other file."""
    with path.open("rb") as file:
        head = file.read(20)
    return ELF_MACHINES[struct.unpack_from("<H", head, 18)[0]] if head[:4] == b"\x7fELF" else None


@pytest.mark.parametrize(
    ("options", "machine"),
    [((), "aarch64"), (("--parameter-overrides", "Architecture=x86_64"), "x86_64")],
    ids=["arm64 by default", "x86_64"],
)
def test_libraries_match_the_architecture_and_the_runtime(tmp_path, options, machine):
    sam_build(tmp_path, *options)
    libraries = [path for path in tmp_path.rglob("*") if path.is_file() and elf_machine(path)]
    assert {elf_machine(path) for path in libraries} == {machine}
    assert {path.relative_to(tmp_path).parts[0] for path in libraries} == {"StorycardLayer", "PhotoLayer"}
    for_one_python = [path.name for path in libraries if ".cpython-" in path.name]
    assert for_one_python
    assert [name for name in for_one_python if f".cpython-313-{machine}-linux-gnu.so" not in name] == []


def test_architecture_without_wheels_fails_to_build(tmp_path):
    with pytest.raises(Exception, match="non-zero exit status"):
        sam_build(tmp_path, "--parameter-overrides", "Architecture=riscv64")


def test_layer_holds_the_package_and_the_locked_libraries(built):
    python = built.path("StorycardLayer", "ContentUri") / "python"
    assert files_in(python / "storycard") == files_in(ROOT / "layers/storycard/storycard")
    assert installed_in(python) == locked_in(ROOT / "layers/storycard/requirements.txt")
    needless = (".pyi", ".pyc", ".c", ".cpp", ".h", ".pxd", "_test.abi3.so")
    assert [path for path in files_in(python) if path.endswith(needless) or "/tests/" in path] == []


@pytest.mark.parametrize("function", ["HttpApiFunction", "CmsWebhookFunction", "RenderWorkerFunction", "PhotoWorkerFunction"])
def test_function_holds_the_handlers_and_the_locked_libraries(built, function):
    folder = built.path(function, "CodeUri")
    rooms = {path.name for path in (ROOT / "functions").iterdir() if path.is_dir()}
    assert rooms & {path.name for path in folder.iterdir()} == {
        "http_api",
        "cms_webhook",
        "photo_worker",
        "render_worker",
        "done_webhook",
        "feed_poller",
        "adapters",
        "publishing",
    }
    assert installed_in(folder) == locked_in(ROOT / "functions/requirements.txt")


@pytest.mark.parametrize(
    ("resource", "key", "folder", "place", "largest"),
    [
        ("StorycardLayer", "ContentUri", "python", "/opt/python", LARGEST_LAYER),
        ("CmsWebhookFunction", "CodeUri", "", "/var/task", LARGEST_FUNCTION),
    ],
)
def test_every_module_has_its_bytecode(built, resource, key, folder, place, largest):
    root = built.path(resource, key) / folder
    modules = list(root.rglob("*.py"))
    assert modules
    for module in modules:
        compiled = Path(cache_from_source(module)).read_bytes()
        assert compiled[:8] == MAGIC_NUMBER + UNCHECKED_HASH.to_bytes(4, "little"), module
        assert marshal.loads(compiled[16:]).co_filename == f"{place}/{module.relative_to(root)}"
    assert sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) < largest


def test_photo_layer_holds_its_libraries_and_no_text_engine(built):
    python = built.path("PhotoLayer", "ContentUri") / "python"
    assert installed_in(python) == locked_in(ROOT / "layers/photo/requirements.txt")
    assert files_in(python / "storycard") == files_in(ROOT / "layers/storycard/storycard")
    assert (python / "storycard_photo/models/face_detection_yunet_2023mar.onnx").exists()


def test_icu_data_is_reduced_and_formats_every_date_as_before(built):
    layer = built.path("StorycardLayer", "ContentUri") / "python"
    [library] = layer.glob("icu4py.libs/libicudata*")
    assert len(zlib.compress(library.read_bytes(), 1)) < 8_000_000  # the unreduced library has 14 MB
    samples = (ROOT / "samples/scripts.jsonl").read_text("utf-8").splitlines()
    languages = sorted({json.loads(sample)["language"] for sample in samples} | {"en-US", "pt-BR", "zh-Hant", "sr-Latn", "xx"})
    program = (
        "import datetime, json, sys, icu4py; from storycard.language.dates import date_forms; "
        "day = datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC); "
        "print(json.dumps([icu4py.__file__, *(form for language in sys.argv[1:] for form in date_forms(day, language))]))"
    )
    command = [sys.executable, "-c", program, *languages]
    output = subprocess.check_output(command, env={"PYTHONPATH": str(layer)}, text=True)
    loaded, *dates = json.loads(output)
    assert Path(loaded).is_relative_to(layer)
    assert dates == [form for language in languages for form in date_forms(datetime(2026, 11, 3, tzinfo=UTC), language)]


def test_functions_and_layers_fit_lambdas_size_limit(built):
    shared = built.template["Globals"]["Function"].get("Layers", [])  # SAM adds a function's own to them
    functions = {name: item for name, item in built.template["Resources"].items() if item["Type"] == "AWS::Serverless::Function"}
    sizes = {}
    for name, function in functions.items():
        layers = [built.path(layer["Ref"], "ContentUri") for layer in [*shared, *function["Properties"].get("Layers", [])]]
        files = [path for folder in [built.path(name, "CodeUri"), *layers] for path in folder.rglob("*")]
        sizes[name] = sum(path.stat().st_size for path in files if path.is_file())
    assert {name: size for name, size in sizes.items() if size >= UNZIPPED_LIMIT} == {}


def installed_in(folder: Path) -> set[str]:
    names = (path.name.removesuffix(".dist-info").split("-") for path in folder.glob("*.dist-info"))
    return {f"{canonicalize_name(name)}=={version}" for name, version in names}


def locked_in(path: Path) -> set[str]:
    return set(re.findall(r"^[^\s#]+==[^\s]+", path.read_text(encoding="utf-8"), re.MULTILINE))


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
