"""Keeps edits in the Studio as posts: saved, shared, changed by two editors, and overtaken by a correction of the story."""

import json
import re
from typing import TYPE_CHECKING

import pytest

from support.studio_stack import drawn, open_story, src

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"


def headline(page: "Page"):
    return page.get_by_label("Headline", exact=True)


def saved(page: "Page") -> str:
    """Waits until the post is saved, and returns its address."""
    page.locator('.posts[data-saving="saved"]').wait_for()
    drawn(page)
    return page.url


def posts(room, article_id: str = STORY) -> list[dict]:
    return json.loads(room.call("GET", f"/articles/{article_id}/posts").body)["posts"]


def post(room, url: str) -> dict:
    article_id, name = re.search(r"#/article/([^/]+)/post/(\w+)", url).groups()
    return json.loads(room.call("GET", f"/articles/{article_id}/posts/{name}").body)


def test_an_edit_is_there_after_all_stories_and_after_a_reload(look, room):
    page = look()
    open_story(page, room.base_url, STORY)
    headline(page).fill("Gates held through the night")
    address = saved(page)
    assert post(room, address)["changes"] == {"headline": "Gates held through the night"}
    page.get_by_role("link", name="All stories").click()
    page.locator(".row").first.wait_for()
    page.go_back()
    page.locator("main h1").wait_for()
    assert headline(page).input_value() == "Gates held through the night"
    page.reload()
    drawn(page)
    assert headline(page).input_value() == "Gates held through the night"
    assert src(page, "headline-square").startswith("blob:")


def test_what_is_typed_last_is_saved_when_the_view_is_left_at_once(look, room):
    page = look()
    open_story(page, room.base_url, STORY)
    headline(page).fill("First words")
    address = saved(page)
    headline(page).fill("Last words")
    page.get_by_role("link", name="All stories").click()
    page.locator(".row").first.wait_for()
    page.wait_for_timeout(1_000)
    assert post(room, address)["changes"]["headline"] == "Last words"


def test_a_story_that_is_only_looked_at_has_no_post(look, room):
    before = len(posts(room))
    page = look()
    open_story(page, room.base_url, STORY)
    page.locator(".checks label").get_by_text("Pinterest pin", exact=False).click()
    page.wait_for_timeout(1_500)
    assert len(posts(room)) == before


def test_a_headline_for_one_format_only(look, room):
    page = look()
    open_story(page, room.base_url, STORY)
    usual = src(page, "headline-square")
    page.get_by_label("Changes are for").select_option("x")
    headline(page).fill("Gates held")
    address = saved(page)
    assert post(room, address)["format_changes"] == {"x": {"headline": "Gates held"}}
    assert src(page, "headline-x").startswith("blob:")
    assert src(page, "headline-square") == usual
    page.get_by_label("Changes are for").select_option("")
    assert headline(page).input_value().startswith("Harbour barriers")


def test_the_page_of_a_shared_post_shows_the_changed_card(look, room):
    page = look()
    open_story(page, room.base_url, STORY)
    headline(page).fill("Gates held, says the port")
    address = saved(page)
    page.get_by_role("button", name="Share this post").click()
    page.get_by_role("button", name="Copy the post’s link").click()
    page.get_by_text("Link copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == post(room, address)["share_url"]
    answer = room.call("GET", link.removeprefix(room.base_url))
    assert answer.status == 200
    html = answer.body.decode()
    assert 'property="og:title" content="Gates held, says the port"' in html
    assert post(room, address)["card"]["url"] in html
    page.get_by_role("button", name="Stop sharing").click()
    page.get_by_role("button", name="Share this post").wait_for()
    assert room.call("GET", link.removeprefix(room.base_url)).status == 404


def test_two_editors_change_different_fields_of_one_post(look, room):
    first, second = look(), look()
    open_story(first, room.base_url, STORY)
    headline(first).fill("Both of us")
    address = saved(first)
    second.goto(address)
    drawn(second)
    second.get_by_label("Kicker", exact=True).fill("Storm")
    saved(second)
    headline(first).fill("Both of us, again")
    saved(first)
    assert post(room, address)["changes"] == {"headline": "Both of us, again", "kicker": "Storm"}
    assert first.get_by_label("Kicker", exact=True).input_value() == "Storm"


def test_two_editors_change_the_same_words_and_one_decides(look, room):
    first, second = look(), look()
    open_story(first, room.base_url, STORY)
    headline(first).fill("The start")
    address = saved(first)
    second.goto(address)
    drawn(second)
    headline(second).fill("What the second wrote")
    saved(second)
    headline(first).fill("What the first wrote")
    dialog = first.get_by_role("dialog")
    dialog.get_by_text("What the second wrote").wait_for()
    assert dialog.get_by_text("What the first wrote").count() == 1
    dialog.get_by_role("button", name="Save mine as another post").click()
    copy = saved(first)
    assert copy != address
    assert post(room, copy)["changes"]["headline"] == "What the first wrote"
    assert post(room, address)["changes"]["headline"] == "What the second wrote"


def test_a_correction_of_the_story_marks_its_posts(look, room):
    story = {"id": "bridge-two", "headline": "The bridge opens", "language": "en", "bullets": ["It opens on Friday"]}
    assert room.call("PUT", "/articles/bridge-two", story).status == 201
    page = look()
    open_story(page, room.base_url, "bridge-two")
    headline(page).fill("Our bridge opens")
    address = saved(page)
    room.call("PUT", "/articles/bridge-two", story | {"headline": "The bridge does NOT open"})
    page.goto(room.base_url + "/studio")
    page.locator(".row").first.wait_for()
    page.goto(address)
    note = page.locator(".outdated")
    note.wait_for()
    assert "The bridge opens" in note.locator("del").inner_text()
    assert "The bridge does NOT open" in note.locator("ins").inner_text()
    note.get_by_role("button", name="Use the new words").click()
    assert headline(page).input_value() == "The bridge does NOT open"
    page.get_by_role("button", name="Keep the post as it is").click()
    note.wait_for(state="detached")
    assert "outdated" not in post(room, address)


def test_a_quote_that_is_not_in_the_article_says_so(look, room):
    page = look()
    open_story(page, room.base_url, STORY)
    quote = page.get_by_label("Words", exact=True)
    quote.fill("Nobody ever said this.")
    page.get_by_text("These words are not in the article.").first.wait_for()
    address = saved(page)
    assert post(room, address)["not_in_article"] == ["quote"]


def test_comments_and_an_approval_by_somebody_else(look, room):
    page = look()
    open_story(page, room.base_url, STORY)
    headline(page).fill("To be approved")
    address = saved(page)
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Another editor must approve it").wait_for()
    page.get_by_text("0 comments").click()
    page.get_by_label("Your comment").fill("Is this true?")
    page.get_by_role("button", name="Add the comment").click()
    page.get_by_text("1 comment", exact=True).wait_for()
    assert [one["text"] for one in post(room, address)["comments"]] == ["Is this true?"]
    page.get_by_text("History of this post").click()
    page.get_by_text("made this post").wait_for()


def test_a_post_can_be_deleted(look, room):
    page = look()
    open_story(page, room.base_url, STORY)
    headline(page).fill("To be deleted")
    address = saved(page)
    name = address.rsplit("/", 1)[1]
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete", exact=True).click()
    page.wait_for_url(re.compile(rf"#/article/{STORY}$"))
    drawn(page)
    assert name not in [one["post"] for one in posts(room)]
    assert headline(page).input_value().startswith("Harbour barriers")
