"""Reads superscripts and subscripts as characters of plain text, and tells exponents from the marks of footnotes."""

import re
from typing import Literal

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()n", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ")
_SIGNS = {"tm": "™", "sm": "℠"}
_FOOTNOTE = re.compile(r"[\s\[(]*(?:[*†‡§¶#]+|\[.*\]|\(\d+\))[\s\])]*|\d{1,3}(?:\s*[,–-]\s*\d{1,3})+")
_AFTER_WORD = re.compile(r"[^\W\d_]{4}\Z")  # where a single letter is a footnote's, and no ordinal: 1º, XXe, Me
_NUMBER = re.compile(r"\d{1,3}")
_ORDINAL = re.compile(r"(?:\d|\bn|\bN|\bM)\Z")  # 1º, nº, Mª
# What a power stands on: 10 or another short number, a unit of length, a variable, or a closing bracket.
_BASE = re.compile(
    r"(?:(?<![\w.,'’-])(?!1[5-9]\d\d|20\d\d)\d{1,4}|(?<![^\W\d_])(?:[kcdmnµμ]?m|s|ft|yd|mi|[кдсм]?м|[^\W\d_]|mc)|(?<=\d )in|\))\Z"
)


def shifted(tag: Literal["sup", "sub"], text: str, before: str, after: str) -> str:
    """Returns the text of a superscript or subscript in the characters that Unicode has for it, "" for the mark of a footnote.

    The text `before` and `after` it tells 10⁶ and ¹⁴C from a footnote. Letters without such a character stay as they are: 21st.
    """
    text = text.strip()
    if tag == "sub":
        return _translated(text, _LOWERED)
    if text.lower() in _SIGNS:
        return _SIGNS[text.lower()]
    if text in ("o", "a") and _ORDINAL.search(before):
        return "º" if text == "o" else "ª"
    if len(text) == 1 and text.islower() and _AFTER_WORD.search(before):
        return ""
    isotope = not before[-1:].strip() and after[:1].isupper() and _NUMBER.fullmatch(text)
    if _FOOTNOTE.fullmatch(text) or (_NUMBER.fullmatch(text) and not isotope and (text == "1" or not _BASE.search(before))):
        return ""
    return _translated(text, _RAISED)


def _translated(text: str, characters: dict[int, int]) -> str:
    """Returns `text` in other characters if there is one for each; a single letter only counts as a variable."""
    all_there = all(ord(character) in characters for character in text)
    return text.translate(characters) if all_there and (len(text) == 1 or not text.isalpha()) else text
