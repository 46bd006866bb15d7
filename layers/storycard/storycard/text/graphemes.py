"""Splits text into grapheme clusters, which a reader calls characters (UAX #29, by ICU)."""

from collections.abc import Sequence

from icu4py.breakers import CharacterBreaker

from storycard.text import icu

_FIRST_COMBINING = "\u0300"  # before it, only CR and LF make one cluster of two characters


def graphemes(text: str, language: str) -> Sequence[str]:
    """Returns the grapheme clusters of `text`; `language` is a BCP 47 tag."""
    if (text.isascii() or max(text) < _FIRST_COMBINING) and "\r" not in text:
        return text
    codepoint_at = icu.codepoint_offsets(text)
    return [text[codepoint_at[start] : codepoint_at[end]] for start, end in CharacterBreaker(text, language).segments()]
