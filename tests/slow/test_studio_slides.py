"""Orders facts and slides in the Studio by keys and by dragging, and describes what is redrawn."""

import json

import pytest

from support.studio_stack import drawn, src

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"


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


@pytest.mark.parametrize("way", ["buttons", "mouse"])
def test_slides_are_reordered_on_the_stage(look, room, way):
    page = look(story=STORY)
    page.get_by_role("button", name="Carousel").click()
    drawn(page)
    cards = page.locator("figure").evaluate_all("figures => figures.map(({ dataset }) => dataset.card)")
    assert len(cards) > 4
    assert cards == [f"carousel-{slide}-{form}" for form in ("square", "portrait") for slide in range(1, len(cards) // 2 + 1)]
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
