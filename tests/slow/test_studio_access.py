"""Uses the Studio by keyboard, on the smallest phones and in every language, and looks for faults with axe."""

from typing import TYPE_CHECKING

import pytest

from support.studio_stack import ALL, DESK, FEW, PHONE, await_rows, clean, drawn, open_story

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"
SMALL = PHONE | {"viewport": {"width": 320, "height": 640}}
LANGUAGES = ["en", "de", "fr", "es", "uk", "ar"]


def speak(page: "Page", language: str) -> None:
    page.evaluate("(tag) => localStorage.setItem('storycard.language', tag)", language)
    page.reload()
    await_rows(page)


def fits(page: "Page") -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= 320")


def space_for_the_card(page: "Page") -> float:
    """Returns the height in px of what the first screen shows of the first card."""
    return page.locator("button.sheet").bounding_box()["y"] - page.locator(".picture").first.bounding_box()["y"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_small_phones_show_the_card_and_need_no_sideways_scrolling(look, room, language):
    page = look(formats=ALL if language == "en" else FEW, **SMALL)
    page.add_init_script("navigator.canShare = () => true")
    speak(page, language)
    assert fits(page)
    open_story(page, room.base_url, STORY)
    assert fits(page)
    assert space_for_the_card(page) >= 45
    tops = {button.bounding_box()["y"] for button in page.locator(".toolbar .choice").first.locator("button").all()}
    assert len(tops) == 1, "the kinds are on one line"
    heights = {button.bounding_box()["height"] for button in page.locator(".bar-buttons button:visible").all()}
    assert len(heights) == 1, "no button has two lines"
    page.set_viewport_size(PHONE["viewport"])
    assert space_for_the_card(page) >= 180
    page.set_viewport_size(SMALL["viewport"])
    page.locator("button.sheet").click()
    page.locator("#headline").fill("Gates held")
    drawn(page)
    assert fits(page)
    clean(page)


@pytest.mark.parametrize("options", [DESK, SMALL], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["de", "ar"])
def test_axe_finds_no_fault_in_dialogs(look, room, language, options):
    page = look(**options)
    page.add_init_script("navigator.canShare = () => true")
    page.route("**/catalogue", lambda route: route.fulfill(json=route.fetch().json() | {"receivers": ["social-desk"]}))
    speak(page, language)
    open_story(page, room.base_url, STORY)
    more = page.locator(".more-button")
    clean(page)  # with every way out
    for button in page.locator(".bar-buttons button[aria-haspopup=dialog]").all():
        if more.is_visible():
            more.click()
        button.click()
        page.locator("dialog[open]").wait_for()
        if page.locator("dialog.versions").count():
            page.locator("dialog figure img").first.wait_for()
        clean(page, "dialog[open]")
        page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="detached")
        assert page.evaluate("document.activeElement !== document.body"), "the focus is lost"


def test_rarer_buttons_are_in_a_menu_on_a_phone(look, room):
    page = look(**SMALL)
    open_story(page, room.base_url, STORY)
    more = page.get_by_role("button", name="More", exact=True)
    versions = page.get_by_role("button", name="Versions")
    has_focus = "(element) => element === document.activeElement"
    assert (versions.is_visible(), more.get_attribute("aria-expanded")) == (False, "false")
    more.press("Enter")
    assert (versions.is_visible(), more.get_attribute("aria-expanded")) == (True, "true")
    assert page.get_by_role("button", name="Copy share link").evaluate(has_focus)
    clean(page, ".bar-buttons")
    assert fits(page)
    page.keyboard.press("Escape")
    assert (versions.is_visible(), more.evaluate(has_focus)) == (False, True)
    more.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert not versions.is_visible()
    more.click()
    versions.click()
    page.keyboard.press("Escape")
    assert (versions.is_visible(), more.evaluate(has_focus)) == (False, True)


@pytest.mark.parametrize("options", [DESK, SMALL], ids=["desktop", "phone"])
def test_keyboard_gets_past_the_cards_to_the_form(look, room, options):
    page = look(story=STORY, **options)
    page.get_by_role("button", name="Skip to the form").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "headline"
    assert page.locator("#headline").is_visible()


@pytest.mark.parametrize("options", [DESK, SMALL], ids=["desktop", "phone"])
def test_the_card_that_is_edited_comes_into_view(look, room, options):
    page = look(story=STORY, **options)
    if options is SMALL:
        page.locator("button.sheet").click()
    in_view = """([kind, isSheet]) => {
      const { top, height } = document.querySelector(`[data-kind="${kind}"] .picture`).getBoundingClientRect();
      const end = isSheet ? document.querySelector(".side").getBoundingClientRect().top : innerHeight;
      return top >= 0 && top + Math.min(height, 150) <= end;
    }"""
    for field, kind in (("#quote", "quote"), (".facts-list textarea", "bullet"), ("#headline", "headline")):
        page.locator(field).first.focus()
        page.wait_for_function(in_view, arg=[kind, options is SMALL])


def test_hint_of_the_search_field_keeps_clear_of_its_icon(look):
    page = look()
    for language in ("ar", "en"):
        speak(page, language)
        padding = page.get_by_role("searchbox").evaluate("(field) => parseFloat(getComputedStyle(field).paddingInlineStart)")
        assert padding > 40, language


def test_headline_of_a_story_starts_where_the_interface_does(look, room):
    page = look()
    align = "(element) => getComputedStyle(element).textAlign"
    open_story(page, room.base_url, "arabic")
    assert page.locator("main h1").evaluate(align) == "left"
    speak_of = f"{room.base_url}/studio#/"
    page.goto(speak_of)
    speak(page, "ar")
    assert page.locator(".row .headline").first.evaluate(align) == "right"
    open_story(page, room.base_url, STORY)
    assert page.locator("main h1").evaluate(align) == "right"
