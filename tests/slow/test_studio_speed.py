"""Checks what the time depends on that the Studio's page and its previews take, and prints that time."""

import gzip
import statistics
import time

import pytest

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"


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
