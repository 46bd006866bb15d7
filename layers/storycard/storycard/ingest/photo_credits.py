"""Finds the photographer's credit in a caption."""

import re
from functools import lru_cache

from storycard.ingest.plain_text import clean_line
from storycard.language.reading_words import ReadingWords

_MAX_CREDIT = 200  # characters


def find_credit(caption: str, words: ReadingWords) -> str:
    """Returns the photo credit in a caption, found by the word or sign that introduces it ("Photo:", "©"), or ""."""
    found = _credit_pattern(words).search(caption)
    return clean_line(found["credit"].strip(" ()[].:"))[:_MAX_CREDIT] if found else ""


@lru_cache(maxsize=4)
def _credit_pattern(words: ReadingWords) -> re.Pattern[str]:
    """Builds the pattern: "Photo:", "Foto von:", "photo by", "©"."""
    kinds, by, phrases = (_alternatives(each) for each in (words.credit_words, words.credit_by, words.credit_phrases))
    return re.compile(
        rf"(?:^|[\s(\[|])(?:(?:{kinds})(?:\s+(?:{by}))?\s*[:：/|]|(?:{phrases})|©|\(c\))\s*(?P<credit>.+)", re.IGNORECASE
    )


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) or "(?!)"
