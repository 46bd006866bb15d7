"""Puts other photographs on the cards of a post in the Studio, and crops them."""

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from support.studio_stack import DESK, PHONE, VIEWER, clean, drawn, src

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"  # a story without a photograph
WITH_PHOTO = "bridge"
NARROW = PHONE | {"viewport": {"width": 320, "height": 700}}


def picture(colour: str = "teal", size: tuple[int, int] = (1600, 1200), file_type: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, file_type)
    return file.getvalue()


def add_photo(page: "Page", credit: str = "Jo Lind", file: bytes = b"") -> None:
    chosen = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": file or picture()}
    page.locator("#photo-file").set_input_files(chosen)
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


def test_photo_of_a_post_needs_a_credit_and_goes_back_to_the_story(look):
    page = look(story=WITH_PHOTO)
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


def test_tells_that_a_photo_is_being_added(look):
    page = look(story=WITH_PHOTO)
    held = []
    page.route("**/photos", lambda route: held.append(route))
    page.get_by_label("Choose another photo").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture("teal")}
    )
    progress = page.locator(".other-photo").get_by_text("Adding the photo…")
    progress.wait_for()
    assert page.locator(".other-photo").evaluate("(box) => getComputedStyle(box).opacity") == "1"
    held[0].continue_()
    page.get_by_text("Name who took the photo").wait_for()
    assert progress.is_hidden()


def test_large_photo_is_scaled_down_before_it_is_sent(look):
    page = look(story=STORY)
    assert page.get_by_label("Choose a photo").count() == 1, "there is none that this would be another one than"
    assert page.get_by_role("button", name="Remove the photo", include_hidden=True).count() == 1
    with page.expect_request("**/photos") as sent:
        add_photo(page, file=picture("olive", (4800, 3200), "PNG"))
    assert sent.value.headers["content-type"] == "image/jpeg"
    stored = page.locator(".photo-place img")
    stored.wait_for()
    size = "async (image) => { await image.decode(); return [image.naturalWidth, image.naturalHeight] }"
    assert stored.evaluate(size) == [2400, 1600]


def test_photo_can_be_dropped_and_pasted(look):
    page = look(story=WITH_PHOTO)
    give = """([way, bytes]) => {
      const given = new DataTransfer();
      given.items.add(new File([new Uint8Array(bytes)], "photo.jpg", { type: "image/jpeg" }));
      const place = way === "drop" ? document.querySelector(".other-photo") : document;
      const options = { bubbles: true, cancelable: true };
      place.dispatchEvent(way === "drop" ? new DragEvent("drop", { ...options, dataTransfer: given })
        : new ClipboardEvent("paste", { ...options, clipboardData: given }));
    }"""
    for way in ("drop", "paste"):
        with page.expect_response("**/photos") as sent:
            page.evaluate(give, [way, list(picture(size=(640, 480)))])
        assert (way, sent.value.status) == (way, 201)
        page.locator(".other-photo:not([aria-busy])").get_by_text("Name who took the photo").wait_for()


def test_says_in_words_why_a_photo_is_refused(look):
    page = look(story=WITH_PHOTO)
    page.get_by_label("Choose another photo").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    )
    page.get_by_role("alert").get_by_text("This file is no photo").wait_for()
    page.get_by_label("Or its web address").fill("https://photos.invalid/none.jpg")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("No photo was found at this address").wait_for()


def test_crops_by_keys_and_by_dragging(look):
    page = look(story=WITH_PHOTO)
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


def test_viewer_has_no_other_photo(look):
    page = look(VIEWER, story=WITH_PHOTO)
    page.locator(".photo-place img").wait_for()
    assert page.get_by_label("Choose another photo").count() == 0


@pytest.mark.parametrize("options", [DESK, NARROW], ids=["desktop", "phone"])
def test_axe_finds_no_fault_while_a_photo_is_chosen(look, options):
    def fits() -> bool:
        return page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    page = look(story=WITH_PHOTO, **options)
    if options is not DESK:
        page.get_by_role("button", name="For this post only").click()
    page.locator(".photo-place img").wait_for()
    page.get_by_role("button", name="Crop", exact=True).click()
    clean(page)
    assert fits()
    add_photo(page, "")
    clean(page, ".side")
    assert fits()
