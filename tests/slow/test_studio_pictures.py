"""Shows the Studio's pictures while they are small, broken, or do not come."""

import gzip
from typing import TYPE_CHECKING

import pytest

from support.studio_stack import DESK, open_story, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"
WITH_PHOTO = "bridge"
MOST = 400_000  # bytes of the story view


def square(page: "Page"):
    return page.locator('[data-card="headline-square"] .picture').first


def bytes_from_cdn(answer: "Response") -> int:
    """Returns the bytes of an answer's body as the CDN sends it, which compresses all but pictures."""
    body = answer.body()
    return len(body) if answer.headers["content-type"].startswith("image/") else len(gzip.compress(body))


def test_story_view_loads_less_than_400_kb(browser, room):
    page = browser.new_page(**DESK)  # with nothing in its cache
    sign_in(page, room.base_url)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    open_story(page, room.base_url, WITH_PHOTO)
    page.wait_for_load_state("networkidle")
    sizes = [bytes_from_cdn(answer) for answer in answers if answer.status == 200]
    print(f"{sum(sizes):,.0f} bytes in {len(sizes)} requests")
    assert 50_000 < sum(sizes) < MOST
    page.close()


def test_pictures_are_small_and_downloads_are_not(look, room):
    page = look(story=STORY)
    square(page).scroll_into_view_if_needed()
    width = "(picture) => picture.querySelector('img').decode().then(() => picture.querySelector('img').naturalWidth)"
    assert square(page).evaluate(width) == 400
    page.get_by_label("Headline", exact=True).fill("Gates held")
    page.locator('[data-card="headline-square"] img[src^="blob:"]').first.wait_for()
    assert square(page).evaluate(width) == 400


def test_broken_picture_says_so_and_is_loaded_again(look, room):
    page = look()
    page.route("**/*size=400", lambda route: route.abort())
    open_story(page, room.base_url, STORY)
    square(page).scroll_into_view_if_needed()
    square(page).get_by_text("This picture could not be loaded").wait_for()
    page.unroute("**/*size=400")
    square(page).get_by_role("button", name="Try again").click()
    square(page).locator("img").wait_for()


def test_hanging_picture_says_so_within_10_s(look, room):
    page = look()
    page.clock.install()
    held = []
    page.route("**/*size=400", lambda route: held.append(route))
    open_story(page, room.base_url, STORY)
    # Pictures near the screen are awaited from the stage's observation on, which is before this one.
    page.evaluate("() => new Promise((seen) => new IntersectionObserver(seen).observe(document.querySelector('.stage')))")
    page.clock.fast_forward(10_000)
    late = page.locator('[data-card="headline-og"] .picture').first.get_by_text("takes long to come")
    late.wait_for()
    for route in held:
        route.continue_()
    late.wait_for(state="hidden")


def test_hanging_preview_says_so_within_10_s(look, room):
    page = look()
    page.clock.install()
    open_story(page, room.base_url, STORY)
    page.route("**/preview", lambda _: None)
    with page.expect_request("**/preview"):
        page.get_by_label("Headline", exact=True).fill("Gates held")
    page.clock.fast_forward(10_000)
    page.locator('[data-card="headline-og"] .picture').first.get_by_text("takes long to come").wait_for()


def test_photo_never_blocks_the_page(look, room):
    page = look()
    held = []
    page.route(f"**/articles/{WITH_PHOTO}/photo", lambda route: held.append(route))
    # The test does not wait as long as a user has to.
    page.evaluate(
        "() => { window.timeout = AbortSignal.timeout;"
        " AbortSignal.timeout = (ms) => window.timeout.call(AbortSignal, (window.most = ms) / 9); }"
    )
    open_story(page, room.base_url, WITH_PHOTO)
    page.get_by_label("Headline", exact=True).fill("Open again")
    page.get_by_text("Loading the photo").wait_for()
    page.locator(".photo-place").get_by_text("The server does not answer").wait_for()
    assert page.evaluate("window.most") < 10_000
    page.evaluate("() => { AbortSignal.timeout = window.timeout; }")
    page.unroute(f"**/articles/{WITH_PHOTO}/photo")
    page.locator(".photo-place").get_by_role("button", name="Try again").click()
    page.locator(".focal img").wait_for()


def test_broken_thumbnail_of_the_list_becomes_an_initial(look, room):
    page = look()
    page.route("**/*size=400", lambda route: route.abort())
    page.reload()
    row = page.locator(f'.row a[href="#/article/{STORY}"]')
    row.scroll_into_view_if_needed()  # pictures further down are not loaded
    row.locator(".blank", has_text="H").wait_for()
