"""Tests who is named for the speech of hard sentences in 61 languages: speakers.json, and the sets in `speakers/`."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from storycard.article import PullQuote
from storycard.ingest.quotes.quotations import find_spoken_quotes
from support.reading import LANGUAGES

LEAST_FOUND = 0.8  # of the speakers that have to be named
PARAGRAPHS = " ¶ "  # between the paragraphs of one text

# By language: texts, each with the names that are right for its quotes (null: nobody), or these by a quote's first words,
# and in some sets the role. Each set was written, and measured once, before the reader saw any of it.
SENTENCES = json.loads(Path(__file__).with_name("speakers.json").read_text("utf-8"))
SETS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).with_name("speakers").glob("*.json"))}

Names = list[str | None]


class Reading(NamedTuple):
    """What was read wrongly, and how many of the speakers that have to be named were found, by language."""

    wrong: list[tuple[str, str, str, str]]
    found: Counter[str]
    named: Counter[str]


def read_all(texts: dict[str, list[list[object]]]) -> Reading:
    reading = Reading([], Counter(), Counter())
    for tag, rows in texts.items():
        for text, right, *role in rows:
            quotes = find_spoken_quotes(tuple(str(text).split(PARAGRAPHS)), LANGUAGES.speech_words(tag))
            by_beginning = right if isinstance(right, dict) else {"": right}
            for quote in quotes:
                if quote.speaker not in names_of(quote, by_beginning) or not fits(quote.role, str(text), role):
                    reading.wrong.append((tag, quote.speaker, quote.role, str(text)))
            required = {start: names for start, names in by_beginning.items() if None not in names}
            reading.named[tag] += len(required)
            reading.found[tag] += sum(
                any(quote.text.startswith(start) and quote.speaker in names for quote in quotes)
                for start, names in required.items()
            )
    return reading


def names_of(quote: PullQuote, by_beginning: dict[str, Names]) -> Names:
    return next((names for start, names in by_beginning.items() if quote.text.startswith(start)), [None])


def fits(role: str, text: str, expected: Iterable[object]) -> bool:
    """Returns whether a role stands in the text, and is the one that is expected or a part of it."""
    words = role.casefold()
    return words in text.casefold() and all(
        words in str(right).casefold() or str(right).casefold() in words for right in expected
    )


def test_nobody_is_named_wrongly_and_most_speakers_are_found() -> None:
    reading = read_all(SENTENCES)
    found, named = reading.found, reading.named
    assert not reading.wrong
    assert {tag: f"{found[tag]} of {named[tag]}" for tag in named if found[tag] < LEAST_FOUND * named[tag]} == {}


@pytest.mark.parametrize("name", SETS)
def test_set_has_no_wrong_name(name: str) -> None:
    reading = read_all(SETS[name])
    assert not reading.wrong
    assert reading.found.total() >= LEAST_FOUND * reading.named.total()


def test_relation_to_somebody_else_is_no_role() -> None:
    words = LANGUAGES.speech_words("zh")
    said = "“我们整个晚上都在等她回来，”"
    [neighbour, mayor] = find_spoken_quotes((f"{said}他的邻居王小明说。", f"{said}市长王小明说。"), words)
    assert [(quote.speaker, quote.role) for quote in (neighbour, mayor)] == [("王小明", ""), ("王小明", "市长")]
