"""A text export into its lines, and out of them the quotes, each known by the line that names its speaker."""

import re
from dataclasses import dataclass

from storycard.article import PullQuote
from storycard.editing.text_metrics import columns
from storycard.ingest.plain_text import clean_line, clean_quote

_BULLET = re.compile(r"(?:[•‣◦▪●∙·・*]|[-–](?=\s))\s*(?=\S)")
_DASHES = re.compile(r"(?:[—–―‒]|--|-(?=\s))\s*(?=[^\s—–―-])")
# Up to the first comma it is the name, but for what belongs to one: Martin Luther King, Jr.
_SOURCE = re.compile(
    r"(?P<speaker>.+?(?:,\s*(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D)\b\.?)?)(?:\s*[,，、،]\s*(?P<role>.+))?",
    re.IGNORECASE,
)
_SENTENCE_ENDS = ".!?…。．！？؟۔।॥။។፧።։;\u037e"
_CLOSING = "\"'”’“»«›‹」』)]）】"

_MAX_QUOTE_LINES = 20
_MAX_SOURCE = 200  # columns of a speaker with role
_MAX_APART = 120  # columns of one that a blank line parts from its quote: a line of dialogue may begin with a dash as well
_MAX_WRAPPED = 240  # columns: what is longer is a paragraph, not a line of a quote


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank; lines with no blank line between them share a block, counted from 0."""

    text: str
    block: int

    @property
    def is_bullet(self) -> bool:
        return _BULLET.match(self.text) is not None

    @property
    def names_source(self) -> bool:
        return _DASHES.match(self.text) is not None and columns(self.text) <= _MAX_SOURCE


def read_lines(text: str) -> list[Line]:
    """The lines of `text`, cleaned; an indented one that goes on from a bullet is joined to it."""
    lines: list[Line] = []
    block, after_blank = -1, True
    for raw in re.split(r"[\n\x0b\x0c\x85\u2028\u2029]", text):
        line = clean_line(raw)
        if not line:
            after_blank = True
            continue
        block += after_blank
        goes_on = not after_blank and raw[:1].isspace() and lines[-1].is_bullet and not _BULLET.match(line)
        if goes_on and not _DASHES.match(line):
            lines[-1] = Line(f"{lines[-1].text} {line}", block)
        else:
            lines.append(Line(line, block))
        after_blank = False
    return lines


def take_quotes(lines: list[Line]) -> tuple[tuple[PullQuote, ...], list[Line]]:
    """The quotes, and the lines that belong to none; the first line is the headline and never a quote's."""
    quotes: list[PullQuote] = []
    others = lines[:1]
    quotable = 0  # how many of the last `others` have stood in one block since the last quote
    for index, line in enumerate(lines[1:], start=1):
        apart = line.block != lines[index - 1].block
        quotable = 0 if apart else quotable
        taken = _quote_length(lines, index, others, quotable)
        if taken:
            quotes.append(_quote([other.text for other in others[-taken:]], line.text))
            del others[-taken:]
            quotable = 0
        else:
            others.append(line)
            quotable += 1
    return tuple(quote for quote in quotes if quote.text), others


def bullet_text(line: Line) -> str:
    return _BULLET.sub("", line.text, count=1)


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, closing marks aside."""
    return text.rstrip(_CLOSING).endswith(tuple(_SENTENCE_ENDS))


def looks_like_name(text: str, limit: int) -> bool:
    """Whether `text` could be a label or a title: at most `limit` columns, and no sentence."""
    return columns(text) <= limit and not ends_sentence(text)


def _quote_length(lines: list[Line], index: int, others: list[Line], quotable: int) -> int:
    """How many of the last `others` the line at `index` names the speaker of; 0 when it names none."""
    line = lines[index]
    if not line.names_source or others[-1].is_bullet or len(others) == 1:
        return 0
    following = lines[index + 1 : index + 2]
    if line.is_bullet and following and following[0].is_bullet:
        return 0  # a list, whose marks are hyphens
    if quotable:
        return _quote_lines([other.text for other in others[-min(quotable, _MAX_QUOTE_LINES) :]])
    # With a blank line between: a long dash only, and nothing that reads like a line of dialogue.
    follows_directly = line.block != lines[index - 1].block and others[-1] == lines[index - 1]
    apart = follows_directly and not line.text.startswith("-") and looks_like_name(line.text, _MAX_APART)
    return 1 if apart else 0


def _quote_lines(texts: list[str]) -> int:
    """How many of the last `texts` are the quote: from its opening mark on, or else from the last long paragraph on."""
    for start in range(len(texts) - 1, 0, -1):
        quoted = " ".join(texts[start:])
        if clean_quote(quoted) != quoted:
            return len(texts) - start
    long = [start for start, text in enumerate(texts[:-1]) if columns(text) > _MAX_WRAPPED]
    return len(texts) - (long[-1] + 1 if long else 0)


def _quote(texts: list[str], source: str) -> PullQuote:
    named = _SOURCE.fullmatch(_DASHES.sub("", source, count=1))
    return PullQuote(clean_quote(" ".join(texts)), named["speaker"], named["role"] or "")
