"""Reads the plain-text export of an article. Its parts have no names; position and shape identify them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from storycard.article import Article, PullQuote, QuestionAndAnswer
from storycard.editing.text_metrics import columns, overlap, plain_words
from storycard.errors import ArticleInvalid
from storycard.ingest.encodings import decode_text
from storycard.ingest.formats.parts.export_lines import Line, bullet_text, looks_like_name, read_lines, take_quotes
from storycard.ingest.plain_text import unify_line_ends
from storycard.ingest.questions.pairs import build_pair, is_interview
from storycard.ingest.read_options import ReadOptions
from storycard.language.reading_words import ReadingWords
from storycard.language.speech_words import SpeechWords

_LONG = 220  # columns; decks are shorter, almost all ledes longer
_MAX_LONG_BEFORE_BULLETS = 3  # a list further down belongs to the body
_MAX_LABEL = 40  # columns
_MAX_TITLE = 120  # columns
_MAX_FOOTER = 80  # columns
_MAX_SUMMARY = 12  # paragraphs
_RESTART = 0.5  # paragraphs on one subject share up to 0.45 of their letter groups; a retelling shares 0.6 or more


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn of the question-and-answer part: the speaker's label, and what the speaker said."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The parts of a text export, in its order. A missing part is empty. The footer is dropped."""

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


def read_text_export(data: bytes, options: ReadOptions) -> Article:
    """Reads a text export. An ID and a language are required in `options`, because the export names neither.

    Ignores `options.paid_text`: an export does not say which of its text is closed.

    Raises ArticleInvalid naming `id`, `language`, `body` (not readable, too large) or the part at fault.
    """
    text, notice = decode_text(data, options.charset)
    export = parse_export(unify_line_ends(text), options.languages.reading_words)
    language = _required(options.language, "language")
    return Article(
        id=_required(options.article_id, "id"),
        headline=export.headline,
        language=language,
        deck=export.deck,
        pull_line=export.pull_line,
        bullets=export.bullets,
        quotes=export.quotes,
        questions=_questions(export, options.languages.speech_words(language)),
        summary=" ".join(export.summary) or export.lede,
        notices=(notice,) if notice else (),
    )


def _questions(export: Export, words: SpeechWords) -> tuple[QuestionAndAnswer, ...]:
    """Returns the questions and answers; none if a label is a name, or somebody speaks of themselves: an interview."""
    turns = export.exchanges
    built = (build_pair(one.text, other.text) for one, other in pairwise(turns) if one.speaker != other.speaker)
    pairs = tuple(pair for pair in built if pair)
    named = any(len(turn.speaker.split()) > 1 for turn in turns)
    return () if named or is_interview(pairs, words) else pairs


def _required(given: str | None, field: str) -> str:
    if not given:
        raise ArticleInvalid(field, "a value given beside the text export, which has none", "nothing")
    return given


def parse_export(text: str, words: ReadingWords) -> Export:
    """Splits an export into its parts by order, length, leading marks and blank lines.

    Raises ArticleInvalid naming `headline` if there is no text.
    """
    lines = read_lines(text)
    if not lines:
        raise ArticleInvalid("headline", "text", "nothing")
    quotes, lines = take_quotes(lines, words)
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
    """Splits lines without bullets into the head (pull line, deck and lede) and the rest."""
    lede = next((index for index, line in enumerate(lines) if columns(line.text) > _LONG), len(lines))
    if lede > 3:  # only short paragraphs: the first block is pull line and deck, the next paragraph the lede
        lede = sum(line.block == lines[0].block for line in lines[:2])
    return lines[: lede + 1], lines[lede + 1 :]


def _head(lines: Sequence[Line], retold: str) -> _Head:
    """Identifies pull line, deck and lede. A line on its own is a pull line if the story repeats its words, else a deck."""
    short = next((index for index, line in enumerate(lines) if columns(line.text) > _LONG), len(lines))
    texts = [line.text for line in lines]
    alone = short == 1 or (short == len(lines) == 2 and lines[0].block != lines[1].block)
    if alone and plain_words(texts[0]) not in retold:
        return _Head("", texts[0], " ".join(texts[1:]))
    if short == 1:
        return _Head(texts[0], "", " ".join(texts[1:]))
    if short == 0:
        return _Head(lede=" ".join(texts))
    return _Head(texts[0], texts[1], " ".join(texts[2:]))


def _conversation(lines: Sequence[Line]) -> _Conversation | None:
    """Finds the question-and-answer part: at least two labels that alternate, each on its own line above what is said."""
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
    else:  # a single question and answer look like two headings in the body, except for the title above them
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
    """Returns the index of the paragraph that retells the first one, where the body begins; 0 if there is no summary."""
    again = {index: overlap(prose[0], prose[index]) for index in range(1, min(len(prose), _MAX_SUMMARY + 1))}
    best = max(again, key=lambda index: again[index], default=0)
    return best if again.get(best, 0) >= _RESTART else 0
