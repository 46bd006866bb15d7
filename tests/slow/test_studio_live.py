"""Changes stories while they are open in the Studio: corrections, withdrawals, lost photographs, cards in the making."""

import json
from typing import TYPE_CHECKING

import pytest

from support.studio_posts import path_of, post, saved
from support.studio_stack import publish

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

RESIGNS = {
    "language": "en",
    "headline": "Minister resigns",
    "bullets": ["The letter came at noon.", "Three others may follow."],
    "quotes": [{"text": "I have done my work.", "speaker": "Ann Holm"}],
}
CORRECTED = RESIGNS | {"headline": "Minister does NOT resign"}
REFUSED = "nothing was handed out"


def come_back(page: "Page") -> None:
    """Returns to the page, which asks for news at once."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def copied(page: "Page") -> str:
    return page.evaluate("navigator.clipboard.readText()")


def copy(page: "Page", what: str) -> None:
    page.get_by_label("Copy: Headline, Instagram square 1:1").click()
    page.get_by_role("button", name=what, exact=True).locator("visible=true").click()


def test_correction_shows_old_and_new_words_and_keeps_what_is_typed(look, room):
    publish(room, "resigns", RESIGNS)
    page = look(story="resigns")
    page.get_by_label("Kicker").fill("Politics")
    publish(room, "resigns", CORRECTED)
    come_back(page)
    banner = page.get_by_role("alert").filter(has_text="The story changed")
    banner.get_by_text("by desk").wait_for()
    assert banner.locator("del").inner_text() == "Minister resigns"
    assert banner.locator("ins").inner_text() == "Minister does NOT resign"
    assert page.evaluate("document.activeElement.id") == "kicker"
    assert page.get_by_label("Kicker").input_value() == "Politics"
    assert page.get_by_label("Headline", exact=True).input_value() == "Minister does NOT resign"
    page.get_by_role("heading", level=1, name="Minister does NOT resign").wait_for()
    banner.get_by_role("button", name="I have seen it").click()
    banner.wait_for(state="hidden")
    copy(page, "Alt text")
    page.get_by_text("Alt text copied").wait_for()
    assert "NOT" in copied(page)


def test_correction_marks_what_the_post_says_otherwise(look, room):
    publish(room, "own-words", RESIGNS)
    page = look(story="own-words")
    page.get_by_label("Headline", exact=True).fill("She goes")
    publish(room, "own-words", CORRECTED)
    come_back(page)
    page.get_by_text("Your post has its own text here").wait_for()
    assert page.get_by_label("Headline", exact=True).input_value() == "She goes"


def test_take_is_refused_if_the_story_changed_since_the_page_was_drawn(look, room):
    publish(room, "raced", RESIGNS)
    page = look(story="raced")
    page.evaluate("navigator.clipboard.writeText('before')")
    publish(room, "raced", CORRECTED)
    copy(page, "Alt text")
    page.get_by_text(REFUSED).wait_for()
    page.get_by_text("The story changed", exact=True).wait_for()
    assert copied(page) == "before"
    copy(page, "Alt text")
    page.get_by_text("Alt text copied").wait_for()
    assert "NOT" in copied(page)


def test_every_take_names_its_version_and_hands_out_nothing_after_409(look, room):
    publish(room, "named", RESIGNS)
    page = look(story="named")
    version = page.locator(".facts .id").first.inner_text()
    named, downloads = [], []
    page.on("download", lambda download: downloads.append(download))  # Playwright cannot wrap a built-in

    def overtake(route) -> None:
        named.append(version in route.request.url or version == json.loads(route.request.post_data)["expected_version"])
        route.fulfill(status=409, json={"type": "urn:storycard:problem:story-changed"}, content_type="application/problem+json")

    for path in ("**/downloads/**", "**/cards/named.zip**", "**/cards/named"):
        page.route(path, overtake)
    page.evaluate("navigator.clipboard.writeText('before')")
    takes = [
        lambda: page.get_by_role("button", name="Download: Headline, Instagram square 1:1").click(),
        lambda: page.get_by_role("button", name="Download all").click(),
        lambda: copy(page, "Image"),
        lambda: page.get_by_label("Kicker").fill("Politics"),
        lambda: page.get_by_role("button", name="Download: Headline, Instagram square 1:1").click(),
        lambda: page.get_by_role("button", name="Download all").click(),
        lambda: copy(page, "Link"),
        lambda: copy(page, "Alt text"),
        lambda: copy(page, "Embed code"),
    ]
    for number, take in enumerate(takes):
        page.evaluate("document.getElementById('notice').replaceChildren()")
        take()
        if number != 3:
            page.get_by_text(REFUSED).wait_for()
    assert (named, downloads, copied(page)) == ([True] * 8, [], "before")


def test_withdrawal_closes_the_open_story(look, room):
    publish(room, "wrong", RESIGNS)
    page = look(story="wrong")
    page.evaluate("navigator.clipboard.writeText('before')")
    room.call("DELETE", "/articles/wrong")
    copy(page, "Link")
    page.locator(".banner").get_by_text("This story was withdrawn").wait_for()
    assert copied(page) == "before"
    assert page.locator("figure").count() == 0
    assert page.get_by_role("button", name="Download").count() == 0


def test_posts_of_a_withdrawn_story_are_gone(look, room):
    publish(room, "taken-back", RESIGNS)
    page = look(story="taken-back")
    page.get_by_label("Headline", exact=True).fill("She goes")
    address = saved(page)
    page.get_by_role("button", name="Share this post").click()
    page.get_by_role("button", name="Stop sharing").wait_for()
    link = post(room, address)["share_url"].removeprefix(room.base_url)
    assert room.call("GET", link).status == 200
    room.call("DELETE", "/articles/taken-back")
    come_back(page)
    for _ in range(2):
        page.locator(".banner").get_by_text("This story was withdrawn").wait_for()
        assert page.locator(".posts, .bar-buttons, figure, form, #headline").count() == 0
        page.reload()
    assert room.call("GET", path_of(address)).status == 410
    assert room.call("GET", link).status == 410


def test_story_shows_who_changed_it_when_and_that_its_photo_was_lost(look, room):
    publish(room, "photoless", RESIGNS | {"image": {"url": "http://127.0.0.1:9/gone.jpg", "credit": "Ida Holm"}})
    page = look(story="photoless")
    page.get_by_text("The photo could not be used. These cards are without it.").wait_for()
    facts = page.locator(".story-head .facts").inner_text()
    assert "by desk" in facts
    assert "cards made" in facts


def test_new_cards_appear_by_themselves(look, room):
    publish(room, "made", RESIGNS)
    page = look()
    state = {"state": "rendering"}

    def status(route) -> None:
        answer = route.fetch()
        value = answer.json()
        if state:
            value |= state
            value.pop("version")
        route.fulfill(status=200, json=value)

    page.route("**/articles/made/status", status)
    page.goto(f"{room.base_url}/studio#/article/made")
    page.get_by_text("The newest cards are being made").wait_for()
    page.get_by_role("button", name="Download: Headline, Instagram square 1:1").click()
    page.get_by_text("You can take cards as soon as they are here").wait_for()
    state.clear()
    page.locator(".story-head .state.live").wait_for()
    with page.expect_download():
        page.get_by_role("button", name="Download: Headline, Instagram square 1:1").click()


def test_list_refreshes_itself_and_keeps_the_focus(look, room):
    page = look()
    page.locator(".row a").nth(2).focus()
    before = page.evaluate("document.activeElement.hash")
    publish(room, "newcomer", RESIGNS | {"headline": "A newcomer"})
    come_back(page)
    page.locator(".row", has_text="A newcomer").wait_for()
    assert page.evaluate("document.activeElement.hash") == before


def test_story_is_found_before_it_has_cards(look, room):
    """A draft never has cards: the words and the address that find it are those that were received."""
    address = "https://news.example/rink"
    story = {"id": "rink", "headline": "Skaters return at noon", "language": "en", "status": "draft", "canonical_url": address}
    assert room.call("PUT", "/articles/rink", story).status == 201
    page = look()
    for query in ("skaters noon", address):
        page.get_by_label("Find a story").fill("no such story")
        page.get_by_text("No story found").wait_for()
        page.get_by_label("Find a story").fill(query)
        page.locator(".row", has_text="Skaters return").get_by_text("Draft").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Skaters return").wait_for()


def test_list_counts_stories_only(look, room):
    stories = [article_id for article_id in room.states() if article_id]
    page = look()
    assert page.locator("#found").inner_text() == f"{len(stories)} stories"
    assert page.locator(".row").count() == len(stories) + 1  # and the delivery that could not be read


def test_enter_opens_nothing_if_the_search_fails(look, room):
    page = look()
    page.route("**/articles?query=*", lambda route: route.fulfill(status=500, body="{}"))
    page.get_by_label("Find a story").fill("harbour")
    page.keyboard.press("Enter")
    page.get_by_text("Something went wrong on our side").wait_for()
    assert "#/article/" not in page.url
    assert page.locator(".row a").count() == 0


def test_enter_waits_for_the_rows_of_its_own_text(look, room):
    page = look()
    held = []
    page.route("**/articles?query=*", lambda route: held.append(route))
    page.get_by_label("Find a story").fill("harbour")
    page.keyboard.press("Enter")
    page.keyboard.type(" barr")
    while len(held) < 2:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    page.get_by_text("1 story", exact=True).wait_for()
    assert "#/article/" not in page.url  # the user typed on after Enter
    page.keyboard.press("Enter")
    while len(held) < 3:
        page.wait_for_timeout(20)
    held[-1].continue_()
    page.get_by_role("heading", level=1, name="Harbour barriers").wait_for()


def test_back_returns_to_the_same_place_of_the_list(look, room):
    page = look(viewport={"width": 900, "height": 300})
    link = page.locator(".row a").nth(4)
    link.scroll_into_view_if_needed()
    before = (page.evaluate("scrollY"), link.get_attribute("href"))
    assert before[0] > 0
    link.click()
    page.locator(".titles h1").wait_for()
    page.go_back()
    page.locator("#found").get_by_text("stories").wait_for()  # all rows are built
    assert (page.evaluate("scrollY"), page.evaluate("document.activeElement.getAttribute('href')")) == before
    page.get_by_label("Find a story").fill("harbour barr")
    page.get_by_text("1 story", exact=True).wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Harbour barriers").wait_for()
    page.get_by_role("link", name="All stories").click()
    page.get_by_text("1 story", exact=True).wait_for()
    assert page.get_by_label("Find a story").input_value() == "harbour barr"


def test_earlier_version_can_be_looked_at_and_taken(look, room):
    publish(room, "versions", RESIGNS)
    publish(room, "versions", CORRECTED)
    page = look(story="versions")
    page.get_by_role("button", name="Versions").click()
    dialog = page.get_by_role("dialog")
    rows = dialog.locator(".versions-list > li")
    rows.nth(1).wait_for()
    assert (rows.nth(0).locator("del").inner_text(), rows.nth(0).locator("ins").inner_text()) == (
        "Minister resigns",
        "Minister does NOT resign",
    )
    assert rows.nth(0).locator(".state.live").count() == 1
    dialog.get_by_text("its words may be wrong by now").wait_for()
    assert rows.locator("[aria-pressed=true]").count() == 1
    picture = dialog.locator("figure img").first
    assert "resigns" in picture.get_attribute("alt")
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 400
    for name in ("Download: Headline, Link preview 1.91:1", "Download all of this version"):
        with page.expect_download():
            dialog.get_by_role("button", name=name).click()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
