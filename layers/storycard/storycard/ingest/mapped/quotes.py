"""Reads the quotes that a newsroom's table found: objects with text, speaker and role, texts, or a document with quotes."""

from storycard.article import MAX_ITEMS, PullQuote
from storycard.ingest.documents.rich_text import as_html
from storycard.ingest.documents.visibility import visible
from storycard.ingest.draft import quote_fits
from storycard.ingest.html.body import read_body
from storycard.ingest.mapped.values import MAX_SOURCE, Values, first_items, one_line
from storycard.ingest.plain_text import clean_quote
from storycard.ingest.quotes.narration import without_narration
from storycard.ingest.quotes.quote_blocks import QuoteBlock, read_quote
from storycard.language.reading_words import ReadingWords


def read_quotes(values: Values, words: ReadingWords) -> tuple[PullQuote, ...]:
    """Returns the quotes in the value of `quotes`."""
    value = values.values.get("quotes")
    entries = visible(value[: 10 * MAX_ITEMS] if isinstance(value, list) else [value])
    if all(_is_quote(entry) for entry in entries):
        found = (_quote(entry, words) for entry in entries)
    else:
        body = read_body(as_html(value), words)
        found = (read_quote(block, words) for block in (*body.pull_quotes, *body.block_quotes))
    kept = first_items(quote for quote in found if quote.text and quote_fits(quote))
    if not kept and values.has("quotes"):
        values.refuse("quotes", "a list of objects with text, speaker and role, or a document with quotes")
    return kept


def _is_quote(entry: object) -> bool:
    return entry is None or isinstance(entry, str) or (isinstance(entry, dict) and "text" in entry and "type" not in entry)


def _quote(entry: object, words: ReadingWords) -> PullQuote:
    if isinstance(entry, dict):
        text = clean_quote(without_narration(one_line(entry.get("text"))))
        return PullQuote(text, one_line(entry.get("speaker")), one_line(entry.get("role")))
    lines = tuple(map(one_line, entry.splitlines())) if isinstance(entry, str) and len(entry) <= MAX_SOURCE else ()
    return read_quote(QuoteBlock(tuple(filter(None, lines))), words)
