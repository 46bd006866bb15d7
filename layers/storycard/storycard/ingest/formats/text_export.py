"""The plain-text export of an article, parts told only by place and shape, into an Article."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from storycard.article import Article, PullQuote
from storycard.editing.text_metrics import columns, overlap, plain_words
from storycard.errors import ArticleInvalid
from storycard.ingest.formats.export_lines import Line, bullet_text, looks_like_name, read_lines, take_quotes
from storycard.ingest.plain_text import decode

_LONG = 220  # columns: no deck has more, hardly a lede has less
_MAX_LONG_BEFORE_BULLETS = 3  # a list further down belongs to the body
_MAX_LABEL = 40  # columns
_MAX_TITLE = 120  # columns
_MAX_FOOTER = 80  # columns
_MAX_SUMMARY = 12  # paragraphs
_RESTART = 0.5  # two paragraphs on one subject share up to 0.45 of their letter groups, a retelling 0.6 and more


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn of the question-and-answer part: the speaker's label and what was said."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The parts of a text export, in the order they stand there; one that is missing is empty. The footer is dropped."""

    headline: str
    pull_line: str = ""
    deck: str = ""
    lede: str = ""
    bullets: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    quotes: tuple[PullQuote, ...] = ()
    section_title: str = ""
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class _Head:
    pull_line: str = ""
    deck: str = ""
    lede: str = ""


@dataclass(frozen=True, slots=True)
class _Conversation:
    start: int
    title: str
    exchanges: tuple[Exchange, ...]


def read_text_export(data: bytes, article_id: str | None = None, language: str | None = None) -> Article:
    """A text export in UTF-8, which names neither its ID nor its language: both must be given.

    Raises ArticleInvalid naming `id`, `language`, `body` (not UTF-8, too large) or the part at fault.
    """
    export = parse_export(decode(data))
    for field, given in (("id", article_id), ("language", language)):
        if not given:
            raise ArticleInvalid(field, "a value given beside the text export, which has none", "nothing")
    return Article(
        id=article_id,
        headline=export.headline,
        language=language,
        deck=export.deck,
        pull_line=export.pull_line,
        bullets=export.bullets,
        quotes=export.quotes,
        summary=" ".join(export.summary) or export.lede,
    )


def parse_export(text: str) -> Export:
    """The parts of an export, told by their order, their length, the marks before them and the blank lines between them."""
    lines = read_lines(text)
    if not lines:
        raise ArticleInvalid("headline", "text", "nothing")
    quotes, lines = take_quotes(lines)
    rest = lines[1:]
    bullets = _bullet_run(rest)
    above, below = (rest[: bullets.start], rest[bullets.stop :]) if bullets else _split_head(rest)
    retold = plain_words(" ".join([line.text for line in below] + [quote.text for quote in quotes]))
    head = _head(above, retold)
    conversation = _conversation(below)
    paragraphs = below[: conversation.start] if conversation else _without_footer(below)
    prose = tuple(line.text for line in paragraphs)
    restart = _restart(prose)
    return Export(
        headline=lines[0].text,
        pull_line=head.pull_line,
        deck=head.deck,
        lede=head.lede,
        bullets=tuple(bullet_text(rest[index]) for index in bullets),
        summary=prose[:restart],
        body=prose[restart:],
        quotes=quotes,
        section_title=conversation.title if conversation else "",
        exchanges=conversation.exchanges if conversation else (),
    )


def _bullet_run(lines: Sequence[Line]) -> range:
    start = next((index for index, line in enumerate(lines) if line.is_bullet), len(lines))
    stop = next((index for index in range(start, len(lines)) if not lines[index].is_bullet), len(lines))
    long_before = sum(columns(line.text) > _LONG for line in lines[:start])
    return range(start, stop) if long_before <= _MAX_LONG_BEFORE_BULLETS else range(0)


def _split_head(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Without bullets to divide them: pull line, deck and lede, and everything below."""
    lede = next((index for index, line in enumerate(lines) if columns(line.text) > _LONG), len(lines))
    if lede > 3:  # nothing but short paragraphs here: pull line and deck are one block, the lede is the paragraph after
        lede = sum(line.block == lines[0].block for line in lines[:2])
    return lines[: lede + 1], lines[lede + 1 :]


def _head(lines: Sequence[Line], retold: str) -> _Head:
    """Pull line, deck and lede; a pull line standing alone is known by its words, which the story says as well."""
    short = next((index for index, line in enumerate(lines) if columns(line.text) > _LONG), len(lines))
    texts = [line.text for line in lines]
    alone = short == 1 or (short == len(lines) == 2 and lines[0].block != lines[1].block)
    if alone and plain_words(texts[0]) not in retold:
        return _Head("", texts[0], " ".join(texts[1:]))
    if short == 1:
        return _Head(texts[0], "", " ".join(texts[1:]))
    first = min(short, 2)
    return _Head(*texts[:first], lede=" ".join(texts[first:]))


def _conversation(lines: Sequence[Line]) -> _Conversation | None:
    """The question-and-answer part: two or more labels that take turns, each on a line of its own above what is said."""
    names = [line.text.rstrip(":： ") for line in lines]
    labels = [
        index
        for index, (line, said) in enumerate(pairwise(lines))
        if looks_like_name(names[index], _MAX_LABEL) and not looks_like_name(said.text, _MAX_LABEL)
    ]
    times = Counter(names[index] for index in labels)
    again = [index for index in labels if times[names[index]] > 1]
    if len({names[index] for index in again}) > 1:
        turns = again
    elif again:
        turns = [index for index in labels if index >= again[0]]
    else:  # one question and one answer look like two headings in the body, but for the title above them
        turns = labels[-2:]
        if len(turns) < 2 or turns[1] != turns[0] + 2 or turns[0] == 0 or not looks_like_name(names[turns[0] - 1], _MAX_TITLE):
            return None
    if len({names[index] for index in turns}) < 2:
        return None
    has_title = turns[0] > 0 and looks_like_name(names[turns[0] - 1], _MAX_TITLE)
    said = [lines[turn + 1 : end] for turn, end in pairwise([*turns, len(lines)])]
    said[-1] = [said[-1][0], *_without_footer(said[-1][1:])]
    exchanges = (Exchange(names[turn], " ".join(line.text for line in part)) for turn, part in zip(turns, said, strict=True))
    return _Conversation(turns[0] - has_title, lines[turns[0] - 1].text if has_title else "", tuple(exchanges))


def _without_footer(lines: Sequence[Line]) -> Sequence[Line]:
    end = len(lines)
    while end and (looks_like_name(lines[end - 1].text, _MAX_FOOTER) or "©" in lines[end - 1].text):
        end -= 1
    return lines[:end]


def _restart(prose: Sequence[str]) -> int:
    """Where the body begins: at the paragraph that tells the summary's first one again. 0 when there is no summary."""
    again = {index: overlap(prose[0], prose[index]) for index in range(1, min(len(prose), _MAX_SUMMARY + 1))}
    best = max(again, key=again.get, default=0)
    return best if again.get(best, 0) >= _RESTART else 0
