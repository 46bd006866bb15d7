"""The HTML of an article's body into what a card can say: paragraphs, the list that is content, and quotes that are set apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from storycard.article import PullQuote
from storycard.editing.text_metrics import columns
from storycard.ingest.html.blocks import Block, read_blocks
from storycard.ingest.plain_text import clean_quote
from storycard.ingest.quotes.attribution import split_source

_MIN_ITEMS = 2
_MIN_ITEM = 12  # columns on average: shorter are the words of a menu or a table
_MOSTLY = 0.6  # of a list's letters in links: navigation, or stories to read next


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text: `pull_quotes` are those an editor set apart, `block_quotes` those that stand in their own block."""

    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    pull_quotes: tuple[PullQuote, ...] = ()
    block_quotes: tuple[PullQuote, ...] = ()


def read_body(markup: str) -> Body:
    """The parts of a fragment or of a page's article element, whatever is broken or nested in it."""
    return body_of(read_blocks(markup))


def body_of(blocks: list[Block]) -> Body:
    quotes = [(block, _quote(block)) for block in blocks if block.kind == "quote"]
    paragraphs = [block.text for block in blocks if block.kind == "paragraph"]
    return Body(
        paragraphs=tuple(paragraphs),
        bullets=_bullets(blocks),
        pull_quotes=tuple(quote for block, quote in quotes if block.pulled and quote.text),
        block_quotes=tuple(quote for block, quote in quotes if not block.pulled and quote.text),
    )


def _quote(block: Block) -> PullQuote:
    """What is quoted and by whom: from the mark-up, or from a last line that begins with a dash."""
    lines, source = list(block.lines), block.source
    if not source and len(lines) > 1 and lines[-1].lstrip().startswith(("—", "–", "―", "--", "- ")):
        source = lines.pop()
    named = split_source(source)
    return PullQuote(clean_quote(" ".join(lines)), named.speaker, named.role)


def _bullets(blocks: list[Block]) -> tuple[str, ...]:
    """The items of the list that a card can quote from: the key points if they are marked as such, else the first of content."""
    lists = [found for found in _lists(blocks) if _is_content(found)]
    marked = [found for found in lists if found[0].key_points]
    chosen = next(iter(marked or lists), [])
    return tuple(item.text for item in chosen)


def _lists(blocks: list[Block]) -> Iterator[list[Block]]:
    found: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == "item" and block.text:
            found.setdefault(block.list_number, []).append(block)
    yield from found.values()


def _is_content(found: list[Block]) -> bool:
    letters = sum(len(item.text) for item in found)
    linked = sum(item.linked for item in found)
    average = sum(columns(item.text) for item in found) / len(found)
    return len(found) >= _MIN_ITEMS and average >= _MIN_ITEM and linked < letters * _MOSTLY
