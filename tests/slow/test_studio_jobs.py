"""Does the ten jobs of a deadline in the Studio: counts the clicks of each, and keeps a picture of its end in out/studio."""

import io
import os
import time
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from support.paths import ROOT
from support.studio_stack import ALL, DESK, PATIENCE, PHONE, colour, drawn, publish, src

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Request

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"
MOST_CLICKS = 3
FILM = ROOT / "out" / "studio"
SHOT = ROOT / "docs" / "studio.png"
SETTINGS = {"desk": DESK, "phone": PHONE}


class Editor:
    """A person at the Studio whose clicks are counted. Typing is none; choosing in a list or a file dialog is one."""

    def __init__(self, page: "Page", room: object, is_phone: bool) -> None:
        self.page, self.room, self.is_phone, self.clicks = page, room, is_phone, 0
        self.previews: list[tuple[str, str]] = []  # that were requested: kinds and formats
        page.on("request", self._note)

    def _note(self, request: "Request") -> None:
        if request.url.endswith("/preview"):
            order = request.post_data_json
            self.previews.append((order["kind"], order["format"]))

    def click(self, place: "Locator") -> None:
        self.clicks += 1
        place.click()

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def form(self) -> None:
        """Opens the form where it is a sheet, which the jobs take as given: it stays open from post to post."""
        if self.is_phone and self.page.locator("button.sheet[aria-expanded=false]").count():
            self.page.locator("button.sheet").click()

    def open_more(self) -> None:
        """Opens the menu of the bar where it has one."""
        if self.is_phone:
            self.press("More")

    def choose(self, field: str, **option: object) -> None:
        self.clicks += 1
        self.page.locator(field).select_option(**option)

    def saves(self, name: str) -> str:
        with self.page.expect_download() as download:
            self.press(name)
        return download.value.suggested_filename

    def says(self, text: str) -> None:
        self.page.locator("#said").get_by_text(text).wait_for()


def find(editor: Editor) -> None:
    editor.page.goto(f"{editor.room.base_url}/studio#/")
    editor.page.get_by_label("Find a story").fill("harbour barr")
    editor.page.get_by_text("1 story", exact=True).wait_for()
    editor.page.keyboard.press("Enter")
    editor.page.get_by_role("heading", level=1, name="Harbour barriers").wait_for()
    drawn(editor.page)


def quote_portrait(editor: Editor) -> None:
    assert editor.saves("Download: Quote, Instagram portrait 4:5").endswith("quote-portrait.jpg")


def other_quote(editor: Editor) -> None:
    before = src(editor.page, "quote-square")
    editor.form()
    editor.choose("#quotes", index=1)
    drawn(editor.page)
    assert src(editor.page, "quote-square") != before


def headline_for_x_only(editor: Editor) -> None:
    before = src(editor.page, "headline-square")
    editor.form()
    editor.choose("#scope", value="x")
    editor.page.locator("#headline").fill("Gates held")
    drawn(editor.page)
    assert src(editor.page, "headline-x").startswith("blob:")
    assert src(editor.page, "headline-square") == before
    assert {form for _, form in editor.previews} == {"x"}


def swap_photo(editor: Editor) -> None:
    data = io.BytesIO()
    Image.radial_gradient("L").resize((1200, 900)).save(data, "JPEG")
    editor.form()
    editor.clicks += 1
    editor.page.locator("#photo-file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()})
    editor.page.locator("#photo-credit").fill("Jo Lind")
    drawn(editor.page)
    assert src(editor.page, "headline-square").startswith("blob:")
    assert {kind for kind, _ in editor.previews} == {"headline"}  # no other card shows the photograph


def carousel(editor: Editor) -> None:
    editor.press("Carousel")
    drawn(editor.page)
    assert editor.page.locator("figure").count() >= 5
    assert editor.saves("Download all").endswith(".zip")


def everything_as_a_zip(editor: Editor) -> None:
    assert editor.saves("Download all").endswith(".zip")


def alt_text(editor: Editor) -> None:
    editor.open_more()
    editor.press("Copy alt text")
    editor.says("copied")
    assert "Harbour barriers" in editor.page.evaluate("navigator.clipboard.readText()")


def share_link(editor: Editor) -> None:
    editor.open_more()
    editor.press("Copy share link")
    editor.says("copied")
    assert editor.page.evaluate("navigator.clipboard.readText()").endswith(f"/share/{STORY}")


def correct_after_a_correction(editor: Editor) -> None:
    editor.page.get_by_role("heading", name="The story changed").wait_for()
    editor.click(editor.page.locator(".changed").get_by_role("button"))
    drawn(editor.page)
    assert editor.saves("Download: Headline, Instagram square 1:1").startswith("Mayor does not resign")


JOBS = [find, quote_portrait, other_quote, headline_for_x_only, swap_photo, carousel, everything_as_a_zip, alt_text, share_link]


def film(editor: Editor, job: str) -> None:
    """Keeps a picture of the page, on a desk also of the dark one."""
    FILM.mkdir(parents=True, exist_ok=True)
    if editor.is_phone:
        editor.page.screenshot(path=FILM / f"{job}-phone.png")
        return
    for scheme in ("dark", "light"):
        colour(editor.page, scheme)
        editor.page.screenshot(path=FILM / f"{job}-{scheme}.png")


@pytest.mark.parametrize("setting", SETTINGS)
def test_each_job_takes_few_clicks(look, room, setting):
    for job in JOBS:
        page = look(story=STORY, formats=ALL, **SETTINGS[setting])
        editor = Editor(page, room, setting == "phone")
        started = time.monotonic()
        job(editor)
        print(f"{job.__name__}: {editor.clicks} clicks, {len(editor.previews)} previews, {time.monotonic() - started:.1f} s")
        film(editor, job.__name__)
        assert editor.clicks <= MOST_CLICKS, job.__name__
        assert len(editor.previews) == len(set(editor.previews)), "no card is drawn twice"
        page.close()


@pytest.mark.parametrize("setting", SETTINGS)
def test_card_after_a_correction_takes_few_clicks(look, room, setting):
    story = {"id": f"mayor-{setting}", "headline": "Mayor resigns", "language": "en"}
    publish(room, story["id"], story)
    page = look(story=story["id"], formats=ALL, **SETTINGS[setting])
    room.call("PUT", f"/articles/{story['id']}", story | {"headline": "Mayor does not resign"})
    editor = Editor(page, room, setting == "phone")
    page.evaluate("dispatchEvent(new Event('focus'))")  # the page asks for news at once, not after ten seconds
    page.get_by_role("heading", name="The story changed").wait_for()
    film(editor, "changed")
    page.locator(".state.live").wait_for(timeout=PATIENCE * 1000)
    correct_after_a_correction(editor)
    film(editor, "correct_after_a_correction")
    assert editor.clicks <= MOST_CLICKS


@pytest.mark.skipif(not os.environ.get("UPDATE_DOCS"), reason="draws docs/studio.png for `make film`")
def test_updates_the_screenshot_of_the_docs(look, room):
    page = look(story=STORY, formats=ALL)
    page.get_by_label("Headline", exact=True).fill("The gates held. The old quays may not")
    drawn(page)
    page.evaluate("document.activeElement.blur()")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SHOT)
    assert SHOT.exists()
