"""Starts the whole local system, for tests that use it over HTTP or in a browser."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from local_stack.client import Answer, call, new_token, new_webhook_secret
from local_stack.command import demo_source, demo_token, listen
from local_stack.stack import local_stack
from support.studio_posts import delete_posts
from support.studio_stack import DESK, EDITOR, FEW, Newsroom, chromium, newsroom, open_list, open_story, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Frame, Page


@dataclass(frozen=True)
class System:
    """The base URL of a system, and a token with all rights."""

    base_url: str
    token: str

    def get(self, path: str) -> Answer:
        return call(self.base_url, "GET", path)

    def put(self, article_id: str, **fields: object) -> None:
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        answer = call(self.base_url, "PUT", f"/articles/{article_id}", json.dumps({"id": article_id, **fields}).encode(), headers)
        assert answer.status in (200, 201), answer.body


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    token = new_token()
    with listen(0) as listener, local_stack(listener, demo_source(new_webhook_secret()) + demo_token(token)) as stack:
        yield System(stack.base_url, token)


@pytest.fixture(scope="session")
def room() -> Iterator[Newsroom]:
    with newsroom() as room:
        yield room


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def contexts(browser: "Browser") -> Callable[..., "BrowserContext"]:
    """Returns the context for some options. Its pages share their cache, or each of them would load a hundred files."""
    known: dict[str, BrowserContext] = {}

    def context(**options: object) -> "BrowserContext":
        name = json.dumps(options, sort_keys=True)
        if name not in known:
            known[name] = browser.new_context(**options, permissions=["clipboard-read", "clipboard-write"])
        return known[name]

    return context


@pytest.fixture
def look(contexts: Callable[..., "BrowserContext"], room: Newsroom) -> Iterator[Callable[..., "Page"]]:
    """Opens the Studio, signed in, at its list or at a story. When the test ends, deletes the posts of all opened stories.

    The Studio offers only these `formats`, or all if there are none. Fails if a page raises an error or violates its Content
    Security Policy.
    """
    faults: list[str] = []
    pages: list[Page] = []
    seen: set[str] = set()

    def visited(frame: "Frame") -> None:
        seen.add(frame.url.partition("#/article/")[2].split("/")[0])

    def opened(token: str = EDITOR, story: str = "", formats: Iterable[str] = FEW, **options: object) -> "Page":
        room.formats.clear()
        room.formats.update(formats)
        page = contexts(**(DESK | options)).new_page()
        pages.append(page)
        page.set_default_timeout(20_000)
        page.on("framenavigated", visited)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        sign_in(page, room.base_url, token)
        if story:
            open_story(page, room.base_url, story)
        else:
            open_list(page, room.base_url)
        return page

    yield opened
    room.formats.clear()
    for page in pages:
        page.close()
    for story in seen - {""}:
        delete_posts(room, story)
    assert faults == []
