"""Measures and shortens texts in UTF-16 units, the largest count that Slack's and Teams's limits may mean."""

from collections.abc import Callable

ELLIPSIS = "…"


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, limit: int, escape: Callable[[str], str] = str) -> str:
    """Returns the text as `escape` writes it; a text of more than `limit` units ends with an ellipsis.

    It is cut at a space if there is one in its second half, and never within an escaped character.
    """
    if units(escape(text)) <= limit:
        return escape(text)
    kept = text[:limit]
    while units(escape(kept)) >= limit:
        kept = kept[:-1]
    head = kept.rpartition(" ")[0]
    kept = head if len(head) > len(kept) // 2 else kept
    return escape(kept.rstrip()) + ELLIPSIS
