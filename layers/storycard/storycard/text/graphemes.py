"""Text into grapheme clusters, what a reader calls a character (UAX #29, by ICU)."""

from collections.abc import Sequence

from icu4py.breakers import CharacterBreaker

from storycard.text import icu


def graphemes(text: str, language: str) -> Sequence[str]:
    """The grapheme clusters of `text` (UAX #29): what a reader calls a character."""
    if text.isascii() and "\r" not in text:
        return text
    codepoint_at = icu.codepoint_offsets(text)
    return [text[codepoint_at[start] : codepoint_at[end]] for start, end in CharacterBreaker(text, language).segments()]
