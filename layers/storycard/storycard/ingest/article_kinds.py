"""Distinguishes articles from other things that a CMS sends in the same format: pages, pictures, packages, menus."""

from collections.abc import Mapping

from storycard.errors import ArticleInvalid
from storycard.ingest.fields import at, first_text, text

POST_TYPES = ("post",)  # WordPress's post types that are articles, unless a newsroom names its own


def ghost_kind(post: Mapping[str, object]) -> str:
    """Returns "page" for a page of Ghost, which is built like a post, else "post"."""
    return "page" if at(post, "page") is True or text(post, "type") == "page" else "post"


def wordpress_kind(post: Mapping[str, object]) -> str:
    """Returns the post type, "post" if none is given. Revisions, pages, attachments and menu items are posts to WordPress too.

    https://developer.wordpress.org/themes/classic-themes/basics/post-types/
    """
    return first_text(text(post, "post_type"), text(post, "type"), "post")


def ans_kind(content: Mapping[str, object]) -> str:
    """Returns the type of an ANS document, "story" if none is given; others are "gallery", "image", "video", "redirect" ..."""
    return first_text(text(content, "type"), "story")


def ninjs_kind(item: Mapping[str, object]) -> str:
    """Returns the type of a news item, "text" if none is given.

    Others are "picture", "graphic", "audio", "video", "composite" (a package), "component", "planning", "event".
    """
    return first_text(text(item, "type").lower(), "text")


def require_kind(kind: str, *expected: str) -> None:
    """Raises ArticleInvalid naming `type` if `kind` is none of `expected`, the kinds that articles have."""
    if kind not in expected:
        named = " or ".join(map(repr, expected))
        raise ArticleInvalid("type", f"{named}, since nothing else is an article", f"{kind[:60]!r}")
