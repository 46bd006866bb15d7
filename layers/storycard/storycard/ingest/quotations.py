"""Running text into quotes with the people who said them, where the text itself leaves no doubt who did."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storycard.article import PullQuote
from storycard.editing.quotation_pairs import Pair, find_pairs
from storycard.editing.text_metrics import columns, plain_words
from storycard.ingest.plain_text import clean_line, clean_quote
from storycard.ingest.speech import (
    CASELESS_AFTER,
    CASELESS_BEFORE,
    DASHES,
    NAME_THEN_VERB,
    PRONOUN,
    ROLE,
    VERB_THEN_NAME,
    full_names,
    is_name,
)

if TYPE_CHECKING:
    from storycard.ingest.html_body import Body

_MIN_QUOTE = 24  # columns: shorter are single words, titles, irony
_MAX_PARAGRAPH = 5_000  # characters
_MAX_PARAGRAPHS = 500  # a live blog's newest entries stand on top
_NAMED = re.compile(
    r"(?P<speaker>.+?(?:,\s*(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D)\b\.?)?)(?:\s*(?:[,，、،;|]|\s[–—-]\s)\s*(?P<role>.+))?",
    re.IGNORECASE,
)
_SPACED_MARKS = re.compile(r"(?<=[“\"«„])\s+(?=[‘'‚‹])")  # a thin space that keeps two marks apart
_LEADING_DASH = re.compile(r"\s*(?:[—–―‒]|--|-(?=\s))\s*")


@dataclass(frozen=True, slots=True)
class Source:
    """Who is quoted."""

    speaker: str = ""
    role: str = ""


def split_source(text: str) -> Source:
    """A line that names who is quoted, "— Name, role", into the two."""
    named = _NAMED.fullmatch(clean_line(_LEADING_DASH.sub("", text, count=1))[:1_000].strip(" ,"))
    return Source(named["speaker"].strip(" ,:"), (named["role"] or "").strip()) if named else Source()


def all_quotes(body: "Body") -> tuple[PullQuote, ...]:
    """What an editor set apart first, then blocks, then speech in the text; each quote once, by whoever names its speaker."""
    said = spoken(body.paragraphs)
    set_apart = [_with_speaker(quote, said) for quote in (*body.pull_quotes, *body.block_quotes)]
    kept: list[PullQuote] = []
    words: list[str] = []
    for quote in (*set_apart, *said):
        plain = plain_words(quote.text)
        if plain and not any(plain in other or other in plain for other in words):
            kept.append(quote)
            words.append(plain)
    return tuple(kept)


def spoken(paragraphs: tuple[str, ...]) -> tuple[PullQuote, ...]:
    """The direct speech in `paragraphs` whose speaker the same sentence names, or a pronoun that can mean one person only."""
    people = full_names(paragraphs)
    quotes = []
    for paragraph in paragraphs[:_MAX_PARAGRAPHS]:
        if len(paragraph) <= _MAX_PARAGRAPH:
            quotes += _dialogue(paragraph, people) or _quoted(paragraph, people)
    return tuple(quotes)


def unattributed(text: str) -> PullQuote:
    """A block of speech whose last clause says who spoke, "..., says Name, role", as agencies write them, into its parts."""
    clause = re.search(rf"[,，]\s*(?:{VERB_THEN_NAME.pattern})", text)
    if not clause or columns(text[: clause.start()]) < _MIN_QUOTE:
        return PullQuote(clean_quote(text))
    role = ROLE.match(text, clause.end())
    return PullQuote(clean_quote(text[: clause.start()]), clause["name"], clean_line(role["role"]) if role else "")


def _with_speaker(quote: PullQuote, said: tuple[PullQuote, ...]) -> PullQuote:
    """A quote set apart without a speaker, by whom the text itself has it from."""
    if quote.speaker:
        return quote
    within = unattributed(quote.text)
    if within.speaker:
        return within
    plain = plain_words(quote.text)
    same = next((other for other in said if plain and plain in plain_words(other.text)), None)
    return PullQuote(quote.text, same.speaker, same.role) if same else quote


def _dialogue(paragraph: str, people: dict[str, str]) -> list[PullQuote]:
    """Speech that begins with a dash, as in much of Europe: "– We waited, says Name, role."."""
    opened = DASHES.match(paragraph)
    if not opened:
        return []
    quote = unattributed(paragraph[opened.end() :])
    if not quote.speaker or not quote.text:
        return []
    return [PullQuote(quote.text.rstrip(" ,–—―-"), people.get(quote.speaker, quote.speaker), quote.role)]


def _quoted(paragraph: str, people: dict[str, str]) -> list[PullQuote]:
    paragraph = _SPACED_MARKS.sub("", paragraph)
    pairs = [pair for pair in find_pairs(paragraph) if paragraph[pair.start] not in "《〈"]
    outer: list[Pair] = []
    for pair in pairs:
        if not outer or pair.start > outer[-1].end:
            outer.append(pair)
    quotes = []
    for index, pair in enumerate(outer):
        text = clean_line(paragraph[pair.start + 1 : pair.end])
        following = outer[index + 1] if index + 1 < len(outer) else None
        before_start = outer[index - 1].end + 1 if index else 0
        before = paragraph[before_start : pair.start]
        after = paragraph[pair.end + 1 : following.start if following else len(paragraph)]
        source = _source(before, after, text, paragraph[: pair.start], people)
        if not source.speaker:
            continue
        if following and text.endswith((",", "，")) and re.search(r",\s*$", after):  # "My children need me," she said, "but ..."
            text = f"{text} {clean_line(paragraph[following.start + 1 : following.end])}"
        text = clean_quote(text.rstrip(" ,，"))
        if columns(text) >= _MIN_QUOTE:
            quotes.append(PullQuote(text, source.speaker, source.role))
    return quotes


def _source(before: str, after: str, quote: str, preceding: str, people: dict[str, str]) -> Source:
    """Who said a quote, by the words right after it, or else right before it."""
    tail = after.lstrip(" \u00a0,，–—-")
    for pattern in (VERB_THEN_NAME, NAME_THEN_VERB, CASELESS_AFTER):
        if (found := pattern.match(tail)) and is_name(found["name"]):
            role = ROLE.match(tail, found.end()) if pattern is VERB_THEN_NAME else None
            return Source(_full(found["name"], people), clean_line(role["role"]) if role else "")
    if PRONOUN.match(tail):
        return Source(_only_person(preceding, people))
    lead = before.rstrip()
    if lead.endswith((":", "：", ",", "，")):
        sentence = re.split(r"(?<=[.!?。！？])\s*", lead.rstrip(" :：,，"))[-1]
        for pattern in (NAME_THEN_VERB, VERB_THEN_NAME, CASELESS_BEFORE):
            if (found := pattern.search(sentence)) and is_name(found["name"]):
                return Source(_full(found["name"], people))
    return Source()


def _full(name: str, people: dict[str, str]) -> str:
    name = name.strip(" ,’'")
    return people.get(name, name)


def _only_person(preceding: str, people: dict[str, str]) -> str:
    """The one person named in the paragraph so far; "" where it could be another."""
    found = {full for short, full in people.items() if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", preceding)}
    return found.pop() if len(found) == 1 else ""
