"""Starts the local system with sample stories, and opens the Studio in Chromium."""

import hashlib
import io
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from PIL import Image

from local_stack.client import Answer, call, new_webhook_secret, signed
from local_stack.command import demo_source, listen
from local_stack.front import Dispatch, Event
from local_stack.stack import local_stack, routed
from support.chromium.page import CHROMIUM
from support.consumers import need_browser
from support.paths import SAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EDITOR, VIEWER = "an editor's token of thirty letters", "a viewer's token of thirty letters"
HOSTILE = "<img src=x onerror=document.title='owned'> \u202egnp.cod &amp; {{7*7}} " + "\U0001f469\u200d\U0001f692" * 20
DESK = {"viewport": {"width": 1360, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]  # rules of axe
# Cards that are not laid out keep their animations until they are.
STILL = """() => document.getAnimations().every(({ playState, effect }) =>
  playState !== "running" || !effect.target.checkVisibility({ contentVisibilityAuto: true }))"""
PATIENCE = 180  # seconds, enough for a busy machine
FEW = ("og", "x", "square", "portrait")  # formats: a stage with fewer cards is drawn sooner
ALL = ()

ARABIC = {
    "id": "arabic",
    "headline": "العبّارات تعمل طوال الليل ابتداءً من يوم الجمعة",
    "language": "ar",
    "kicker": "النقل",
    "bullets": ["ستة قوارب تغادر كل ساعة حتى الخامسة صباحًا"],
    "quotes": [{"text": "لا ينبغي لأحد أن يسبح إلى بيته بعد العمل.", "speaker": "ليلى حداد", "role": "مديرة الميناء"}],
    "canonical_url": "https://news.example/ar/1",
    "updated_at": "2026-11-05T10:00:00Z",
}
EMBARGOED = {
    "id": "buses",
    "headline": "Council to vote on night buses",
    "language": "en",
    "embargo_until": "2100-01-01T00:00:00Z",
}
UNKIND = {
    "id": "hostile",
    "headline": HOSTILE,
    "language": "en",
    "kicker": HOSTILE[:60],
    "deck": HOSTILE,
    "bullets": [HOSTILE],
    "quotes": [{"text": HOSTILE, "speaker": "<b>x</b>", "role": "<i>y</i>"}],
}
WITHDRAWN = {"id": "mistake", "headline": "A story that was wrong", "language": "en"}


@dataclass(frozen=True)
class Newsroom:
    """The base URL of a system, and calls to it with an editor's token. If there are `formats`, the Studio offers only these."""

    base_url: str
    formats: set[str] = field(default_factory=set)

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        headers = {"authorization": f"Bearer {EDITOR}", "content-type": "application/json", **(headers or {})}
        return call(self.base_url, method, path, json.dumps(body).encode() if body is not None else None, headers)

    def states(self) -> dict[str, str]:
        rows = json.loads(self.call("GET", "/articles").body).get("articles", [])  # a busy machine may answer with a problem
        return {row.get("article_id", ""): row["state"] for row in rows}


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    """Starts a system with live stories, one of them with a photograph, and one story in every other state."""
    secret = new_webhook_secret()
    formats: set[str] = set()
    with (
        _photo_server() as photo,
        listen(0) as listener,
        local_stack(listener, demo_source(secret) + _tokens(), gateway=partial(_gateway, formats)) as stack,
    ):
        room = Newsroom(stack.base_url, formats)
        bridge = {"id": "bridge", "headline": "The old bridge opens again", "language": "en"}
        bridge["image"] = {"url": photo, "credit": "Ida Holm", "focal_point": [0.2, 0.2]}
        samples = [json.loads(path.read_bytes()) for path in sorted(SAMPLES.glob("*.json"))]
        stories = [*samples, ARABIC, EMBARGOED, UNKIND, WITHDRAWN, bridge]
        for story in stories:
            assert room.call("PUT", f"/articles/{story['id']}", story).status == 201
        room.call("DELETE", "/articles/mistake")
        unreadable = json.dumps({"id": "unreadable", "language": "en"}).encode()
        call(stack.base_url, "POST", "/webhooks/demo", unreadable, signed(unreadable, secret))
        wanted = {story["id"]: "live" for story in stories} | {"buses": "embargoed", "mistake": "withdrawn", "": "failed"}
        ends = time.monotonic() + PATIENCE
        while room.states() != wanted:
            assert time.monotonic() < ends, room.states()
            time.sleep(0.3)
        yield room


def publish(room: Newsroom, article_id: str, story: Mapping[str, object]) -> None:
    """Stores a story and waits until its cards are live."""
    assert room.call("PUT", f"/articles/{article_id}", {**story, "id": article_id}).status in (200, 201)
    ends = time.monotonic() + PATIENCE
    while json.loads(room.call("GET", f"/articles/{article_id}/status").body)["state"] != "live":
        assert time.monotonic() < ends
        time.sleep(0.2)


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Starts the installed Chromium. Without one the test is skipped, and in CI it fails."""
    need_browser(CHROMIUM)
    from playwright.sync_api import sync_playwright  # optional dependency, and every run of pytest imports this file

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _gateway(formats: set[str], http_api: Dispatch, cms_webhook: Dispatch) -> Dispatch:
    """Routes requests as API Gateway does. Offers the Studio only `formats`, if there are any.

    Each page loads a hundred files of the Studio. They are kept as by a CDN. So are the small pictures of cards, each of which
    costs the scaling of a card.
    """
    dispatch = routed(http_api, cms_webhook)
    kept: dict[str, Event] = {}

    def answer(event: Event) -> Event:
        path, query = event["rawPath"], event["rawQueryString"]
        if path == "/catalogue" and formats:
            return _with_formats(dispatch(event | {"headers": event["headers"] | {"if-none-match": ""}}), formats)
        known = kept.get(f"{path}?{query}") or dispatch(event)
        if known["statusCode"] == 200 and (path.endswith((".js", ".css")) or query == "size=400"):
            kept[f"{path}?{query}"] = known
        return known

    return answer


def _with_formats(answer: Event, formats: set[str]) -> Event:
    """Returns the answer with the catalogue without other formats."""
    catalogue = json.loads(answer["body"])
    catalogue["formats"] = [one for one in catalogue["formats"] if one["name"] in formats]
    headers = {name: value for name, value in answer["headers"].items() if name.lower() != "etag"}
    return answer | {"body": json.dumps(catalogue), "headers": headers}


def sign_in(page: "Page", base_url: str, token: str = EDITOR) -> None:
    """Signs in without typing, with no settings of an earlier page. The page shows nothing then."""
    page.goto(f"{base_url}/studio/icon.svg")
    keep = "(token) => sessionStorage.setItem('storycard.session', JSON.stringify({ token, prefix: '' }))"
    page.evaluate("localStorage.clear()")
    page.evaluate(keep, token)


def open_list(page: "Page", base_url: str) -> None:
    page.goto(f"{base_url}/studio#/")
    await_rows(page)


def await_rows(page: "Page") -> None:
    """Waits until all rows of the list are built: then it says how many stories there are."""
    page.locator("#found:not(:empty)").wait_for()


def open_story(page: "Page", base_url: str, article_id: str) -> None:
    """Opens a story's page and waits for its images."""
    page.goto(f"{base_url}/studio#/article/{article_id}")
    page.locator('main[data-view="loaded"] .story-head .id').get_by_text(article_id, exact=True).wait_for()
    drawn(page)


def drawn(page: "Page") -> None:
    """Waits until the stage shows what was typed or chosen; it is busy from the first key on."""
    page.locator('.stage[aria-busy="false"]').wait_for()


def src(page: "Page", card: str) -> str:
    return page.locator(f'[data-card="{card}"] img').first.get_attribute("src")


def colour(page: "Page", scheme: str) -> None:
    """Shows the page light or dark, and the platforms on its stage too."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("(scheme) => document.querySelector('.stage')?.setAttribute('data-mode', scheme)", scheme)


def clean(page: "Page", part: str | None = None) -> None:
    """Fails if axe finds a fault in the page, or in its colours when it is dark; or only in one `part`, named by a selector."""
    from axe_playwright_python.sync_playwright import Axe  # optional dependency, and every run of pytest imports this file

    for scheme, rules in (("dark", ["color-contrast"]), ("light", LEVELS)):
        colour(page, scheme)
        page.wait_for_function(STILL)
        found = Axe().run(page, part, options={"runOnly": rules, "resultTypes": ["violations"]})
        assert [(scheme, one["id"], one["nodes"][0]["html"][:300]) for one in found.response["violations"]] == []


def _tokens() -> str:
    known = {"desk": (EDITOR, "editor"), "guest": (VIEWER, "viewer")}
    return "".join(
        f'[tokens.{name}]\nsha256 = "{hashlib.sha256(token.encode()).hexdigest()}"\nrole = "{role}"\n'
        for name, (token, role) in known.items()
    )


@contextmanager
def _photo_server() -> Iterator[str]:
    data = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(data, "JPEG")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "image/jpeg")
            self.send_header("Content-Length", str(data.tell()))
            self.end_headers()
            self.wfile.write(data.getvalue())

        def log_message(self, *_: object) -> None:
            """Logs nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/bridge.jpg"
        server.shutdown()
