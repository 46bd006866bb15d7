"""Measures and shortens texts in UTF-16 units, the largest count that Slack's and Teams's limits may mean."""

from collections.abc import Callable

from storycard.editing.text_metrics import utf16_units

ELLIPSIS = "…"


def shortened(text: str, limit: int, escape: Callable[[str], str] = str) -> str:
    """Returns the text as `escape` writes it; a text of more than `limit` units ends with an ellipsis.

    It is cut at a space if there is one in its second half, and never within an escaped character.
    """
    if utf16_units(escape(text)) <= limit:
        return escape(text)
    kept = text[:limit]
    while utf16_units(escape(kept)) >= limit:
        kept = kept[:-1]
    head = kept.rpartition(" ")[0]
    kept = head if len(head) > len(kept) // 2 else kept
    return escape(kept.rstrip()) + ELLIPSIS
