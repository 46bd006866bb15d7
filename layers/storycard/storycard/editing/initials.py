"""Finds the letter of a text that may be its initial, which is as high as several lines."""

import unicodedata
from collections.abc import Sequence

from storycard.editing.text_metrics import columns
from storycard.language.language import Language
from storycard.text import icu
from storycard.text.graphemes import graphemes

_LEAST_COLUMNS = 60  # in a shorter text, the initial would dominate
_LEAST_LETTERS = 3  # of the first word: a shorter one, such as "A", "In" or the "L" of "L’eau", would lose its meaning
_CAPITALS = ("Lu", "Lt")
_RIGHT_TO_LEFT = ("R", "AL")


def find_initial(text: str, language: Language) -> str:
    """Returns the first letter of a text if it may be the initial, else "".

    It has to be a capital in the script of most of the text, so that only scripts that have capitals have initials, and to run in
    the language's direction. A grapheme cluster or a digraph, such as the Dutch IJ, is one letter. A text that begins with a mark
    or a figure has none.
    """
    clusters = graphemes(text[: _LEAST_COLUMNS * 2], language.tag)
    first_word = _first_word(clusters)
    if columns(text) < _LEAST_COLUMNS or len(first_word) < _LEAST_LETTERS:
        return ""
    first = first_word[0][0]
    if unicodedata.category(first) not in _CAPITALS or (icu.bidi_class(first) in _RIGHT_TO_LEFT) != language.rtl:
        return ""
    letters = [character for character in text if character.isalpha()]
    if 2 * sum(icu.script(letter) == icu.script(first) for letter in letters) < len(letters):
        return ""  # a foreign word: "NHK" before Japanese
    word = "".join(first_word)
    pair = max((pair for pair in language.digraphs if word.casefold().startswith(pair)), key=len, default="")
    return word[: len(pair)] or first_word[0]


def _first_word(clusters: Sequence[str]) -> list[str]:
    """Returns the letters up to the first cluster that is not a letter."""
    found: list[str] = []
    for cluster in clusters:
        if unicodedata.category(cluster[0])[0] != "L":
            break
        found.append(cluster)
    return found
