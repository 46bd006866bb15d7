"""Finds the text of a page that a reader without an account may not see, by the structured data that search engines ask for.

https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from storycard.ingest.fields import at, items, objects, text
from storycard.ingest.html.page import Page

_MAX_SELECTORS = 20
_MAX_SELECTOR = 200  # characters


class ClosedText(NamedTuple):
    """What of a page is closed: all text if `wholly`; only the `elements` of these `mem_id` if `parts_only`; else nothing."""

    wholly: bool = False
    parts_only: bool = False
    elements: frozenset[int] = frozenset()


OPEN = ClosedText()


def find_closed_text(story: Mapping[str, Any], nodes: Mapping[str, dict[str, Any]], page: Page) -> ClosedText:
    """Returns what `isAccessibleForFree` closes: the parts of the story that CSS selectors name, or else the whole story.

    `nodes` are all JSON-LD nodes of the page by their ID. A selector that is not valid closes the whole story.
    """
    parts = [nodes.get(text(part, "@id"), part) for part in objects(story, "hasPart")]
    closed_parts = [part for part in parts if _is_closed(part)]
    selectors = [text(selector) for part in closed_parts for selector in items(part, "cssSelector")]
    if not selectors:
        return ClosedText(wholly=bool(closed_parts) or _is_closed(story) or _page_is_closed(page))
    if len(selectors) > _MAX_SELECTORS or any(not 0 < len(selector) <= _MAX_SELECTOR for selector in selectors):
        return ClosedText(wholly=True)
    found = [page.find_elements(selector) for selector in selectors]
    valid = [elements for elements in found if elements is not None]
    if len(valid) < len(found):
        return ClosedText(wholly=True)
    return ClosedText(parts_only=True, elements=frozenset().union(*valid))


def _is_closed(node: Mapping[str, Any]) -> bool:
    """Returns whether `isAccessibleForFree` is false, also as the text that publishers write: "False" or schema.org's URL."""
    value = at(node, "isAccessibleForFree")
    return value is False or text(value).rpartition("/")[2].lower() in ("false", "no", "0")


def _page_is_closed(page: Page) -> bool:
    """Returns whether microdata or Facebook's `article:content_tier` ("free", "locked", "metered") closes the page."""
    microdata = page.tree.css('[itemprop="isAccessibleForFree"]')[:_MAX_SELECTORS]
    values = [node.attributes.get("content") or node.attributes.get("href") or node.text() for node in microdata]
    return any(_is_closed({"isAccessibleForFree": value.strip()}) for value in values) or page.meta.get(
        "article:content_tier", ""
    ) in ("locked", "metered")
