"""Runs the code and commands of docs/embedding.md and docs/http.md in a browser and a shell, on the local system."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from support.chromium.page import CHROMIUM
from support.paths import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOCS = ROOT / "docs"
TOKEN_COMMANDS = re.compile(r"`?(printf %s \"\$TOKEN\" \| sha256sum|python3 -c '[^`]*')`?")
PLACEHOLDERS = {"{id}": "ferry-42", "${id}": "ferry-42", "${kind}": "headline", "${format}": "og", "{{id}}": "ferry-42"}

pytestmark = pytest.mark.slow


@pytest.fixture
def blocks(system) -> list[tuple[str, str]]:
    """Returns the page's code blocks as (language, text), with the address and article ID of the local system."""
    system.put("ferry-42", headline="Ferries run all night", language="en", quotes=[{"text": "At last.", "speaker": "Ida Holm"}])
    found = re.findall(r"^```(\w*)\n(.*?)^```$", (DOCS / "embedding.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [(language, text.replace("https://cards.example", system.base_url)) for language, text in found]


@pytest.fixture
def page(system) -> Iterator["Page"]:
    from playwright.sync_api import sync_playwright  # optional dependency, and every run of pytest imports this file

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def test_browser_shows_every_image_at_the_documented_size(blocks, page):
    pictures = [text for _, text in blocks if "<img" in text]
    assert len(pictures) == 3  # HTML, Ghost, React
    for text in pictures:
        for name, value in sorted(PLACEHOLDERS.items(), key=lambda item: -len(item[0])):
            text = text.replace(name, value)
        address = re.search(r"http://[^\"`]+", text)[0]
        page.set_content(f'<img src="{address}">')
        page.wait_for_function("() => document.images[0].complete")
        size = page.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight]")
        given = [int(re.search(rf"{side}\s?=\s?\"?(\d+)", text)[1]) for side in ("width", "height")]
        assert size == given, address


def test_meta_tags_name_an_image_of_their_size(blocks, page):
    [text] = [text for language, text in blocks if language == "html" and "og:image" in text]
    metas = {}

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list) -> None:
            found = dict(attrs)
            metas[found.get("property") or found["name"]] = found["content"]

    Tags().feed(text)
    page.set_content(f'<img src="{metas["og:image"]}">')
    page.wait_for_function("() => document.images[0].complete")
    size = page.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight]")
    assert size == [int(metas["og:image:width"]), int(metas["og:image:height"])]


def test_share_page_does_not_violate_its_policy(system, blocks, page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{system.base_url}/share/ferry-42", wait_until="networkidle")
    assert page.evaluate("document.images[0].naturalWidth") == 1200
    assert (
        page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    )  # the page's policy allowed the style
    assert page.title() == "Ferries run all night"
    assert [text for text in complaints if not text.endswith("/favicon.ico")] == []


def test_every_documented_command_runs(system, blocks, tmp_path):
    commands = [line for language, text in blocks if not language for line in text.splitlines()]
    assert len(commands) == 3
    environment = os.environ | {"TOKEN": system.token, "no_proxy": "127.0.0.1"}

    def run(command: str) -> str:
        command = command.replace("curl ", "curl --silent --show-error --fail ")
        return subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=60
        ).stdout

    answers = [run(command) for command in commands]
    assert json.loads(answers[0])["type"] == "photo"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "Ferries run all night - cards.zip",
        "Ferries run all night - quote-square.jpg",
    ]
    commands = TOKEN_COMMANDS.findall((DOCS / "http.md").read_text("utf-8"))
    assert len(commands) == 2
    assert [len(run(command).split()[0]) for command in commands] == [64, 43]
