"""Does the ten jobs of a deadline in the Studio by keyboard alone."""

import io
import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from support.paths import SAMPLES
from support.studio_stack import drawn, publish, src

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

SAMPLE = json.loads((SAMPLES / "harbour-barriers.json").read_bytes())
HEADLINE = "Dykes hold in the winter storm"
STORY = SAMPLE | {"id": "dykes", "headline": HEADLINE, "canonical_url": "https://news.example/dykes"}
CORRECTED = "Dykes nearly break in the winter storm"
MOST_STEPS = 150  # from any place to any other
FOCUSED = "[document.activeElement.id, document.activeElement.ariaLabel, document.activeElement.textContent.trim()]"


def go_to(page: "Page", name: str) -> None:
    """Moves the focus by Tab to the element with this ID, label or text."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"no way to {name} by Tab")


def press(page: "Page", name: str) -> None:
    go_to(page, name)
    page.keyboard.press("Enter")


def saved_as(page: "Page", name: str) -> str:
    go_to(page, name)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    return download.value.suggested_filename


def copied(page: "Page", name: str, said: str) -> str:
    press(page, name)
    page.get_by_text(said).wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def test_ten_jobs_need_no_mouse(look, room):
    publish(room, "dykes", STORY)
    page = look()
    page.on("filechooser", lambda _: None)  # from now on no dialog of the browser opens, however late it hears of it
    page.keyboard.type("dykes hold")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=HEADLINE).wait_for()
    drawn(page)

    assert copied(page, "Copy share link", "Share link copied.").endswith("/share/dykes")
    assert HEADLINE in copied(page, "Copy alt text", "Alt text copied.")
    assert saved_as(page, "Download: Quote, Instagram portrait 4:5").endswith("quote-portrait.jpg")

    before = src(page, "headline-square")
    go_to(page, "scope")
    page.keyboard.type("X")
    assert page.evaluate("document.activeElement.value") == "x"
    go_to(page, "headline")
    page.keyboard.press("Control+a")
    page.keyboard.type("Dykes hold")
    drawn(page)
    assert src(page, "headline-x").startswith("blob:")
    assert src(page, "headline-square") == before
    page.keyboard.press("Shift+Tab")
    while page.evaluate("document.activeElement.id") != "scope":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Home")

    quote = src(page, "quote-square")
    go_to(page, "quotes")
    page.keyboard.press("ArrowDown")
    drawn(page)
    assert src(page, "quote-square") != quote

    photo = io.BytesIO()
    Image.radial_gradient("L").resize((1200, 900)).save(photo, "JPEG")
    go_to(page, "photo-file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()})
    page.wait_for_function("() => document.activeElement.id === 'photo-credit'")
    page.keyboard.type("Jo Lind")
    drawn(page)
    assert src(page, "headline-square").startswith("blob:")

    assert saved_as(page, "Download all").endswith(".zip")
    press(page, "Carousel")
    drawn(page)
    assert page.locator("figure").count() >= 5

    room.call("PUT", "/articles/dykes", STORY | {"headline": CORRECTED})
    page.evaluate("dispatchEvent(new Event('focus'))")  # the user comes back to the page
    page.get_by_role("heading", name="The story changed").wait_for()
    press(page, "I have seen it")
    page.locator(".story-head .state.live").wait_for()
    drawn(page)
    press(page, "All")
    assert saved_as(page, "Download: Headline, Instagram square 1:1").startswith("Dykes nearly break")
