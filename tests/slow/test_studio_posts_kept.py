"""Loses no words in the Studio: without a network, in a hurry, and beside other editors."""

import pytest

from support.studio_posts import STORY, headline, path_of, post, saved, stop_news
from support.studio_stack import DESK, PHONE, clean, open_story

pytestmark = pytest.mark.slow


def test_what_could_not_be_saved_is_there_when_the_story_is_opened_again(look, room):
    page = look(story=STORY)
    headline(page).fill("Before the network went")
    address = saved(page)
    page.route("**/posts/*", lambda route: route.abort() if route.request.method == "PUT" else route.continue_())
    headline(page).fill("Typed without a network")
    page.get_by_role("link", name="All stories").click()
    page.get_by_text("“Typed without a network” is not saved yet").wait_for()
    page.go_back()
    page.locator("main h1").wait_for()
    assert headline(page).input_value() == "Typed without a network"
    page.unroute("**/posts/*")
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    assert post(room, address)["changes"]["headline"] == "Typed without a network"


def test_what_is_typed_last_is_saved_when_the_view_is_left_at_once(look, room):
    page = look(story=STORY)
    headline(page).fill("First words")
    address = saved(page)
    headline(page).fill("Last words")
    page.get_by_role("link", name="All stories").click()
    page.locator(".row").first.wait_for()
    while post(room, address)["changes"]["headline"] != "Last words":
        page.wait_for_timeout(50)


def test_a_reload_asks_first_while_something_is_not_saved(look, room):
    page = look(story=STORY)
    page.route("**/posts", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    headline(page).fill("Not saved yet")
    page.locator('.posts[data-saving="failed"]').wait_for()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]


def test_words_for_a_deleted_post_go_on_as_another_one(look, room):
    page = look(story=STORY)
    headline(page).fill("To be deleted by a colleague")
    address = saved(page)
    assert room.call("DELETE", path_of(address)).status == 204
    headline(page).fill("Typed after that")
    page.get_by_text("There is no such post. It may have been deleted.").wait_for()
    page.get_by_role("button", name="Save mine as another post").click()
    page.wait_for_url(lambda url: url != address)
    assert post(room, saved(page))["changes"]["headline"] == "Typed after that"


def test_a_fact_that_is_added_but_not_written_yet_does_not_stop_the_saving(look, room):
    page = look(story=STORY)
    page.get_by_role("button", name="Add a fact").click()
    headline(page).fill("With a fact to come")
    address = saved(page)
    assert all(post(room, address)["changes"]["bullets"])


def test_two_editors_change_different_fields_of_one_post(look, room):
    first = look(story=STORY)
    headline(first).fill("Both of us")
    address = saved(first)
    stop_news(first)
    second = look()
    second.goto(address)
    second.locator("main[data-view=loaded] #headline").wait_for()
    second.get_by_label("Kicker", exact=True).fill("Storm")
    saved(second)
    headline(first).fill("Both of us, again")
    saved(first)
    assert post(room, address)["changes"] == {"headline": "Both of us, again", "kicker": "Storm"}
    assert first.get_by_label("Kicker", exact=True).input_value() == "Storm"


def test_two_editors_change_the_same_words_and_one_decides(look, room):
    first = look(story=STORY)
    headline(first).fill("The start")
    address = saved(first)
    stop_news(first)
    second = look()
    second.goto(address)
    second.locator("main[data-view=loaded] #headline").wait_for()
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


@pytest.mark.parametrize("was_shared", [False, True])
def test_a_post_without_an_approval_is_not_shared_and_its_words_are_kept(look, room, was_shared):
    page = look()
    page.route("**/catalogue", lambda route: route.fulfill(json=route.fetch().json() | {"post_approval": "required"}))
    open_story(page, room.base_url, STORY)
    headline(page).fill("To be approved")
    address = saved(page)
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Another editor must approve it").wait_for()
    if was_shared:
        page.get_by_role("button", name="Share this post").click()
        page.get_by_role("button", name="Stop sharing").wait_for()
    refused = {"status": 409, "json": {"type": "urn:storycard:problem:approval-missing"}}

    def answer(route):
        shares = route.request.method == "PUT" and route.request.post_data_json["status"] == "shared"
        return route.fulfill(**refused) if shares else route.continue_()

    page.route("**/posts/*", answer)
    if was_shared:
        headline(page).fill("Changed after it was shared")
    else:
        page.get_by_role("button", name="Share this post").click()
    page.locator(".saving").get_by_text("Another editor must approve this post before it is shared.").wait_for()
    if not was_shared:
        headline(page).fill("Changed after the refusal")
        saved(page)
        assert post(room, address)["status"] == "draft"
        assert post(room, address)["changes"] == {"headline": "Changed after the refusal"}
        return
    assert post(room, address)["status"] == "shared"  # nobody closes its page by typing
    page.get_by_role("button", name="Save mine as another post").click()
    page.wait_for_url(lambda url: url != address)
    assert post(room, saved(page))["changes"] == {"headline": "Changed after it was shared"}
    assert post(room, address)["changes"] == {"headline": "To be approved"}


def test_a_comment_is_sent_and_stays_while_the_post_is_saved(look, room):
    page = look(story=STORY)
    headline(page).fill("To be discussed")
    address = saved(page)
    page.get_by_text("0 comments").click()
    page.get_by_label("Your comment").fill("Is this true?")
    headline(page).fill("To be discussed at length")
    saved(page)
    assert page.get_by_label("Your comment").input_value() == "Is this true?"
    page.get_by_role("button", name="Add the comment").click()
    page.get_by_text("1 comment", exact=True).wait_for()
    assert [one["text"] for one in post(room, address)["comments"]] == ["Is this true?"]
    page.get_by_text("History", exact=True).click()
    page.get_by_text("made this post").wait_for()


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["desktop", "phone"])
def test_axe_finds_no_fault_in_a_post(look, room, options):
    page = look(story=STORY, **options)
    if options is PHONE:
        page.get_by_role("button", name="For this post only").click()
    headline(page).fill("For axe")
    address = saved(page)
    page.get_by_text("0 comments").click()
    clean(page)
    page.get_by_text("History", exact=True).click()
    clean(page, ".posts")
    stop_news(page)
    headers = {"if-match": post(room, address)["etag"]}
    change = {"changes": {"headline": "What a colleague wrote"}}
    assert room.call("PUT", path_of(address), change, headers).status == 200
    headline(page).fill("For axe, at the same time")
    page.get_by_role("dialog").wait_for()
    clean(page, "dialog[open]")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Choose what stays").wait_for()
    clean(page, ".posts")
