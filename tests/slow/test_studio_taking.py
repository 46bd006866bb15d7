"""Takes stories out of the Studio: links, chats, apps, schedulers, a withdrawal, a deep link."""

import json
import time
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from support.studio_stack import EDITOR, PATIENCE, PHONE, VIEWER, drawn, open_story

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"
SHARING = """
navigator.canShare = () => true;
navigator.share = async ({ files }) => { window.shared = files.map(({ name, type, size }) => [name, type, size > 1000]); };
"""


def copied(page: "Page") -> str:
    return page.evaluate("navigator.clipboard.readText()")


def shared(page: "Page") -> list[tuple[str, str, bool]]:
    """Waits until the page has shared files, and returns their names, their types, and whether they are full."""
    ends = time.monotonic() + PATIENCE
    while not (files := page.evaluate("window.shared")):
        assert time.monotonic() < ends
        page.wait_for_timeout(100)
    return files


def test_copies_the_links_and_the_alt_text_of_the_story(look, room):
    page = look(story=STORY)
    page.get_by_role("button", name="Copy share link").click()
    page.get_by_text("Share link copied.").wait_for()
    assert copied(page) == f"{room.base_url}/share/{STORY}"
    page.get_by_label("Headline", exact=True).fill("Gates held")
    drawn(page)
    page.get_by_role("button", name="Copy image link").click()
    page.get_by_text("Image link copied.").wait_for()
    assert room.call("GET", copied(page).removeprefix(room.base_url)).status == 200
    bar = page.get_by_role("group", name="Take this story")
    bar.get_by_role("button", name="Copy alt text").click()
    page.get_by_text("Alt text copied.").wait_for()
    assert "Gates held" in copied(page)


def test_zip_for_schedulers_has_captions_of_the_changed_cards(look, room):
    page = look(story=STORY)
    with page.expect_download() as download:
        page.get_by_role("button", name="For schedulers").click()
    names = zipfile.ZipFile(download.value.path()).namelist()
    assert {"captions.csv", "captions-hootsuite.csv", "alt-texts.txt"} <= {name.rpartition("/")[2] for name in names}


def test_shares_the_cards_as_files_where_the_browser_can(look, room):
    page = look(**PHONE)
    page.add_init_script(SHARING)
    page.reload()
    open_story(page, room.base_url, STORY)
    page.get_by_role("button", name="Carousel").click()
    drawn(page)
    page.get_by_role("button", name="Share", exact=True).click()
    files = shared(page)
    assert [name for name, _, _ in files] == [f"carousel-{index + 1}-portrait.jpg" for index in range(len(files))]
    assert len(files) > 2
    assert all(is_full for _, _, is_full in files)


def test_second_tap_shares_if_the_browser_has_forgotten_the_first(look, room):
    page = look()
    page.add_init_script(
        SHARING + "const share = navigator.share; navigator.share = async () => {"
        " navigator.share = share; throw new DOMException('', 'NotAllowedError'); };"
    )
    page.reload()
    open_story(page, room.base_url, STORY)
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_text("Tap Share again").wait_for()
    page.get_by_role("button", name="Share", exact=True).click()
    assert len(shared(page)) == 1


def test_sends_to_each_chat_that_is_configured(look, room):
    page = look()
    page.route("**/catalogue", lambda route: route.fulfill(json=route.fetch().json() | {"receivers": ["social-desk"]}))
    sent = []

    def answer(route) -> None:
        sent.append(route.request.post_data_json)
        route.fulfill(status=202, json={})

    page.route("**/send", answer)
    open_story(page, room.base_url, STORY)
    page.get_by_role("button", name="Send to social-desk").click()
    page.get_by_text("On its way to social-desk.").wait_for()
    version = json.loads(room.call("GET", f"/articles/{STORY}/status").body)["version"]
    assert sent == [{"to": "social-desk", "expected_version": version}]


def test_opens_the_story_of_an_address_and_survives_signing_in(look, room, browser):
    address = json.loads(room.call("GET", f"/articles/{STORY}").body)["canonical_url"]
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{room.base_url}/studio?url={quote(address, safe='')}")
    page.get_by_label("Access token").fill(EDITOR)
    page.keyboard.press("Enter")
    page.locator("main h1", has_text="Harbour barriers").wait_for()
    assert page.url == f"{room.base_url}/studio#/article/{STORY}"
    page.goto(f"{room.base_url}/studio?url=https://news.example/none")
    page.get_by_text("No story found").wait_for()
    assert page.get_by_label("Find a story").input_value() == "https://news.example/none"
    context.close()


def test_viewer_cannot_withdraw(look):
    page = look(VIEWER, story=STORY)
    page.get_by_role("button", name="Download all").wait_for()
    assert page.get_by_role("button", name="Withdraw").count() == 0


def test_withdraws_a_story_after_a_look_at_its_headline(look, room):
    story = {"id": "mayor", "headline": "The mayor has resigned", "language": "en"}
    assert room.call("PUT", "/articles/mayor", story).status == 201
    page = look(story="mayor")
    page.get_by_role("button", name="Withdraw").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("The mayor has resigned").wait_for()
    dialog.get_by_role("button", name="Keep it").click()
    assert room.call("GET", "/articles/mayor/status").status == 200
    page.get_by_role("button", name="Withdraw").click()
    dialog.get_by_role("button", name="Withdraw").click()
    page.get_by_text("The story is withdrawn, and its cards are deleted.").wait_for()
    page.locator(".banner.withdrawn").wait_for()
    assert room.states()["mayor"] == "withdrawn"


def test_withdrawal_is_told_and_shown_though_older_news_are_under_way(look, room):
    story = {"id": "wrong-again", "headline": "The mayor has resigned", "language": "en"}
    assert room.call("PUT", "/articles/wrong-again", story).status == 201
    page = look()
    page.clock.install()
    open_story(page, room.base_url, "wrong-again")
    held = []
    page.route("**/articles/wrong-again/status", lambda route: held.append((route, route.fetch())), times=1)
    page.evaluate("dispatchEvent(new Event('focus'))")
    while not held:
        page.wait_for_timeout(20)
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    told = page.get_by_text("The story is withdrawn, and its cards are deleted.")
    told.wait_for()
    page.clock.fast_forward(1_000)  # more than the time after which slow work is told
    assert told.is_visible()
    [(route, answer)] = held
    route.fulfill(response=answer)
    page.locator(".banner.withdrawn").wait_for(timeout=8_000)  # sooner than the next regular question
