"""Names the fields that a newsroom's table may have, and reads those that decide whether and how an article is public."""

from collections.abc import Mapping

from storycard.article import Status
from storycard.ingest.closed_text import is_closed_code

# What a table may name, in the order in which editors think of an article.
FIELDS = (
    *("id", "headline", "language", "deck", "kicker", "section", "label", "social_headline", "social_headline_x"),
    *("bullets", "quotes", "questions", "pull_line", "summary", "body", "byline"),
    *("published_at", "updated_at", "embargo_until", "status", "canonical_url", "image", "brand", "paid", "closed"),
)
_FALSE = ("", "0", "false", "no", "off", "null", "none")
_PUBLISHED = frozenset({"published", "publish", "public", "live", "active", "enabled", "listed", "visible", "true", "1"})
_WITHDRAWN = frozenset({"withdrawn", "trash", "trashed", "deleted", "archived", "unpublished", "removed", "retracted"})


def is_set(value: object) -> bool:
    """Returns whether a flag is set. Unlike in JMESPath, 0, "0", "false" and "no" mean that it is not."""
    return value.strip().lower() not in _FALSE if isinstance(value, str) else bool(value)


def closes(value: object) -> bool:
    """Returns whether a flag or an access level closes the text: any but false, 0, nothing, "public", "free" and the like."""
    return is_set(value) and (not isinstance(value, str) or is_closed_code(value))


def read_status(value: object) -> Status:
    """Returns "published" without a status, and for the names that systems have for it. Any other status is a draft's."""
    if value is None or value is True:
        return "published"
    name = str(value).strip().lower() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return "published" if name in _PUBLISHED else "withdrawn" if name in _WITHDRAWN else "draft"


def says_withdrawn(found: Mapping[str, object]) -> bool:
    """Returns whether the values of `withdrawn` and `status` say that the article is withdrawn."""
    return is_set(found.get("withdrawn")) or read_status(found.get("status")) == "withdrawn"
