"""Reads JSON Feed, versions 1 and 1.1. https://www.jsonfeed.org/version/1.1/"""

import json

from storycard.errors import FeedInvalid, kind_of
from storycard.ingest.feeds.entry import MAX_ENTRIES, FeedEntry, build_entry
from storycard.ingest.fields import first_text, json_fault, objects, text
from storycard.ingest.web_addresses import web_address


def read_json_feed(document: str, url: str) -> list[FeedEntry]:
    """Returns the entries. Raises FeedInvalid."""
    try:
        feed = json.loads(document)
    except (RecursionError, ValueError) as error:
        raise FeedInvalid("feed", *json_fault(error)) from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FeedInvalid("feed", "a JSON Feed with a list of items", kind_of(feed))
    found = [
        build_entry(
            first_text(text(item, "url"), web_address(text(item, "id"))),
            url,
            *(text(item, name) for name in ("title", "date_published", "date_modified")),
        )
        for item in objects(feed, "items")[: 2 * MAX_ENTRIES]
    ]
    return [entry for entry in found if entry]
