"""Checks that the lock files hold the pins of pyproject.toml, all their dependencies, and no path or host of the machine."""

import re
import tomllib
from importlib import metadata
from itertools import pairwise

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {
    "requirements.lock": ("core", "cli", "dev"),
    "layers/storycard/requirements.txt": ("core", "credentials"),
    "layers/photo/requirements.txt": ("photo",),
    "functions/requirements.txt": ("functions",),
    ".ci/runtime.lock": ("runtime",),
    ".ci/tools.lock": ("tools",),
    ".ci/browser.lock": ("browser",),
}


def pins(name: str) -> list[Requirement]:
    """Returns the requirements of the core, an extra or a dependency group."""
    if name == "core":
        return [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    lines = {**PROJECT["project"]["optional-dependencies"], **PROJECT["dependency-groups"]}[name]
    included = [pin for line in lines if isinstance(line, dict) for pin in pins(line["include-group"])]
    return [Requirement(line) for line in lines if isinstance(line, str)] + included


def locked(path: str) -> list[Requirement]:
    text = (ROOT / path).read_text(encoding="utf-8")
    return [Requirement(line.rstrip(" \\")) for line in re.findall(r"^[a-z].*$", text, re.MULTILINE)]


def as_text(requirement: Requirement) -> str:
    return f"{canonicalize_name(requirement.name)}{requirement.specifier}"


@pytest.mark.parametrize("path", LOCKS)
def test_lock_holds_every_pin(path):
    asked = {as_text(pin) for name in LOCKS[path] for pin in pins(name)}
    assert asked - {as_text(requirement) for requirement in locked(path)} == set()


def test_every_pin_is_exact():
    names = ["core", *PROJECT["project"]["optional-dependencies"], *PROJECT["dependency-groups"]]
    loose = [str(pin) for name in names for pin in pins(name) if not re.fullmatch(r"==[\w.]+", str(pin.specifier))]
    assert loose == []


def test_hatchling_pins_agree():
    assert [str(pin) for pin in pins("build")] == PROJECT["build-system"]["requires"]


@pytest.mark.parametrize("path", [path for path in LOCKS if path.endswith(".txt")])
def test_deployed_versions_are_the_tested_ones(path):
    tested = {as_text(requirement) for requirement in locked("requirements.lock")}
    assert {as_text(requirement) for requirement in locked(path)} <= tested


@pytest.mark.parametrize("path", LOCKS)
def test_lock_names_no_host_or_path_and_hashes_everything(path):
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "://" in line or line.startswith("-") or " @ " in line] == []
    assert [line for line, after in pairwise([*lines, ""]) if line[:1].isalpha() and "--hash=sha256:" not in after] == []


def test_lock_is_complete_and_minimal():
    waiting = [pin for name in LOCKS["requirements.lock"] for pin in pins(name)]
    needed = set()
    while waiting:
        requirement = waiting.pop()
        needed.add(canonicalize_name(requirement.name))
        dependencies = map(Requirement, metadata.requires(requirement.name) or ())
        waiting += [item for item in dependencies if any(applies(item, extra) for extra in ("", *requirement.extras))]
    here = [requirement for requirement in locked("requirements.lock") if applies(requirement)]
    assert needed == {canonicalize_name(requirement.name) for requirement in here}


def applies(requirement: Requirement, extra: str = "") -> bool:
    """Returns whether the requirement applies to this Python and machine, with `extra` requested."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})
