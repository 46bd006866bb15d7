"""Takes stories out of the Studio: links, chats, apps, schedulers, the photograph of a post, a withdrawal, a deep link."""

import io
import json
import time
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from PIL import Image

from support.studio_stack import DESK, EDITOR, PATIENCE, PHONE, VIEWER, clean, drawn, open_story, src

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"
NARROW = PHONE | {"viewport": {"width": 320, "height": 700}}
SHARING = """
navigator.canShare = () => true;
navigator.share = async ({ files }) => { window.shared = files.map(({ name, type, size }) => [name, type, size > 1000]); };
"""


def copied(page: "Page") -> str:
    return page.evaluate("navigator.clipboard.readText()")


def picture(colour: str = "teal", size: tuple[int, int] = (1600, 1200), file_type: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, file_type)
    return file.getvalue()


def add_photo(page: "Page", credit: str = "Jo Lind", file: bytes = b"") -> None:
    chosen = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": file or picture()}
    page.get_by_label("Choose another photo").set_input_files(chosen)
    page.get_by_text("Name who took the photo").wait_for()
    page.get_by_label("Credit (required)").fill(credit)
    drawn(page)


def has_teal(page: "Page", card: str) -> bool:
    """Tells whether a card's picture shows the photograph of `picture`."""
    script = """async (image) => {
      await image.decode();
      const [width, height] = [image.naturalWidth, image.naturalHeight];
      const context = new OffscreenCanvas(width, height).getContext("2d");
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      return Array.from({ length: width * height }, (_, at) => data.subarray(4 * at, 4 * at + 3))
        .some(([red, green, blue]) => red < 20 && Math.abs(green - 128) < 20 && Math.abs(blue - 128) < 20);
    }"""
    return page.locator(f'[data-card="{card}"] img').first.evaluate(script)


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


def test_photo_of_a_post_needs_a_credit_and_goes_back_to_the_story(look, room):
    page = look(story="bridge")
    before = src(page, "headline-square")
    chosen = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture("teal")}
    page.get_by_label("Choose another photo").set_input_files(chosen)
    page.get_by_text("Name who took the photo").wait_for()
    assert page.get_by_label("Credit (required)").evaluate("field => field === document.activeElement")
    drawn(page)
    assert src(page, "headline-square") == before
    page.get_by_label("Credit (required)").fill("Jo Lind")
    drawn(page)
    assert has_teal(page, "headline-square")
    page.get_by_role("button", name="Back to the story’s photo").click()
    drawn(page)
    assert src(page, "headline-square") == before
    page.keyboard.press("Control+z")
    drawn(page)
    assert page.get_by_label("Credit (required)").input_value() == "Jo Lind"


def test_large_photo_is_scaled_down_before_it_is_sent(look, room):
    page = look()
    open_story(page, room.base_url, STORY)  # a story without a photograph
    with page.expect_request("**/photos") as sent:
        add_photo(page, file=picture("olive", (4800, 3200), "PNG"))
    assert sent.value.headers["content-type"] == "image/jpeg"
    stored = page.locator(".photo-place img")
    stored.wait_for()
    assert stored.evaluate("async (image) => { await image.decode(); return [image.naturalWidth, image.naturalHeight] }") == [
        2400,
        1600,
    ]


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_photo_can_be_dropped_and_pasted(look, room, way):
    page = look(story="bridge")
    give = """([way, bytes]) => {
      const given = new DataTransfer();
      given.items.add(new File([new Uint8Array(bytes)], "photo.jpg", { type: "image/jpeg" }));
      const place = way === "drop" ? document.querySelector(".other-photo") : document;
      const options = { bubbles: true, cancelable: true };
      place.dispatchEvent(way === "drop" ? new DragEvent("drop", { ...options, dataTransfer: given })
        : new ClipboardEvent("paste", { ...options, clipboardData: given }));
    }"""
    page.evaluate(give, [way, list(picture(size=(640, 480)))])
    page.get_by_text("Name who took the photo").wait_for()


def test_says_in_words_why_a_photo_is_refused(look, room):
    page = look(story="bridge")
    page.get_by_label("Choose another photo").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    )
    page.get_by_role("alert").get_by_text("This file is no photo").wait_for()
    page.get_by_label("Or its web address").fill("https://photos.invalid/none.jpg")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("No photo was found at this address").wait_for()


def test_crops_by_keys_and_by_dragging(look, room):
    page = look(story="bridge")
    page.locator(".photo-place img").wait_for()
    orders = []
    page.on("request", lambda request: orders.append(request.post_data_json) if request.url.endswith("/preview") else None)
    page.get_by_role("button", name="Crop", exact=True).click()
    corner = page.get_by_role("button", name="Bottom right corner of the crop")
    corner.press("Shift+ArrowLeft")
    corner.press("Shift+ArrowUp")
    drawn(page)
    assert orders[-1]["crop"] == [0, 0, 0.9, 0.9]
    corner.scroll_into_view_if_needed()
    place, field = corner.bounding_box(), page.locator(".focal").bounding_box()
    page.mouse.move(place["x"] + 5, place["y"] + 5)
    page.mouse.down()
    page.mouse.move(place["x"] + 5 - field["width"] * 0.4, place["y"] + 5, steps=4)
    page.mouse.up()
    drawn(page)
    assert orders[-1]["crop"] == pytest.approx([0, 0, 0.5, 0.9], abs=0.02)
    page.get_by_role("button", name="Crop, 50 % wide").press("ArrowRight")
    drawn(page)
    assert orders[-1]["crop"] == pytest.approx([0.02, 0, 0.5, 0.9], abs=0.02)
    page.get_by_role("button", name="Show all of it").click()
    drawn(page)
    assert not src(page, "headline-square").startswith("blob:")


def test_facts_are_removed_and_dragged(look, room):
    page = look(story=STORY)
    facts = page.locator(".facts-list textarea")
    before = [facts.nth(index).input_value() for index in range(facts.count())]
    handle, target = page.locator(".grip").nth(0), page.locator(".facts-list li").nth(1)
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 4, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 4, end["y"] + end["height"] - 6, steps=4)
    page.mouse.up()
    assert [facts.nth(index).input_value() for index in range(2)] == [before[1], before[0]]
    page.get_by_role("button", name="Remove fact 1").click()
    assert facts.count() == len(before) - 1
    assert facts.nth(0).input_value() == before[0]
    while facts.count():
        page.get_by_role("button", name="Remove fact 1").click()
    drawn(page)
    assert src(page, "bullet-square").startswith("blob:")  # it quotes the summary
    assert page.locator(".note:not(:empty)").count() == 0


def test_carousel_is_in_square_and_portrait(look, room):
    page = look(story=STORY)
    page.get_by_role("button", name="Carousel").click()
    drawn(page)
    cards = page.locator("figure").evaluate_all("figures => figures.map(({ dataset }) => dataset.card)")
    assert cards[0] == "carousel-1-square"
    assert len(cards) > 4
    assert cards == [f"carousel-{slide}-{form}" for form in ("square", "portrait") for slide in range(1, len(cards) // 2 + 1)]


@pytest.mark.parametrize("way", ["buttons", "mouse"])
def test_slides_are_reordered_on_the_stage(look, room, way):
    page = look()
    open_story(page, room.base_url, STORY)
    page.get_by_role("button", name="Carousel").click()
    drawn(page)
    facts = page.locator(".facts-list textarea")
    story = json.loads(room.call("GET", f"/articles/{STORY}").body)
    first, second = story["bullets"][:2]
    assert page.get_by_role("button", name="Move slide 2 earlier").first.is_disabled()
    if way == "buttons":
        page.get_by_role("button", name="Move slide 2 later").first.press("Enter")
        assert page.evaluate("document.activeElement.closest('figure').dataset.card") == "carousel-3-square"
    else:
        place, target = (page.locator(f'[data-card="carousel-{slide}-square"] .picture').first for slide in (2, 3))
        place.scroll_into_view_if_needed()
        start, end = place.bounding_box(), target.bounding_box()
        page.mouse.move(start["x"] + 60, start["y"] + 60)
        page.mouse.down()
        page.mouse.move(end["x"] + 100, end["y"] + 100, steps=4)
        page.mouse.up()
    page.get_by_role("status").get_by_text("Slide 2 is now number 3.").wait_for()
    drawn(page)
    assert [facts.nth(index).input_value() for index in range(2)] == [second, first]
    assert page.locator('[data-card="carousel-2-portrait"] img').first.get_attribute("alt").endswith(second)
    page.keyboard.press("Control+z")
    drawn(page)
    assert page.locator('[data-card="carousel-2-portrait"] img').first.get_attribute("alt").endswith(first)


def test_alt_texts_of_previews_are_theirs_and_redraws_are_announced(look, room):
    page = look(story=STORY)
    page.get_by_label("Headline", exact=True).fill("Gates held")
    drawn(page)
    assert page.locator('[data-card="headline-square"] img').first.get_attribute("alt").endswith("Gates held")
    assert page.locator(".redrawn").text_content().endswith("cards redrawn.")


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


def test_viewer_has_no_photo_chat_or_withdrawal(look, room):
    page = look(VIEWER, story="bridge")
    page.locator(".photo-place img").wait_for()
    assert page.get_by_label("Choose another photo").count() == 0
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


@pytest.mark.parametrize("options", [DESK, NARROW], ids=["desktop", "phone"])
def test_axe_finds_no_fault_while_a_photo_is_chosen_or_a_story_withdrawn(look, room, options):
    def fits() -> bool:
        return page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    page = look(story="bridge", **options)
    if options is not DESK:
        page.get_by_role("button", name="For this post only").click()
    page.locator(".photo-place img").wait_for()
    page.get_by_role("button", name="Crop", exact=True).click()
    clean(page)
    assert fits()
    add_photo(page, "")
    clean(page)
    assert fits()
    if options is not DESK:
        page.get_by_role("button", name="For this post only").click()
        page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Withdraw").click()
    clean(page)
    assert fits()
