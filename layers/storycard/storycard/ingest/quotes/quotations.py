"""Finds quotes in running text, and their speakers where the text leaves no doubt who spoke."""

import re
from collections.abc import Iterable

from storycard.article import PullQuote
from storycard.editing.quotation_pairs import Pair, find_pairs
from storycard.editing.text_metrics import columns, plain_words
from storycard.ingest.plain_text import clean_line, clean_quote
from storycard.ingest.quotes.attribution import Source
from storycard.ingest.quotes.speech import DASHES, SpeechPatterns, speech_patterns
from storycard.language.reading_words import ReadingWords
from storycard.language.sentences import SENTENCE_ENDS

_MIN_QUOTE = 24  # columns; shorter quotations are single words, titles or irony
_MAX_PARAGRAPH = 5_000  # characters
_MAX_PARAGRAPHS = 500  # a live blog puts its newest entries first
_COMMA = re.compile(r"[,，]\s*")
_SPACED_MARKS = re.compile(r"(?<=[“\"«„])\s+(?=[‘'‚‹])")  # a thin space between an outer and an inner mark


def all_quotes(set_apart: Iterable[PullQuote], paragraphs: tuple[str, ...], words: ReadingWords) -> tuple[PullQuote, ...]:
    """Returns the quotes in `set_apart`, in their order, then those spoken in `paragraphs`.

    A quote in `set_apart` that has no speaker gets the one the text names. If one quote contains another, the later
    one is dropped.
    """
    spoken = find_spoken_quotes(paragraphs, words)
    attributed = [_with_speaker(quote, spoken, speech_patterns(words)) for quote in set_apart]
    kept: list[PullQuote] = []
    kept_words: list[str] = []
    for quote in (*attributed, *spoken):
        plain = plain_words(quote.text)
        if plain and not any(plain in other or other in plain for other in kept_words):
            kept.append(quote)
            kept_words.append(plain)
    return tuple(kept)


def find_spoken_quotes(paragraphs: tuple[str, ...], words: ReadingWords) -> tuple[PullQuote, ...]:
    """Returns the direct speech in `paragraphs` whose speaker is certain.

    The sentence names the speaker, or has a pronoun that can mean only one person.
    """
    patterns = speech_patterns(words)
    people = patterns.full_names(paragraphs)
    quotes = []
    for paragraph in paragraphs[:_MAX_PARAGRAPHS]:
        if len(paragraph) <= _MAX_PARAGRAPH:
            quotes += _dialogue(paragraph, people, patterns) or _quoted(paragraph, people, patterns)
    return tuple(quotes)


def _split_final_attribution(text: str, patterns: SpeechPatterns) -> PullQuote:
    """Splits agency-style speech, "..., says Name, role", into quote, speaker and role.

    Returns the whole text without a speaker if its last clause names nobody.
    """
    clauses = ((comma.start(), patterns.verb_then_name.match(text, comma.end())) for comma in _COMMA.finditer(text))
    end, clause = next((found for found in clauses if found[1]), (0, None))
    if not clause or columns(text[:end]) < _MIN_QUOTE:
        return PullQuote(clean_quote(text))
    role = patterns.role.match(text, clause.end())
    return PullQuote(clean_quote(text[:end]), clause["name"], clean_line(role["role"]) if role else "")


def _with_speaker(quote: PullQuote, spoken: tuple[PullQuote, ...], patterns: SpeechPatterns) -> PullQuote:
    """Finds the speaker of an unattributed pull quote in its own last clause or in the body text."""
    if quote.speaker:
        return quote
    split = _split_final_attribution(quote.text, patterns)
    if split.speaker:
        return split
    words = plain_words(quote.text)
    same = next((other for other in spoken if words and words in plain_words(other.text)), None)
    return PullQuote(quote.text, same.speaker, same.role) if same else quote


def _dialogue(paragraph: str, people: dict[str, str], patterns: SpeechPatterns) -> list[PullQuote]:
    """Finds speech that a dash introduces, as in much of Europe: "– We waited, says Name, role."."""
    dash = DASHES.match(paragraph)
    if not dash:
        return []
    quote = _split_final_attribution(paragraph[dash.end() :], patterns)
    if not quote.speaker or not quote.text:
        return []
    return [PullQuote(quote.text.rstrip(" ,–—―-"), people.get(quote.speaker, quote.speaker), quote.role)]


def _quoted(paragraph: str, people: dict[str, str], patterns: SpeechPatterns) -> list[PullQuote]:
    """Finds attributed speech between quotation marks."""
    paragraph = _SPACED_MARKS.sub("", paragraph)
    pairs = [pair for pair in find_pairs(paragraph) if paragraph[pair.start] not in "《〈"]  # these enclose titles
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
        source = _find_source(before, after, paragraph[: pair.start], people, patterns)
        if not source.speaker:
            continue
        if following and text.endswith((",", "，")) and re.search(r",\s*$", after):  # "My children need me," she said, "but ..."
            text = f"{text} {clean_line(paragraph[following.start + 1 : following.end])}"
        text = clean_quote(text.rstrip(" ,，"))
        if columns(text) >= _MIN_QUOTE:
            quotes.append(PullQuote(text, source.speaker, source.role))
    return quotes


def _find_source(before: str, after: str, preceding: str, people: dict[str, str], patterns: SpeechPatterns) -> Source:
    """Finds who said a quote from the words right after it, or else from those right before it."""
    tail = after.lstrip(" \u00a0,，–—-")
    for pattern in (patterns.verb_then_name, patterns.name_then_verb, patterns.caseless_after):
        if (found := pattern.match(tail)) and patterns.is_name(found["name"]):
            role = patterns.role.match(tail, found.end()) if pattern is patterns.verb_then_name else None
            return Source(_full_name(found["name"], people), clean_line(role["role"]) if role else "")
    if patterns.pronoun.match(tail):
        return Source(_only_person(preceding, people))
    lead = before.rstrip()
    if lead.endswith((":", "：", ",", "，")):
        sentence = re.split(rf"(?<=[{re.escape(SENTENCE_ENDS)}])\s*", lead.rstrip(" :：,，"))[-1]
        for pattern in (patterns.name_then_verb, patterns.verb_then_name, patterns.caseless_before):
            if (found := pattern.search(sentence)) and patterns.is_name(found["name"]):
                return Source(_full_name(found["name"], people))
    return Source()


def _full_name(name: str, people: dict[str, str]) -> str:
    name = name.strip(" ,’'")
    return people.get(name, name)


def _only_person(preceding: str, people: dict[str, str]) -> str:
    """Returns the one person that the paragraph has named so far, or "" if there are none or several."""
    found = {full for short, full in people.items() if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", preceding)}
    return found.pop() if len(found) == 1 else ""
