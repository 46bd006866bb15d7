"""Reads quotes that are set apart from the text, with the source that their mark-up or their last line names."""

import re
from dataclasses import dataclass

from storycard.article import PullQuote
from storycard.editing.quotation_pairs import find_pairs
from storycard.editing.text_metrics import columns
from storycard.ingest.plain_text import clean_line, clean_quote
from storycard.ingest.quotes.attribution import split_source, without_dash
from storycard.language.reading_words import ReadingWords
from storycard.language.sentences import ends_sentence

_MAX_SOURCE = 120  # columns; a longer line is text
_MAX_CASELESS = 24  # columns of a name in a script without capitals
_MAX_NAME = 6  # words
_TRAILING_DASH = re.compile(r"\s*(?:[—–―~-]+|--)$")
_DASH_BEFORE_WORD = re.compile(r"(?<![—–―~\s-])(?:\s+[—–―~-]+|[—–―]+)\s*(?=\w)")
_BRACKETED = re.compile(r"\s*\((?P<source>[^()]+)\)")
_DASHED = re.compile(r"\s*(?P<source>(?:[—–―]+|--|-(?=\s))\s*\S.*)")


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """The lines of a quote element, the parts of the source that its mark-up names, and the lines behind that source."""

    lines: tuple[str, ...]
    source: tuple[str, ...] = ()
    after_source: tuple[str, ...] = ()


def read_quote(block: QuoteBlock, words: ReadingWords) -> PullQuote:
    """Returns the quote with its speaker and role, which are empty where nothing says who is quoted."""
    lines, parts = _split_marked(block) if block.source else _split_lines(block.lines, words)
    source = split_source(", ".join(part.strip(" ,;|–—-") for part in parts), words)
    return PullQuote(clean_quote(" ".join(lines)), source.speaker, source.role)


def _split_marked(block: QuoteBlock) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Splits a quote whose mark-up names the source: a few words behind it are the role, a dash before it introduces it."""
    after = " ".join(block.after_source)
    if columns(after) > _MAX_SOURCE or ends_sentence(after):
        return block.lines + block.after_source, block.source
    *lines, last = block.lines or ("",)
    return (*lines, _TRAILING_DASH.sub("", last)), block.source + block.after_source


def _split_lines(lines: tuple[str, ...], words: ReadingWords) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Splits lines into those of the quote and those of its source."""
    if len(lines) > 1 and without_dash(lines[-1]) != lines[-1]:
        return lines[:-1], lines[-1:]
    for count in range(len(lines) - 1, max(0, len(lines) - 3), -1):  # a source has at most two lines
        text = " ".join(lines[:count])
        enclosed = clean_quote(text) != clean_line(text)
        role_follows = enclosed or lines[-1][:1].islower()
        if (enclosed or ends_sentence(text)) and len(lines) - count <= 1 + role_follows and _names(lines[count], words, enclosed):
            return lines[:count], lines[count:]
    text = " ".join(lines)
    for end in _quote_ends(text):
        dashed = _DASHED.fullmatch(text, end)
        enclosed = not ends_sentence(text[:end]) or clean_quote(text[:end]) != clean_line(text[:end])
        bracketed = _BRACKETED.fullmatch(text, end)
        source = bracketed["source"] if bracketed else text[end:]
        if _names(source, words, enclosed and bool(dashed or bracketed)):
            return (text[:end],), (source,)
    return lines, ()


def _quote_ends(text: str) -> list[int]:
    """Returns where a quote could end in front of its source: at the closing mark of the first pair, or at a dash."""
    first = next((pair for pair in find_pairs(text) if not text[: pair.start].strip()), None)
    ends = [first.end + 1] if first else []
    dashes = _DASH_BEFORE_WORD.finditer(text, max(0, len(text) - 2 * _MAX_SOURCE))
    return ends + [dash.start() for dash in dashes if ends_sentence(text[: dash.start()])][-1:]


def _names(line: str, words: ReadingWords, certain: bool) -> bool:
    """Returns whether a line is a name, with or without a role. Of one word it is only if it is `certain` to be a source."""
    line = without_dash(clean_line(line))
    if not line or columns(line) > _MAX_SOURCE or (line.endswith((".", "!", "?", "…", ":")) and not line[-3:-2].isupper()):
        return False
    names = split_source(line, words).speaker.split()
    if line.lower() == line.upper():
        return certain and columns(line) <= _MAX_CASELESS
    capitalised = [name[:1].isupper() or name in words.name_particles for name in names]
    return all(capitalised) and names[0][0].isupper() and 2 - certain <= len(names) <= _MAX_NAME
