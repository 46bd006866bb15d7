"""Uses the Studio in a browser on the local system: search, edit, preview, download, copy."""

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from support.studio_stack import ALL, PHONE, drawn, open_story, src

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"


def clipboard(page: "Page") -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_finds_a_story(look):
    page = look()
    for query in (STORY, "highest TIDE", "harbour barr"):
        with page.expect_response("**/articles?query=*") as found:
            page.get_by_label("Find a story").fill(query)
        assert [one["article_id"] for one in found.value.json()["articles"]] == [STORY]
    page.get_by_text("1 story", exact=True).wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Harbour barriers").wait_for()


def test_list_shows_each_state_with_its_reason(look):
    page = look()
    for state in ("Live", "Embargo", "Withdrawn", "Failed"):
        assert page.locator(".row .state", has_text=state).count() > 0
    assert page.locator(".row .reason").inner_text() == "Missing or unreadable in what the CMS sent: headline."
    page.get_by_label("Find a story").fill("zzzz")
    page.get_by_text("No story found").wait_for()


def test_edits_a_line_and_reverts_it_without_changing_the_story(look, room):
    page = look(story=STORY)
    before = src(page, "headline-square")
    page.get_by_label("Headline", exact=True).fill("Gates held")
    drawn(page)
    assert src(page, "headline-square").startswith("blob:")
    page.keyboard.press("Control+z")
    drawn(page)
    assert src(page, "headline-square") == before
    assert page.get_by_label("Headline", exact=True).input_value().startswith("Harbour barriers")
    page.keyboard.press("Control+Shift+Z")
    assert page.get_by_label("Headline", exact=True).input_value() == "Gates held"
    assert json.loads(room.call("GET", f"/articles/{STORY}").body)["headline"].startswith("Harbour barriers")


def test_latest_input_wins(look, room):
    page = look(story=STORY)
    orders = []
    page.on("request", lambda request: orders.append(request.post_data_json) if request.url.endswith("/preview") else None)
    page.get_by_label("Headline", exact=True).fill("")
    page.keyboard.type("Gates held through the night", delay=15)
    drawn(page)
    assert orders[-1]["headline"] == "Gates held through the night"
    assert len(orders) < 3 * 24


def test_shows_errors_beside_their_field(look, room):
    page = look(story=STORY)
    page.get_by_label("Headline", exact=True).fill("A very long headline indeed " * 20)
    page.locator("#note-headline", has_text="Too long").wait_for()
    page.get_by_label("Headline", exact=True).fill("")
    page.locator("#note-headline", has_text="Missing: headline").wait_for()
    page.get_by_label("Headline", exact=True).fill("Gates held")
    page.get_by_label("Who said it").fill("")
    page.locator("#note-quote", has_text="No card").wait_for()


def test_reorders_key_facts_by_keyboard(look, room):
    page = look(story=STORY)
    first, second = (page.locator(".facts-list textarea").nth(index).input_value() for index in (0, 1))
    page.get_by_role("button", name="Move fact 2 up").focus()
    page.keyboard.press("Enter")
    assert page.locator(".facts-list textarea").nth(0).input_value() == second
    assert page.evaluate("document.activeElement.className").startswith("down")
    drawn(page)
    page.get_by_role("button", name="Carousel").click()
    drawn(page)
    assert page.locator("figure").count() >= 5
    page.keyboard.press("Control+z")
    assert page.locator(".facts-list textarea").nth(0).input_value() == first


def test_questions_have_a_tab_where_the_story_has_some(look, room):
    page = look(story=STORY)
    page.get_by_role("button", name="Questions").click()
    drawn(page)
    assert src(page, "question-3-square").startswith("blob:")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download: Question 2, Instagram square 1:1").click()
    assert download.value.suggested_filename.endswith("question-2-square.jpg")
    open_story(page, room.base_url, "arabic")
    assert page.get_by_role("button", name="Questions").count() == 0


def test_downloads_one_card_named_after_its_headline(look, room):
    page = look(story=STORY)
    page.get_by_label("Headline", exact=True).fill("Gates held")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download: Headline, Instagram square 1:1").click()
    assert download.value.suggested_filename == "Gates held - headline-square.jpg"
    assert Image.open(io.BytesIO(download.value.path().read_bytes())).size == (1080, 1080)


def test_downloads_all_chosen_cards_as_one_zip(look, room):
    page = look(story=STORY)
    page.get_by_label("Headline", exact=True).fill("Gates held")
    for name in (
        "X post 16:9",
        "Instagram portrait 4:5",
    ):
        page.locator(".checks label").get_by_text(name, exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all").click()
    names = zipfile.ZipFile(download.value.path()).namelist()
    assert sorted(name for name in names if name.endswith((".png", ".jpg"))) == sorted(
        f"{STORY}/{kind}-{end}" for kind in ("headline", "bullet", "quote") for end in ("og.png", "square.jpg")
    )
    assert f"{STORY}/alt-texts.txt" in names


def test_copies_link_text_code_and_image(look, room):
    page = look(story=STORY)
    page.get_by_label("Headline", exact=True).fill('Gates "held" & more')

    def copied(what: str, said: str) -> str:
        page.get_by_label("Copy: Headline, Instagram square 1:1").click()
        page.get_by_role("button", name=what, exact=True).locator("visible=true").click()
        page.get_by_text(said).wait_for()
        return clipboard(page) if what != "Image" else ""

    link = copied("Link", "Link copied")
    answer = room.call("GET", link.removeprefix(room.base_url))
    assert (answer.status, answer.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert Image.open(io.BytesIO(answer.body)).size == (1080, 1080)
    assert "Gates “held” & more" in copied("Alt text", "Alt text copied")
    code = copied("Embed code", "Embed code copied")
    assert f'<img src="{link}" width="1080" height="1080" alt="' in code
    assert "Gates “held” &amp; more" in code
    copied("Image", "Image copied")
    types = page.evaluate("navigator.clipboard.read().then((items) => items[0].types)")
    assert "image/png" in types


def test_moves_the_focal_point_by_keys_and_by_dragging(look, room):
    page = look(story="bridge")
    point = page.locator(".point")
    assert "20 % across, 20 % down" in point.get_attribute("aria-label")
    point.focus()
    page.keyboard.press("Shift+ArrowRight")
    assert "30 % across, 20 % down" in point.get_attribute("aria-label")
    box = page.locator(".focal").bounding_box()
    point.drag_to(page.locator(".focal"), target_position={"x": box["width"] * 0.8, "y": box["height"] * 0.7})
    assert "80 % across, 70 % down" in point.get_attribute("aria-label")
    drawn(page)
    assert src(page, "headline-square").startswith("blob:")


def test_works_by_keyboard_alone(look, room):
    page = look()
    page.keyboard.type("harbour barriers")
    page.get_by_text("1 story", exact=True).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Harbour barriers").wait_for()
    drawn(page)

    def tab_to(label: str) -> None:
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate("(document.activeElement.ariaLabel ?? document.activeElement.id)") == label:
                return
        raise AssertionError(f"no way to {label} by Tab")

    tab_to("Copy: Headline, Instagram square 1:1")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("details[open]").count() == 0
    tab_to("headline")
    page.keyboard.press("Control+a")
    page.keyboard.type("Gates held")
    drawn(page)
    page.keyboard.press("Home")
    page.locator("body").press("Control+z")
    assert page.locator("#headline").input_value().startswith("Harbour")


def test_phone_needs_no_horizontal_scrolling(look, room):
    page = look(formats=ALL, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for article_id in (STORY, "hostile", "arabic"):
        open_story(page, room.base_url, article_id)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.get_by_role("button", name="For this post only").click()
        page.get_by_label("Headline", exact=True).fill("Short")
        drawn(page)
        assert page.locator(".side").bounding_box()["y"] > 250


def test_shows_the_headline_wherever_links_go(look, room):
    page = look(story=STORY)
    networks = page.locator('[data-card="headline-og"] .platform').all_inner_texts()
    assert {"X", "Threads", "Google Discover", "WhatsApp", "Telegram", "iMessage", "Slack"} <= set(networks)
    assert page.locator('[data-card="headline-square"] .grid img').bounding_box()["width"] > 0


def test_counts_the_text_of_a_post_as_x_does(look, room):
    page = look(story=STORY)
    page.get_by_label("Suggested text").fill("नि" * 149 + "न" * 121)
    page.locator("#limits li", has_text="X: 139 too many").wait_for()


def test_right_to_left_story_turns_its_own_texts_only(look, room):
    page = look(story="arabic")
    assert page.evaluate("document.documentElement.dir") == "ltr"
    direction = "(element) => getComputedStyle(element).direction"
    assert page.locator("main h1").evaluate(direction) == "rtl"
    assert page.locator(".frame.facebook .title").evaluate(direction) == "rtl"
    assert page.get_by_label("Headline", exact=True).evaluate(direction) == "rtl"
    assert page.get_by_role("button", name="Download all").evaluate(direction) == "ltr"


def test_interface_in_arabic_is_mirrored_and_a_story_in_english_is_not(look, room):
    page = look(locale="ar-EG")
    page.goto(f"{room.base_url}/studio#/article/{STORY}")
    download = page.get_by_role("button", name="تنزيل الكل")
    download.wait_for()
    drawn(page)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    next_button = page.get_by_role("button", name="نسخ رابط المشاركة")
    assert next_button.bounding_box()["x"] < download.bounding_box()["x"]
    assert page.locator("main h1").evaluate("(element) => getComputedStyle(element).direction") == "ltr"
    page.get_by_label("اللغة").select_option("de")
    page.get_by_role("button", name="Alle herunterladen").wait_for()
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["de", "ltr"]


def test_undo_covers_formats_and_the_post_text(look, room):
    page = look(story=STORY)
    square = page.locator(".checks label").get_by_text("Instagram square 1:1", exact=True)
    square.click()
    page.locator('[data-card="headline-square"]').wait_for(state="detached")
    page.get_by_label("Suggested text").fill("Tonight")
    page.keyboard.press("Control+z")
    assert page.get_by_label("Suggested text").input_value() != "Tonight"
    page.keyboard.press("Control+z")
    page.locator('[data-card="headline-square"]').wait_for()
    assert page.get_by_role("checkbox", name="Instagram square 1:1", exact=True).is_checked()
    page.keyboard.press("Control+Shift+z")
    page.locator('[data-card="headline-square"]').wait_for(state="detached")


def test_undo_takes_back_one_field_at_a_time(look, room):
    page = look()
    open_story(page, room.base_url, STORY)
    words, speaker = page.get_by_label("Words", exact=True), page.get_by_label("Who said it")
    facts = page.locator(".facts-list textarea")
    before = [field.input_value() for field in (words, speaker, facts.nth(0), facts.nth(1))]
    for field, text in ((words, "It held."), (speaker, "Jo Lind"), (facts.nth(0), "One"), (facts.nth(1), "Two")):
        field.fill(text)
    for expected in (
        ["It held.", "Jo Lind", "One", before[3]],
        ["It held.", "Jo Lind", *before[2:]],
        ["It held.", *before[1:]],
        before,
    ):
        page.keyboard.press("Control+z")
        assert [field.input_value() for field in (words, speaker, facts.nth(0), facts.nth(1))] == expected


def test_embargoed_story_is_shown_without_downloads(look, room):
    page = look(story="buses")
    page.get_by_text("Under embargo until").wait_for()
    assert page.get_by_role("button", name="Download").count() == 0
    page.goto(f"{room.base_url}/studio#/article/mistake")
    page.get_by_text("This story was withdrawn").wait_for()
