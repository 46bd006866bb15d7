"""Splits a text export into lines and extracts its quotes, found by the line that names the speaker."""

import re
from dataclasses import dataclass

from storycard.article import PullQuote
from storycard.editing.text_metrics import columns
from storycard.ingest.plain_text import clean_line, clean_quote
from storycard.ingest.quotes.attribution import split_source
from storycard.ingest.quotes.narration import without_narration
from storycard.language.reading_words import ReadingWords
from storycard.language.sentences import ends_sentence

_BULLET = re.compile(r"(?:[•‣◦▪●∙·・*]|[-–](?=\s))\s*(?=\S)")
_DASHES = re.compile(r"(?:[—–―‒]|--|-(?=\s))\s*(?=[^\s—–―-])")
_CLOSING = "\"'”’“»«›‹」』)]）】"

_MAX_QUOTE_LINES = 20
_MAX_SOURCE = 200  # columns of speaker and role
_MAX_APART = 120  # columns of speaker and role after a blank line; a longer line is probably dialogue
_MAX_WRAPPED = 240  # columns; a longer line is a paragraph, not a line of a quote


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. Adjacent lines share a block number, counted from 0; a blank line begins a new block."""

    text: str
    block: int

    @property
    def is_bullet(self) -> bool:
        return _BULLET.match(self.text) is not None

    @property
    def names_source(self) -> bool:
        return _DASHES.match(self.text) is not None and columns(self.text) <= _MAX_SOURCE


def read_lines(text: str) -> list[Line]:
    """Returns the cleaned lines of `text`. An indented line that continues a bullet is joined to it."""
    lines: list[Line] = []
    block, after_blank = -1, True
    for raw in re.split(r"[\n\x0b\x0c\x85\u2028\u2029]", text):
        line = clean_line(raw)
        if not line:
            after_blank = True
            continue
        block += after_blank
        continues = not after_blank and raw[:1].isspace() and lines[-1].is_bullet and not _BULLET.match(line)
        if continues and not _DASHES.match(line):
            lines[-1] = Line(f"{lines[-1].text} {line}", block)
        else:
            lines.append(Line(line, block))
        after_blank = False
    return lines


def take_quotes(lines: list[Line], words: ReadingWords) -> tuple[tuple[PullQuote, ...], list[Line]]:
    """Returns the quotes and the remaining lines. The first line is the headline and never belongs to a quote."""
    quotes: list[PullQuote] = []
    others = lines[:1]
    quotable = 0  # how many of the last `others` share a block and follow the last quote
    for index, line in enumerate(lines[1:], start=1):
        starts_block = line.block != lines[index - 1].block
        quotable = 0 if starts_block else quotable
        taken = _quote_length(lines, index, others, quotable)
        if taken:
            quotes.append(_quote([other.text for other in others[-taken:]], line.text, words))
            del others[-taken:]
            quotable = 0
        else:
            others.append(line)
            quotable += 1
    return tuple(quote for quote in quotes if quote.text), others


def bullet_text(line: Line) -> str:
    """Returns the text of a bullet without its mark."""
    return _BULLET.sub("", line.text, count=1)


def looks_like_name(text: str, limit: int) -> bool:
    """Returns whether `text` could be a label or a title: at most `limit` columns long, and not a sentence.

    A semicolon ends one too, since Greek types its question mark so.
    """
    return columns(text) <= limit and not ends_sentence(text) and not text.endswith(";")


def _quote_length(lines: list[Line], index: int, others: list[Line], quotable: int) -> int:
    """Returns how many of the last `others` form the quote whose speaker the line at `index` names; 0 if it names none."""
    line = lines[index]
    if not line.names_source or others[-1].is_bullet or len(others) == 1:
        return 0
    following = lines[index + 1 : index + 2]
    if line.is_bullet and following and following[0].is_bullet:
        return 0  # a list with hyphens as bullets
    if quotable:
        return _quote_lines([other.text for other in others[-min(quotable, _MAX_QUOTE_LINES) :]])
    # After a blank line only a long dash counts, and the line must not read like dialogue.
    follows_directly = line.block != lines[index - 1].block and others[-1] == lines[index - 1]
    return int(follows_directly and not line.text.startswith("-") and looks_like_name(line.text, _MAX_APART))


def _quote_lines(texts: list[str]) -> int:
    """Returns how many of the last `texts` form the quote: those from its opening mark, or those after the last paragraph."""
    for start in range(len(texts) - 1, 0, -1):
        quoted = " ".join(texts[start:])
        if clean_quote(quoted) != quoted:
            return len(texts) - start
    long = [start for start, text in enumerate(texts[:-1]) if columns(text) > _MAX_WRAPPED]
    return len(texts) - (long[-1] + 1 if long else 0)


def _quote(texts: list[str], line: str, words: ReadingWords) -> PullQuote:
    source = split_source(line, words)
    return PullQuote(clean_quote(without_narration(" ".join(texts))), source.speaker, source.role)
