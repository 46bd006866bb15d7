"""Parses the line that names who is quoted, such as "— Name, role"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from storycard.ingest.plain_text import clean_line
from storycard.language.reading_words import ReadingWords

_LEADING_DASH = re.compile(r"(?:[—–―‒~]+|--|-(?=\s|[A-ZÀ-Þ]))\s*")
_SEPARATOR = r"\s*[,，、،;|]\s*|\s+(?:[-/·•])\s+|\s+–\s*|–\s+|\s*(?:[—―]|--)\s*"
_MAX_READ = 1_000  # characters


@dataclass(frozen=True, slots=True)
class Source:
    """The person or organisation that is quoted; an unknown part is empty."""

    speaker: str = ""
    role: str = ""


def split_source(text: str, words: ReadingWords) -> Source:
    """Splits a source line into speaker and role. Both are empty if the line has no text."""
    line = clean_line(without_dash(clean_line(text))[:_MAX_READ]).strip(" ,")
    named = _named(words).fullmatch(line)
    if not named:
        return Source()
    return Source(named["speaker"].strip(" ,:"), (named["role"] or named["bracketed"] or "").strip(" ,"))


def without_dash(line: str) -> str:
    """Returns a source line without the dash that introduces it."""
    dash = _LEADING_DASH.match(line)
    return line[dash.end() :] if dash else line


@lru_cache(maxsize=4)
def _named(words: ReadingWords) -> re.Pattern[str]:
    """Compiles the pattern of name and role. The name ends at the first separator that no suffix of a name follows."""
    suffixes = "|".join(re.escape(suffix) for suffix in sorted(words.name_suffixes, key=len, reverse=True)) or "(?!)"
    suffix = rf"[,，]?\s*(?:{suffixes})(?![\w.])"
    return re.compile(
        rf"(?P<speaker>.+?(?:{suffix})*)(?:(?:{_SEPARATOR})(?!(?:{suffixes})(?![\w.]))(?P<role>.+)"
        r"|\s*[(（](?P<bracketed>[^()（）]+)[)）])?"
    )
