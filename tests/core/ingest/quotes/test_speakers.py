"""Tests who is named for the speech of 1,569 hard sentences in 49 languages: speakers.json."""

import json
from collections import Counter
from pathlib import Path

from storycard.ingest.quotes.quotations import find_spoken_quotes
from support.reading import LANGUAGES

# By language: paragraphs, each with the names that are right for its quotes (null: nobody), or these by a quote's first words.
SENTENCES = json.loads(Path(__file__).with_name("speakers.json").read_text("utf-8"))
LEAST_FOUND = 0.8  # of the speakers that have to be named


def test_nobody_is_named_wrongly_and_most_speakers_are_found() -> None:
    wrong: list[tuple[str, str, str]] = []
    found, named = Counter[str](), Counter[str]()
    for tag, rows in SENTENCES.items():
        for paragraph, right in rows:
            quotes = find_spoken_quotes((paragraph,), LANGUAGES.speech_words(tag))
            by_beginning = right if isinstance(right, dict) else {"": right}
            for quote in quotes:
                allowed = next((names for start, names in by_beginning.items() if quote.text.startswith(start)), [None])
                if quote.speaker not in allowed:
                    wrong.append((tag, quote.speaker, paragraph))
            required = {start: names for start, names in by_beginning.items() if None not in names}
            named[tag] += len(required)
            found[tag] += sum(
                any(quote.text.startswith(start) and quote.speaker in names for quote in quotes)
                for start, names in required.items()
            )
    assert not wrong
    assert {tag: f"{found[tag]} of {named[tag]}" for tag in named if found[tag] < LEAST_FOUND * named[tag]} == {}


def test_relation_to_somebody_else_is_no_role() -> None:
    words = LANGUAGES.speech_words("zh")
    said = "“我们整个晚上都在等她回来，”"
    [neighbour, mayor] = find_spoken_quotes((f"{said}他的邻居王小明说。", f"{said}市长王小明说。"), words)
    assert [(quote.speaker, quote.role) for quote in (neighbour, mayor)] == [("王小明", ""), ("王小明", "市长")]
