"""Parses the line that names who is quoted, such as "— Name, role"."""

import re
from dataclasses import dataclass

from storycard.ingest.plain_text import clean_line

# The name ends at the first comma, except before a suffix that belongs to it: "Martin Luther King, Jr."
_NAMED = re.compile(
    r"(?P<speaker>.+?(?:,\s*(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D)\b\.?)?)(?:\s*(?:[,，、،;|]|\s[–—-]\s)\s*(?P<role>.+))?",
    re.IGNORECASE,
)
_LEADING_DASH = re.compile(r"\s*(?:[—–―‒]|--|-(?=\s))\s*")
_MAX_READ = 1_000  # characters


@dataclass(frozen=True, slots=True)
class Source:
    """The person or organisation that is quoted; an unknown part is empty."""

    speaker: str = ""
    role: str = ""


def split_source(text: str) -> Source:
    """Splits a source line into speaker and role. Both are empty if the line has no text."""
    named = _NAMED.fullmatch(clean_line(_LEADING_DASH.sub("", text, count=1))[:_MAX_READ].strip(" ,"))
    return Source(named["speaker"].strip(" ,:"), (named["role"] or "").strip()) if named else Source()
