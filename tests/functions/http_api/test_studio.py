"""Tests the delivery of the Studio's files, their Content-Security-Policy and the sign-in settings."""

import re
from pathlib import PurePosixPath
from shutil import copytree

import pytest

from adapters.config.settings import settings
from http_api.app import handler
from http_api.pages.studio import _studio
from support.lambda_events import call
from support.paths import ROOT
from support.team_tokens import TOKENS

STUDIO = ROOT / "assets" / "studio"
MODULE_LISTS = re.compile(r"Modules = \[(.*?)\]", re.DOTALL)
ON_DEMAND = re.compile(r'\bimport\("\.\./([^"]+)"\)')
STATIC_IMPORT = re.compile(r'^(?:import|export) [^"]*?from "(\.[^"]+)";', re.MULTILINE)


@pytest.fixture(autouse=True)
def _tokens(aws):
    aws.connect(TOKENS)


@pytest.mark.parametrize("path", ["/studio", "/studio/index.html"])
def test_the_studio_has_a_strict_content_security_policy(endpoint, path):
    answer = call(handler, "GET", path)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert b"<script>" not in answer.body
    assert b" style=" not in answer.body
    assert b"<style" not in answer.body


def test_the_page_preloads_every_module_at_once():
    listed = re.findall(r'<link rel="modulepreload" href="/studio/([^"]+)">', (STUDIO / "index.html").read_text())
    assert sorted(listed) == sorted(imported_from("main.js") - {"main.js"}), "list in index.html what main.js imports"


def test_a_story_preloads_every_module_at_once_and_its_cards_before_its_form():
    first, later = (
        re.findall(r'"([^"]+\.js)"', part) for part in MODULE_LISTS.findall((STUDIO / "core" / "story_modules.js").read_text())
    )
    known = imported_from("main.js")
    cards = imported_from("story/story.js")
    assert sorted(first) == sorted(cards - known), "list in core/story_modules.js what story/story.js imports"
    form = {module for name in ON_DEMAND.findall((STUDIO / "story" / "story.js").read_text()) for module in imported_from(name)}
    assert sorted(later) == sorted(form - cards - known), "list in core/story_modules.js what story/story.js imports on demand"


def imported_from(name: str) -> set[str]:
    """Returns the module and all modules that it imports, without those that are loaded on demand."""
    found, ahead = set(), [name]
    while ahead:
        module = ahead.pop()
        if module not in found:
            found.add(module)
            folder = STUDIO / PurePosixPath(module).parent
            paths = [(folder / one).resolve() for one in STATIC_IMPORT.findall((STUDIO / module).read_text())]
            ahead += [path.relative_to(STUDIO.resolve()).as_posix() for path in paths]
    return found


def test_every_file_of_the_page_is_kept_under_the_address_of_its_release(endpoint):
    page = call(handler, "GET", "/studio")
    assert page.headers["cache-control"] == "no-cache"
    paths = re.findall(r'(?:href|src)="(/studio/[^"]+)"', page.body.decode())
    assert len({path.split("/")[2] for path in paths}) == 1
    for path in paths:
        file = call(handler, "GET", path)
        assert (path, file.status, file.headers["cache-control"]) == (path, 200, "public, max-age=31536000, immutable")


@pytest.mark.parametrize("path", ["main.js", "core/dom.js", "0123456789abcdef/main.js", "0123456789abcdef/core/dom.js"])
def test_a_file_without_this_release_in_its_address_is_revalidated(endpoint, path):
    file = call(handler, "GET", f"/studio/{path}")
    assert (file.status, file.headers["cache-control"]) == (200, "no-cache")


def test_the_release_changes_with_any_file(tmp_path):
    copied = tmp_path / "studio"
    copytree(STUDIO, copied)
    before = _studio(tmp_path).release
    _studio.cache_clear()
    assert _studio(tmp_path).release == before
    (copied / "core" / "dom.js").write_text("export const changed = true;")
    _studio.cache_clear()
    assert _studio(tmp_path).release != before


def test_every_file_is_used():
    page = (STUDIO / "index.html").read_text()
    used = {"index.html", *re.findall(r'"/studio/([^"]+)"', page)}
    for path in STUDIO.rglob("*.js"):
        for name in re.findall(r'\bimport\("(\.[^"]+)"\)', path.read_text()):
            used |= imported_from((path.parent / name).resolve().relative_to(STUDIO.resolve()).as_posix())
    files = {path.relative_to(STUDIO).as_posix() for path in STUDIO.rglob("*.*")}
    assert files == used | {"core/types.d.ts"}  # for the type checker only


OTHERS = ["nothing.js", "..%2fformats.toml", "formats.toml", "../formats.toml", "core/nothing.js", "core/..%2fmain.js"]
OTHERS += ["0123456789abcdef/index.html", "0123456789abcdef/nothing.js", "another/core/dom.js", "another/main.js"]


@pytest.mark.parametrize("name", OTHERS)
def test_serves_no_other_assets(endpoint, name):
    assert call(handler, "GET", f"/studio/{name}").status == 404


def test_offers_sign_in_if_it_is_configured(aws, oidc):
    assert call(handler, "GET", "/studio/sign-in").json["oidc"]["prefix"] == "/signed-in"
    assert "connect-src 'self' https://id.example;" in call(handler, "GET", "/studio").headers["content-security-policy"]
    settings.cache_clear()
