"""Texts in any language, with or without spaces between words, into numbers: how long, and how much of one stands in another."""

import re
import unicodedata
from functools import lru_cache

# What ends a sentence, by scripts: with a space after it, but in Chinese and Japanese, and whatever marks close with it.
_SENTENCE_END = re.compile(r"(?:(?P<mark>[.!?…؟۔।॥።៖។]+)[\"'”’»)\]]*(?=\s|$)|[。！？．][」』”’）]*)")
_IDEOGRAPHS_START = "\u2e80"  # from here on one character says as much as a syllable or a word
_TEXTS_KEPT = 64  # each card of a set asks again about the same bullets and quotes


@lru_cache(maxsize=_TEXTS_KEPT)
def columns(text: str) -> int:
    """The length of `text` with wide characters counted twice and combining ones not at all."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else unicodedata.category(character) not in ("Mn", "Me", "Cf")
        for character in text
    )


def first_sentence(text: str) -> str:
    """The first sentence of `text` in any script, its closing marks included; all of it where none ends before.

    A full stop after a short capitalised word, "Dr." and "U.S.", or before a small letter or a digit, ends none.
    """
    for end in _SENTENCE_END.finditer(text):
        word = re.search(r"[^\s(\"“«]*$", text[: end.start()])[0]
        following = text[end.end() :].lstrip("\"'“‘«„(¿¡")[:1]
        if end["mark"] == "." and (following.islower() or following.isdigit() or _is_shortened(word)):
            continue
        return text[: end.end()].strip()
    return text


@lru_cache(maxsize=_TEXTS_KEPT)
def overlap(text: str, other: str) -> float:
    """How much of `text` also stands in `other`, from 0 to 1, by the groups of letters they share.

    Two letters make a group in Chinese, Japanese and Korean, three elsewhere: endings and small words then weigh little.
    """
    groups = _letter_groups(text)
    return len(groups & _letter_groups(other)) / len(groups) if groups else 0.0


def plain_words(text: str) -> str:
    """`text` folded to lower case, its words apart by one space, without punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in folded).split())


def _letter_groups(text: str) -> set[str]:
    groups = set()
    for word in plain_words(text).split():
        size = 2 if word[0] >= _IDEOGRAPHS_START else 3
        groups.update(word[start : start + size] for start in range(max(1, len(word) - size + 1)))
    return groups


def _is_shortened(word: str) -> bool:
    """Whether a full stop after `word` may belong to it: initials, titles, and the months and streets of many languages."""
    return "." in word or (len(word) <= 3 and word[:1].isupper() and not word.isupper()) or (len(word) == 1 and word.isalpha())
