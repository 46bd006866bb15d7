"""Reads and waits for the posts of the Studio."""

import json
import re
from typing import TYPE_CHECKING

from support.studio_stack import Newsroom, drawn

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

STORY = "harbour-barriers"


def headline(page: "Page") -> "Locator":
    return page.get_by_label("Headline", exact=True)


def saved(page: "Page") -> str:
    """Waits until the post is saved, and returns its address."""
    page.locator('.posts[data-saving="saved"]').wait_for()
    drawn(page)
    return page.url


def path_of(url: str) -> str:
    """Returns the path of the API for a post by the address of its page."""
    return re.sub(r".*#/article/([^/]+)/post/(\w+)$", r"/articles/\1/posts/\2", url)


def posts(room: Newsroom, article_id: str = STORY) -> list[dict]:
    return json.loads(room.call("GET", f"/articles/{article_id}/posts").body)["posts"]


def post(room: Newsroom, url: str) -> dict:
    return json.loads(room.call("GET", path_of(url)).body)
