"""Measures texts in any language: their length in columns, their first sentence, and how much two of them overlap."""

import re
import unicodedata
from functools import lru_cache

from storycard.language.sentences import SENTENCE_END

_IDEOGRAPHS_START = "\u2e80"  # from here on, one character is a syllable or a word
_TEXTS_KEPT = 64  # every card of a set measures the same bullets and quotes


@lru_cache(maxsize=_TEXTS_KEPT)
def columns(text: str) -> int:
    """Returns the length of `text` in columns: 2 for a wide character, 0 for a combining one, 1 for any other."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else unicodedata.category(character) not in ("Mn", "Me", "Cf")
        for character in text
    )


def first_sentence(text: str) -> str:
    """Returns the first sentence of `text` with its closing marks, or all of `text` if no sentence ends earlier.

    A full stop ends no sentence after a short capitalised word, such as "Dr." or "U.S.", or before a small letter or a digit.
    """
    for end in re.finditer(SENTENCE_END, text):
        word = re.split(r"[\s(\"“«]", text[: end.start()])[-1]
        following = text[end.end() :].lstrip("\"'“‘«„(¿¡")[:1]
        if end["mark"] == "." and (following.islower() or following.isdigit() or _is_shortened(word)):
            continue
        return text[: end.end()].strip()
    return text


@lru_cache(maxsize=_TEXTS_KEPT)
def overlap(text: str, other: str) -> float:
    """Returns the share of the letter groups of `text`, from 0 to 1, that are in `other` too.

    A group is two letters in Chinese, Japanese and Korean and three elsewhere, so that endings and small words count for little.
    """
    groups = _letter_groups(text)
    return len(groups & _letter_groups(other)) / len(groups) if groups else 0.0


def plain_words(text: str) -> str:
    """Returns `text` in lower case and without punctuation, with one space between words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in folded).split())


def _letter_groups(text: str) -> set[str]:
    groups: set[str] = set()
    for word in plain_words(text).split():
        size = 2 if word[0] >= _IDEOGRAPHS_START else 3
        groups.update(word[start : start + size] for start in range(max(1, len(word) - size + 1)))
    return groups


def _is_shortened(word: str) -> bool:
    """Returns whether `word` with a full stop may be an abbreviation: initials, titles, months and streets in many languages."""
    return "." in word or (len(word) <= 3 and word[:1].isupper() and not word.isupper()) or (len(word) == 1 and word.isalpha())
