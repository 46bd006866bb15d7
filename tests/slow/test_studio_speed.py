"""Checks what the time depends on that the Studio's page and its previews take, and prints that time."""

import gzip
import re
import statistics
import time
from urllib.parse import urlsplit

import pytest

from support.studio_stack import ALL, PHONE, open_story
from support.waiting import until

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"
# Counts the elements that each task adds. By its clock every step takes longer than a task may, so that no two share a task.
ADDED = """() => {
  let time = 0;
  performance.now = () => (time += 10);
  window.added = [];
  const size = (node) => (node.nodeType === 1 ? 1 + node.querySelectorAll("*").length : 0);
  const count = (changes) => {
    const nodes = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    added.push(nodes.reduce((sum, node) => sum + size(node), 0));
  };
  const options = { childList: true, subtree: true };
  addEventListener("DOMContentLoaded", () => new MutationObserver(count).observe(document.body, options));
}"""
MOST_ADDED = 130  # elements: the choice of formats has as many


def test_page_is_light_and_names_all_that_it_loads_first(browser, room):
    """A module or style that is found only when another one has been read costs a round trip more."""
    page = browser.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer) if "/studio" in answer.url else None)
    page.goto(f"{room.base_url}/studio", wait_until="networkidle")
    # The CDN compresses the files; the local system does not.
    weight = sum(len(gzip.compress(answer.body())) for answer in answers)
    assert 0 < weight < 60_000
    named = page.evaluate(
        "[...document.head.querySelectorAll('[src], [rel=stylesheet], [rel=modulepreload]')].map((at) => at.src ?? at.href)"
    )
    assert {answer.url for answer in answers if answer.url.endswith((".js", ".css"))} == set(named)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    print(f"{weight:,} bytes in {len(answers)} requests; first contentful paint {painted:.0f} ms")
    page.close()


def test_a_story_calls_for_all_it_shows_at_once_and_shows_a_card_before_its_form(look, room):
    page = look(formats=ALL, **PHONE)
    page.goto("about:blank")  # so that the story is the first view
    asked, held = [], []
    page.on("request", lambda request: asked.append(path_of(request.url)))
    page.route("**/whoami", lambda route: held.append(route))
    page.goto(f"{room.base_url}/studio#/article/{STORY}")
    of_story = f"/articles/{STORY}"
    at_once = {"/whoami", "/catalogue", of_story, f"{of_story}/status", f"{of_story}/posts"}

    def all_asked() -> bool:
        page.wait_for_timeout(20)
        return at_once <= set(asked)

    until(all_asked, "calls that do not wait for the answer to another one")
    held[0].continue_()
    page.locator("textarea#post").wait_for(state="attached")
    card = next(at for at, path in enumerate(asked) if path.startswith("/cards/"))
    assert card < asked.index("/studio/edit/form.js")
    assert "/studio/edit/weights.js" not in asked
    page.locator("button.sheet").click()
    page.locator("#post").scroll_into_view_if_needed()
    page.locator("#limits li").first.wait_for()


def test_pages_are_built_in_small_parts(look, room):
    """A phone takes 0.1 s to build and lay out some hundred elements, and does not answer meanwhile."""
    page = look(formats=ALL, **PHONE)
    page.add_init_script(f"({ADDED})()")
    page.reload()
    page.locator("#found").get_by_text("stories").wait_for()
    rows = page.locator(".row").count()
    list_parts = page.evaluate("added")
    page.goto("about:blank")  # so that the story is the first view
    open_story(page, room.base_url, STORY)
    page.locator("textarea#post").wait_for(state="attached")
    parts = page.evaluate("added")
    print(f"list: {list_parts} for {rows} rows, story: {parts}, {sum(parts)} elements")
    assert len([part for part in list_parts if part]) > rows
    assert max(list_parts + parts) < MOST_ADDED
    assert page.locator(".menu > div").count() == 0, "a menu is built when it is opened"


def path_of(url: str) -> str:
    """Returns the path of an address, without the release that is in those of the Studio's files."""
    return re.sub("^/studio/[0-9a-f]{16}/", "/studio/", urlsplit(url).path)


def test_a_preview_is_sent_small(room):
    times = []
    for number in range(12):
        started = time.perf_counter()
        order = {"kind": "headline", "format": "square", "headline": f"Gate {number}", "size": 400}
        answer = room.call("POST", f"/cards/{STORY}/preview", order)
        times.append((time.perf_counter() - started) * 1000)
        assert answer.status == 200
        assert len(answer.body) < 60_000
    print(f"median {statistics.median(times[4:]):.0f} ms")
