"""Keeps edits in the Studio as posts: saved, shared, and overtaken by a correction of the story."""

import re
from typing import TYPE_CHECKING

import pytest

from support.studio_posts import STORY, headline, post, posts, saved
from support.studio_stack import VIEWER, drawn, src

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


def shows_the_story(page: "Page") -> None:
    """Waits until the page is that of the story, with none of its posts."""
    page.wait_for_url(re.compile(rf"#/article/{STORY}$"))
    page.wait_for_function("() => document.querySelector('#headline')?.value.startsWith('Harbour barriers')")
    drawn(page)


def test_an_edit_is_there_after_all_stories_and_after_a_reload(look, room):
    page = look(story=STORY)
    headline(page).fill("Gates held through the night")
    page.locator('.posts[data-saving="saved"]').wait_for()  # by itself
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


def test_a_text_that_was_cleared_stays_empty(look, room):
    page = look(story=STORY)
    text = page.get_by_label("Suggested text")
    suggested = text.input_value()
    text.fill("")
    address = saved(page)
    assert post(room, address)["text"] == ""
    page.reload()
    drawn(page)
    assert text.input_value() == ""
    text.fill(suggested)
    saved(page)
    assert "text" not in post(room, address)


def test_a_story_that_is_only_looked_at_has_no_post(look, room):
    before = len(posts(room))
    page = look(story=STORY)
    page.locator(".checks label").get_by_text("X post", exact=False).click()
    assert page.locator(".posts").get_attribute("data-saving") == "new"  # or "saving", at once
    page.get_by_role("link", name="All stories").click()  # saves what is left to save
    page.locator(".row").first.wait_for()
    assert len(posts(room)) == before


def test_a_headline_for_one_format_only(look, room):
    page = look(story=STORY)
    usual = src(page, "headline-square")
    page.get_by_label("Changes are for").select_option("x")
    headline(page).fill("Gates held")
    address = saved(page)
    assert post(room, address)["format_changes"] == {"x": {"headline": "Gates held"}}
    assert src(page, "headline-x").startswith("blob:")
    assert src(page, "headline-square") == usual
    page.get_by_label("Changes are for").select_option("")
    assert headline(page).input_value().startswith("Harbour barriers")


def test_one_format_has_the_brands_theme_while_all_have_another(look, room):
    page = look(story=STORY)
    usual = src(page, "headline-x")
    page.get_by_label("Theme").select_option("nightdesk")
    drawn(page)
    assert src(page, "headline-x") != usual
    page.get_by_label("Changes are for").select_option("x")
    assert page.get_by_label("Theme").input_value() == "nightdesk"
    page.get_by_label("Theme").select_option("")
    address = saved(page)
    assert post(room, address)["format_changes"] == {"x": {"theme": ""}}
    page.reload()
    drawn(page)
    page.get_by_label("Changes are for").select_option("x")
    assert page.get_by_label("Theme").input_value() == ""


def test_the_page_of_a_shared_post_shows_the_changed_card(look, room):
    page = look(story=STORY)
    headline(page).fill("Gates held, says the port")
    address = saved(page)
    for network in ("facebook", "slack"):  # as the link of the post will look, once it is shared
        assert page.locator(f".frame.{network} .title").inner_text() == "Gates held, says the port"
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


def test_a_correction_of_the_story_marks_its_posts(look, room):
    story = {"id": "bridge-two", "headline": "The bridge opens", "language": "en", "bullets": ["It opens on Friday"]}
    assert room.call("PUT", "/articles/bridge-two", story).status == 201
    page = look(story="bridge-two")
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
    page = look(story=STORY)
    quote = page.get_by_label("Words", exact=True)
    quote.fill("Nobody ever said this.")
    page.get_by_text("These words are not in the article.").first.wait_for()
    address = saved(page)
    assert post(room, address)["not_in_article"] == ["quote"]


def test_viewers_look_and_comment_but_keep_nothing(look, room):
    editor = look(story=STORY)
    headline(editor).fill("For the viewer to see")
    address = saved(editor)
    viewer = look(VIEWER)
    viewer.goto(address)
    viewer.locator("main[data-view=loaded] #headline").wait_for()
    assert headline(viewer).input_value() == "For the viewer to see"
    for name in ("Share this post", "Delete", "Approve"):
        assert viewer.get_by_role("button", name=name, exact=True).count() == 0
    headline(viewer).fill("The viewer's own words")
    viewer.get_by_text("0 comments").click()
    viewer.get_by_label("Your comment").fill("Seen.")
    viewer.get_by_role("button", name="Add the comment").click()
    viewer.get_by_text("1 comment", exact=True).wait_for()
    kept = post(room, address)
    assert (kept["changes"]["headline"], [one["text"] for one in kept["comments"]]) == ("For the viewer to see", ["Seen."])


def test_a_new_post_starts_from_the_story(look, room):
    page = look(story=STORY)
    headline(page).fill("The first post")
    address = saved(page)
    headline(page).fill("The first post, changed")
    page.get_by_role("link", name="New post").click()
    shows_the_story(page)
    headline(page).fill("The second post")
    assert saved(page) != address
    assert post(room, address)["changes"]["headline"] == "The first post, changed"


def test_posts_of_a_story_under_embargo(look, room):
    page = look(story="buses")
    headline(page).fill("Night buses: the vote")
    address = saved(page)
    page.reload()
    drawn(page)
    assert headline(page).input_value() == "Night buses: the vote"
    assert post(room, address)["status"] == "draft"


def test_a_post_can_be_deleted(look, room):
    page = look(story=STORY)
    headline(page).fill("To be deleted")
    address = saved(page)
    name = address.rsplit("/", 1)[1]
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete", exact=True).click()
    shows_the_story(page)
    assert name not in [one["post"] for one in posts(room)]
