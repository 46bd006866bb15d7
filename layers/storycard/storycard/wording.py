"""Texts in any language, with or without spaces between words, into numbers: how long, and how much of one stands in another."""

import unicodedata

_IDEOGRAPHS_START = "\u2e80"  # from here on one character says as much as a syllable or a word


def columns(text: str) -> int:
    """The length of `text` with wide characters counted twice and combining ones not at all."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else unicodedata.category(character) not in ("Mn", "Me", "Cf")
        for character in text
    )


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
