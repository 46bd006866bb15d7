"""Reads the names that CMSs give to events: `post.unpublished`, `story:delete`, `trashed_post`, `publish_to_draft`."""

import re
from collections.abc import Iterable, Mapping

from storycard.ingest.fields import raw_text

_NAME = re.compile(r"[\w.:/ -]{1,80}")  # in an article, a field of the same name usually holds a longer text
# The keys under which CMSs and their plugins name an event. Arc XP uses `key`, Standard Webhooks `type`, ANS `operation`.
_NAME_KEYS = (
    *("event", "event_name", "eventName", "event_type", "eventType", "action", "hook", "operation", "key", "trigger"),
    "type",
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")  # also the words of "postDeleted"
_WITHDRAWN = frozenset(
    {"delete", "deleted", "trash", "trashed", "unpublish", "unpublished", "withdraw", "withdrawn", "archive", "archived"}
    | {"retract", "retracted"}
)
_PUBLISHED = frozenset({"publish", "published"})
_ARTICLES = frozenset({"post", "article", "story", "entry", "document", "item", "content"})
# Parts of an article or a site, whose deletion does not withdraw the article: "deleted_post_meta", "comment.deleted".
_PARTS = frozenset(
    {"meta", "postmeta", "revision", "autosave", "thumbnail", "comment", "comments", "term", "terms", "tag", "tags"}
)
_OTHERS = frozenset(
    {"attachment", "media", "image", "photo", "video", "gallery", "audio", "asset", "page", "user", "author", "member", "menu"}
    | {"category", "taxonomy", "section", "site", "collection", "redirect", "plugin", "theme", "option", "newsletter", "widget"}
)


def event_names(envelope: Mapping[str, object], topic: str = "") -> tuple[str, ...]:
    """Returns every name of the event: the one in the sender's headers (`topic`), and those in the body."""
    nested = raw_text(envelope, "event", "type")
    named = (topic, nested, *(raw_text(envelope, key) for key in _NAME_KEYS))
    return tuple(name for name in named if _NAME.fullmatch(name))


def says_withdrawn(names: Iterable[str]) -> bool:
    """Returns whether a name says that an article is no longer public. WordPress calls a change of status `publish_to_draft`."""
    return any(_withdraws(_words(name)) for name in names)


def says_deleted(names: Iterable[str]) -> bool:
    """Returns whether a name says that an article was deleted, so that its own date is that of an earlier edit."""
    return any(not {"delete", "deleted"}.isdisjoint(_words(name)) for name in names)


def is_about_something_else(names: Iterable[str]) -> bool:
    """Returns whether a name says that the event is about a comment, a picture, a page or the like."""
    words = {word for name in names for word in _words(name)}
    return not _PARTS.isdisjoint(words) or (not _OTHERS.isdisjoint(words) and _ARTICLES.isdisjoint(words))


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _withdraws(words: list[str]) -> bool:
    before, after = (words[: words.index("to")], words[words.index("to") + 1 :]) if "to" in words else ([], words)
    no_longer_public = not _PUBLISHED.isdisjoint(before) and _PUBLISHED.isdisjoint(after)
    return no_longer_public or not _WITHDRAWN.isdisjoint(after)
