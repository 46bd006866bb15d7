"""Extracts paragraphs, bullets and set-apart quotes from the HTML of an article's body."""

from dataclasses import dataclass

from storycard.editing.text_metrics import columns
from storycard.ingest.html.blocks import Block, read_blocks
from storycard.ingest.quotes.quote_blocks import QuoteBlock

_MIN_ITEMS = 2
_MIN_ITEM = 12  # columns on average; menus and tables have shorter items
_MAX_LINKED = 0.6  # share of a list's characters in links; navigation and related stories have more


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article's body.

    `pull_quotes` are the quotes that an editor marked as such, `block_quotes` those in any other quote element.
    """

    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    pull_quotes: tuple[QuoteBlock, ...] = ()
    block_quotes: tuple[QuoteBlock, ...] = ()


def read_body(markup: str) -> Body:
    """Reads an HTML fragment, well-formed or not."""
    return build_body(read_blocks(markup))


def build_body(blocks: list[Block]) -> Body:
    """Sorts the blocks of an article into a Body."""
    quotes = [(block.pulled, QuoteBlock(tuple(block.lines), tuple(block.source))) for block in blocks if block.kind == "quote"]
    return Body(
        paragraphs=tuple(block.text for block in blocks if block.kind == "paragraph"),
        bullets=_bullets(blocks),
        pull_quotes=tuple(quote for pulled, quote in quotes if pulled),
        block_quotes=tuple(quote for pulled, quote in quotes if not pulled),
    )


def _bullets(blocks: list[Block]) -> tuple[str, ...]:
    """Returns the items of the first list marked as key points, else of the first list that is content."""
    by_number: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == "item" and block.text:
            by_number.setdefault(block.list_number, []).append(block)
    lists = [items for items in by_number.values() if _is_content(items)]
    key_points = [items for items in lists if items[0].key_points]
    return tuple(item.text for item in next(iter(key_points or lists), []))


def _is_content(items: list[Block]) -> bool:
    length = sum(len(item.text) for item in items)
    linked = sum(item.linked for item in items)
    average = sum(columns(item.text) for item in items) / len(items)
    return len(items) >= _MIN_ITEMS and average >= _MIN_ITEM and linked < length * _MAX_LINKED
