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
    """Saves the post without the pause of typing, waits until it is saved, and returns its address."""
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator('.posts[data-saving="saved"]').wait_for()
    drawn(page)
    return page.url


def stop_news(page: "Page") -> None:
    """Leaves the page's questions for news unanswered, so that it learns what others saved only when it saves itself."""
    page.route("**/articles/*/status", lambda _: None)


def path_of(url: str) -> str:
    """Returns the path of the API for a post by the address of its page."""
    return re.sub(r".*#/article/([^/]+)/post/(\w+)$", r"/articles/\1/posts/\2", url)


def posts(room: Newsroom, article_id: str = STORY) -> list[dict]:
    return json.loads(room.call("GET", f"/articles/{article_id}/posts").body)["posts"]


def delete_posts(room: Newsroom, article_id: str) -> None:
    """Deletes the posts of a story: each of them is read whenever its page is opened."""
    answer = room.call("GET", f"/articles/{article_id}/posts")
    for one in json.loads(answer.body).get("posts", []):
        room.call("DELETE", f"/articles/{article_id}/posts/{one['post']}")


def post(room: Newsroom, url: str) -> dict:
    return json.loads(room.call("GET", path_of(url)).body)
