"""Measures texts in any language: their length in columns, and how much two of them overlap."""

import unicodedata
from functools import lru_cache

IDEOGRAPHS_START = "\u2e80"  # from here on, one character is a syllable or a word
_TEXTS_KEPT = 512  # every card of a set measures the same bullets and quotes; an article has at most 100 of each


@lru_cache(maxsize=_TEXTS_KEPT)
def columns(text: str) -> int:
    """Returns the length of `text` in columns: 2 for a wide character, 0 for a combining one, 1 for any other."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else unicodedata.category(character) not in ("Mn", "Me", "Cf")
        for character in text
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def overlap(text: str, other: str) -> float:
    """Returns the share of the letter groups of `text`, from 0 to 1, that are in `other` too.

    A group is two letters in Chinese, Japanese and Korean and three elsewhere, so that endings and small words count for little.
    """
    groups = _letter_groups(text)
    return len(groups & _letter_groups(other)) / len(groups) if groups else 0.0


def utf16_units(text: str) -> int:
    """Returns the length in UTF-16 code units, which is never less than in code points or in graphemes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain_words(text: str) -> str:
    """Returns `text` in lower case and without punctuation, with one space between words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in folded).split())


def _letter_groups(text: str) -> set[str]:
    groups: set[str] = set()
    for word in plain_words(text).split():
        size = 2 if word[0] >= IDEOGRAPHS_START else 3
        groups.update(word[start : start + size] for start in range(max(1, len(word) - size + 1)))
    return groups
