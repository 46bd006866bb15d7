"""Checks that the paths, links, modules, commands and options named in the documentation exist."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from support.paths import ROOT

SOURCES = ("functions", "layers", "integrations", "tests", "assets", "samples", "docs", ".ci")
PAGES = sorted(
    page
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "assets").rglob("*.md"))
    if "**Superseded" not in page.read_text("utf-8")  # the history of removed code
)
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
CODE = re.compile(r"`([^`\n]+)`|^ {4}(\S.*)|^((?:\.venv[\w-]*/bin/)?(?:storycard|make) .*)$", re.MULTILINE)
PATH = re.compile(
    r"(?:[\w.{}-]+/)*[\w.-]+\.(?:py|md|toml|js|css|html|sh|jsonl)|(?:functions|layers|tests|assets|samples|docs)/[\w./-]+"
)
MODULE = re.compile(r"storycard(?:\.[a-z_]+)+")
WRITTEN_BY_READERS = {"news.toml"}


@cache
def files() -> tuple[str, ...]:
    """Returns the paths of all files and folders of the repository, relative to it and with a leading slash."""
    inside = [path for folder in SOURCES for path in (ROOT / folder).rglob("*") if "node_modules" not in path.parts]
    return tuple(f"/{path.relative_to(ROOT)}" for path in (*ROOT.glob("*"), *inside))


@cache
def options() -> set[str]:
    """Returns the options that the commands of `storycard` define."""
    sources = (path.read_text("utf-8") for folder in ("functions", "layers") for path in (ROOT / folder).rglob("*.py"))
    return {option for source in sources for option in re.findall(r'"(--[a-z-]+)"', source)}


def spans(page: Path) -> Iterator[str]:
    """Yields the code spans of a page, and the commands in its code blocks."""
    for match in CODE.finditer(page.read_text("utf-8")):
        yield next(filter(None, match.groups()))


def headings(page: Path) -> set[str]:
    """Returns the anchors of a page's headings, as GitHub derives them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@EVERY_PAGE
def test_links_lead_to_existing_pages_and_headings(page: Path) -> None:
    for path, anchor in LINK.findall(page.read_text("utf-8")):
        target = page.parent / path if path else page
        assert target.exists(), f"{path}: expected a file or folder"
        assert not anchor or anchor in headings(target), f"{path}#{anchor}: expected a heading"


@EVERY_PAGE
def test_paths_exist(page: Path) -> None:
    named = {span for span in spans(page) if PATH.fullmatch(span) and not re.search(r"[{}]|NAME|evening|harbour-post", span)}
    missing = {path for path in named - WRITTEN_BY_READERS if not any(file.endswith(f"/{path.rstrip('/')}") for file in files())}
    assert missing == set()


@EVERY_PAGE
def test_modules_exist(page: Path) -> None:
    for module in {span for span in spans(page) if MODULE.fullmatch(span)}:
        parent, _, name = module.rpartition(".")
        assert find_spec(parent), f"{module}: expected a module"
        assert find_spec(module) or hasattr(__import__(parent, fromlist=[name]), name), f"{module}: expected it in {parent}"


@EVERY_PAGE
def test_commands_and_options_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    commands = {
        "render",
        "inspect",
        "theme",
        *tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["storycard.commands"],
    }
    for span in spans(page):
        command = span.split("#")[0]
        if found := re.search(r"(?:^|\s)make ([a-z-]+)", command):
            assert found[1] in targets, f"{span}: expected a target of the Makefile"
        if found := re.match(r"(?:\.venv/bin/)?storycard ([a-z-]+)", command):
            assert found[1] in commands, f"{span}: expected a command of storycard"
        if found or command.startswith("--"):
            assert set(re.findall(r"(?<!\S)(--[a-z-]+)", command)) <= options(), f"{span}: expected options of the command"
