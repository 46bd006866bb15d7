"""Checks the import order of all modules, their size and their docstrings."""

import ast
import re
import statistics
from pathlib import Path

import pytest

from support.import_graph import find_circle, find_modules, find_upward_imports, read_imports
from support.paths import ROOT

CORE = ROOT / "layers/storycard"
PHOTO = ROOT / "layers/photo"
FUNCTIONS = ROOT / "functions"
MODULES = find_modules(CORE) | find_modules(PHOTO) | find_modules(FUNCTIONS)
# From low to high: a room may import rooms of lower layers only. All may import the package itself, which holds the version.
CORE_LAYERS = [
    {"storycard.errors"},
    {"storycard.toml_reader", "storycard.xmp_reader", "storycard.article"},
    {"storycard.language"},
    {"storycard.text", "storycard.photo"},
    {"storycard.design"},
    {"storycard.editing"},
    {"storycard.ingest", "storycard.layout"},
    {"storycard.painting", "storycard.encoding", "storycard.describing"},
    {"storycard.identity", "storycard.error_card"},
    {"storycard.card_set"},
    {"storycard.photo_facts"},
    {"storycard.render", "storycard.manifest"},
    {"storycard_photo"},
    {"storycard.commands"},
    {"storycard.cli"},
    {"storycard.__main__"},
]
FUNCTION_LAYERS = [
    {"storycard", "storycard_photo"},
    {"adapters"},
    {"publishing"},
    {"http_api", "cms_webhook", "photo_worker", "render_worker", "done_webhook", "feed_poller", "local_stack"},
    {"operations"},  # commands can run against the local system
]
MOST_MODULES = 12  # in a folder of the core
MOST_LINES = 300
MEDIAN_LINES = 100


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    return read_imports(MODULES)


def test_imports_have_no_circle(imports: dict[str, set[str]]) -> None:
    assert find_circle(imports) == []


def test_core_rooms_import_only_lower_rooms(imports: dict[str, set[str]]) -> None:
    assert imports["storycard"] == set()
    core = {name: names - {"storycard"} for name, names in imports.items() if name.startswith("storycard.")}
    assert find_upward_imports(core, CORE_LAYERS) == set()


def test_functions_import_publishing_then_adapters_then_the_core(imports: dict[str, set[str]]) -> None:
    own = {name: names for name, names in imports.items() if not name.startswith("storycard")}
    assert find_upward_imports(own, FUNCTION_LAYERS) == set()


def test_the_photo_layer_needs_no_text_engine(imports: dict[str, set[str]]) -> None:
    """Checks what `storycard_photo` imports, directly or not: the layer of photo_worker holds no fonts and no text libraries."""
    needed, waiting = set[str](), [name for name in imports if name.split(".")[0] == "storycard_photo"]
    while waiting:
        new = imports[waiting.pop()] - needed
        needed |= new
        waiting += new
    rooms = {".".join(name.split(".")[:2]) for name in needed if name.startswith("storycard.")}
    assert rooms == {"storycard.errors", "storycard.photo", "storycard.xmp_reader"}


def test_only_handlers_read_the_environment() -> None:
    """All other code takes a Settings value. Commands read the environment of the person who runs them."""
    reading = re.compile(r"os\.environ|import (?:Settings, )?settings$", re.MULTILINE)
    found = {name for name, path in MODULES.items() if reading.search(path.read_text("utf-8"))}
    handlers = {
        f"{name}.app" for name in ("http_api", "cms_webhook", "photo_worker", "render_worker", "done_webhook", "feed_poller")
    }
    assert found == handlers | {"adapters.config.settings", "local_stack.aws", "operations.places"}


def test_finds_a_circle() -> None:
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert find_circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_finds_imports_of_higher_and_neighbouring_rooms() -> None:
    graph = {"low.x": {"high"}, "high": {"low", "beside.y"}, "low": {"low.x"}, "beside.y": set()}
    assert find_upward_imports(graph, [{"low"}, {"high", "beside"}]) == {("low.x", "high"), ("high", "beside.y")}


def test_every_module_must_be_in_a_room() -> None:
    with pytest.raises(KeyError, match="new is in none of the rooms"):
        find_upward_imports({"new": {"low"}, "low": set()}, [{"low"}])


def test_reads_imports_in_functions_and_for_type_checkers(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p import b\n")
    (tmp_path / "p").mkdir()
    (tmp_path / "p/__init__.py").write_text("")
    (tmp_path / "p/b.py").write_text("def late():\n    import a\n    from p import NAME\n")
    assert read_imports(find_modules(tmp_path)) == {"a": {"p.b"}, "p": set(), "p.b": {"a", "p"}}


def test_core_folders_stay_small() -> None:
    folders = [folder for folder in (CORE / "storycard", *(CORE / "storycard").rglob("*/")) if folder.is_dir()]
    counts = {folder.relative_to(CORE): len({*folder.glob("*.py")} - {folder / "__init__.py"}) for folder in folders}
    assert {str(folder): count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_modules_stay_short() -> None:
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
    assert statistics.median(count for count in lines.values() if count) < MEDIAN_LINES


def test_every_module_has_a_docstring() -> None:
    sources = {name: path.read_text("utf-8") for name, path in MODULES.items()}
    assert [name for name, source in sources.items() if source and not ast.get_docstring(ast.parse(source))] == []


def test_tests_import_helpers_from_support_alone() -> None:
    own = re.compile(r"^\s*(?:from|import) (test_\w+|conftest|tests)\b", re.MULTILINE)
    tests = [path for path in (ROOT / "tests").rglob("*.py") if "node_modules" not in path.parts]
    assert {path.name: found for path in tests if (found := own.findall(path.read_text("utf-8")))} == {}
    rooms = {"support", "sheets", "benchmarks"}
    rest = [path for path in tests if path.relative_to(ROOT / "tests").parts[0] not in rooms]
    assert [path.name for path in rest if not path.name.startswith("test_") and path.name != "conftest.py"] == []


def test_every_ignored_finding_has_a_reason() -> None:
    """Finds `type: ignore` and `noqa` that no reason follows."""
    ignored = re.compile(r"# (?:type: ignore|noqa)(?!\S* ?[\w, ]*\]?  # \w).*")
    files = [path for folder in ("functions", "integrations", "layers", "tests") for path in (ROOT / folder).rglob("*.py")]
    sources = {path: path.read_text("utf-8") for path in files if "node_modules" not in path.parts}
    assert {path.name: found for path, source in sources.items() if (found := ignored.findall(source))} == {}


def test_prose_avoids_clauses_without_a_noun() -> None:
    """Finds "the list of" + "who came" and the like; docstrings, comments and docs name the people or programs they mean."""
    clause = re.compile(r"(for|into|of) who ")
    folders = (ROOT / name for name in (".ci", "assets", "docs", "functions", "integrations", "layers", "samples", "tests"))
    files = [*ROOT.glob("*.md"), *(path for folder in folders for path in folder.rglob("*") if path.suffix in (".md", ".py"))]
    kept = [path for path in files if "node_modules" not in path.parts]
    assert [str(path.relative_to(ROOT)) for path in kept if clause.search(path.read_text("utf-8"))] == []
