"""Finds where a hyphen may divide a word, with Liang's algorithm and LibreOffice's patterns (in pyphen) or a language's own.

pyphen's own reader parses all of a language's patterns first, which takes 0.4 s for German. This one parses those that it meets.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_LEAST = 3  # letters before and after a hyphen
_DIGITS = re.compile(r"\d")
_TAG = re.compile(r"[a-z]{2,3}(-\w+)*", re.IGNORECASE)  # BCP 47: a pattern has digits between its letters
_NO_PATTERNS = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUND", "NEXTLEVEL", "NOHYPHEN")


class _Patterns(NamedTuple):
    """Patterns such as "1ba" by their letters, and how many letters the longest has."""

    by_letters: Mapping[str, str]
    longest: int


@lru_cache(maxsize=256)  # a text is divided anew for each size and format
def hyphen_points(word: str, language: str, hyphenation: str = "") -> tuple[int, ...]:
    """Returns the offsets at which a hyphen may divide `word`; none for a language without patterns.

    `hyphenation` is what the language's file says: the tag of a language whose patterns serve, patterns, or both. Points at which
    the letters would change, as in Hungarian, are left out.
    """
    patterns = _patterns(hyphenation or language)
    text = f".{word.lower()}."
    levels = [0] * (len(text) + 1)
    changes: set[int] = set()
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + patterns.longest) + 1):
            if pattern := patterns.by_letters.get(text[start:end]):
                bare, changed, _ = pattern.partition("/")
                for offset, level in _levels(bare):
                    if level > levels[start + offset]:
                        levels[start + offset] = level
                        (changes.add if changed else changes.discard)(start + offset)
    # The mark for the word's start shifts all offsets by one.
    points = (point for point in range(_LEAST, len(word) - _LEAST + 1) if len(text) == len(word) + 2)
    return tuple(point for point in points if levels[point + 1] % 2 and point + 1 not in changes)


@lru_cache(maxsize=1024)
def _levels(pattern: str) -> tuple[tuple[int, int], ...]:
    """Returns the digits of a pattern, each with the number of letters before it."""
    return tuple((found.start() - count, int(found[0])) for count, found in enumerate(_DIGITS.finditer(pattern)))


@lru_cache(maxsize=8)
def _patterns(source: str) -> _Patterns:
    tags: list[str] = []
    own: list[str] = []
    for word in source.split():
        (tags if _TAG.fullmatch(word) else own).append(word)
    lines = [*(line for tag in tags for line in _read_dictionary(tag)), *own]
    patterns = [line.strip() for line in lines if not line.startswith(_NO_PATTERNS)]
    by_letters = {_DIGITS.sub("", pattern.partition("/")[0]): pattern for pattern in patterns}
    return _Patterns(by_letters, max(map(len, by_letters), default=0))


def _read_dictionary(language: str) -> list[str]:
    import pyphen  # imported lazily: it lists its dictionaries, which only a rare long word needs

    name = pyphen.language_fallback(language.replace("-", "_"))
    if not name:
        return []
    dictionary: Path = pyphen.LANGUAGES[name]
    encoding, _, patterns = dictionary.read_bytes().partition(b"\n")
    return patterns.decode(encoding.strip().decode("ascii").replace("microsoft-", ""), "replace").split("\n")
