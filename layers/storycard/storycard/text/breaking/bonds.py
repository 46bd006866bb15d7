"""Finds words that belong on one line: figures with their units, abbreviations with what follows them, and names.

Sources: Chicago Manual of Style 17, 6.121 and 7.36; DIN 5008; Imprimerie nationale, Lexique; PWN and Wolański; Milchin.
"""

import itertools
import re
from collections.abc import Sequence
from enum import IntEnum

from storycard.language.word_lists import BreakWords
from storycard.text.bidi.isolates import PHONE_NUMBER
from storycard.text.breaking.names import within_double_names, within_listed_names, within_names
from storycard.text.breaking.tokens import Token, is_title_case, split_words

_SPACE = re.compile(r"\s")
_DAY = re.compile(r"(?:[12]?\d|3[01])(?P<ending>\D*)")
_ROMAN = re.compile(r"[IVXLCDM]{2,}|[VX]")
_ROMAN_ORDINAL = re.compile(r"[IVXLC]+(?P<ending>[^IVXLC]*)")  # of a century
# Signs, and the symbols of currencies that CLDR puts before a number. Texts in every language have them.
_BEFORE_NUMBER = frozenset(
    ("§", "§§", "№", "#", "±", "$", "€", "£", "¥", "₹", "R$", "US$", "C$", "A$", "HK$", "NT$", "Rp", "RM", "Rs", "Kč")
)
_CURRENCY = re.compile("AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HUF|INR|JPY|NOK|PLN|RON|RUB|SEK|TRY|UAH|USD")  # ISO 4217
_DASHES = frozenset("–—-")
# Single capitals that are words in some language, whose names stand in texts of others.
_NO_DESIGNATORS = frozenset("AIOUEYWZKS")
_CAPITAL_I = "I"
_ALPHABETS_END = "\u0530"  # Latin, Greek and Cyrillic come before
_GREEK = "\u0370"


class Bond(IntEnum):
    """How closely two words belong together."""

    NONE = 0
    NAME = 1
    UNIT = 2


def find_bonds(text: str, words: BreakWords) -> dict[int, Bond]:
    """Returns the bonds between the words of `text` and the words before them, by the offsets at which the former start."""
    tokens = split_words(text, words.names.elided)
    title_case = is_title_case(text)
    found: dict[int, Bond] = {}
    for index in range(1, len(tokens)):
        before, after, following = tokens[index - 1], tokens[index], tokens[index + 1 : index + 2]
        bound = index > 1 and found.get(before.start) == Bond.UNIT
        if (
            _is_unit(before, after, following, bound, words)
            or _is_title(before, after, words)
            or (words.one_letter_words and _is_letter(tokens[:index], after))
        ):
            found[after.start] = Bond.UNIT
        elif _is_designation(before, after, following, index > 1, title_case, words):
            found[after.start] = Bond.NAME
    given_only = title_case or words.capitalised_nouns
    names = within_listed_names(tokens, words.names), within_names(tokens, words, given_only)
    for start in (*itertools.chain(*names), *within_double_names(tokens, words.names, given_only)):
        found.setdefault(start, Bond.NAME)
    for number in PHONE_NUMBER.finditer(text):
        found.update((number.start() + group.end(), Bond.UNIT) for group in _SPACE.finditer(number[0]))
    return found


def _is_unit(before: Token, after: Token, following: Sequence[Token], bound: bool, words: BreakWords) -> bool:
    """Returns whether a figure or an abbreviation must not be parted from the word after it; `bound` if `before` has a bond."""
    if after.opened or before.closing not in ("", ".", "’", "'") or not after.core:
        return before.core in _DASHES and after.figure and bound
    dotted = before.closing == "."
    if before.figure and dotted:  # an ordinal, if the language writes it so; other figures with a full stop end a sentence
        return words.ordinals and (words.months.has(after.key) or after.core[0].islower())
    if _is_after_number(before, after, following, bound, words):
        return True
    if before.figure:
        return after.figure and words.months.has(before.key)  # "5월 3일"
    if after.figure and (
        before.core in _BEFORE_NUMBER
        or _CURRENCY.fullmatch(before.core)
        or words.before_number.has(before.key)
        or words.months.has(before.key)
    ):
        return True
    if after.capital and (_ROMAN.fullmatch(after.core) or (after.core == _CAPITAL_I and before.core[:1] >= _GREEK)):
        regnal = before.capital and len(before.core) > 1 and not before.core.isupper()
        return regnal or words.before_number.has(before.key)
    if dotted and len(before.core) <= 2 and before.core.isalpha():
        initial = len(before.core) == 1 or before.core[0] == before.core[1]
        return initial and (after.capital if before.capital else after.closing.startswith(".") and len(after.core) <= 3)
    return False


def _is_after_number(before: Token, after: Token, following: Sequence[Token], bound: bool, words: BreakWords) -> bool:
    """Returns whether `after` belongs to the number at or before `before`: "5 million", "million de dollars", "5 de mayo"."""
    units, months = words.after_number, words.months
    if words.one_letter_words and len(after.core) == 1 and after.core.isalpha() and not after.closing.startswith("."):
        return False  # a preposition, not a century or a year
    ordinal = _ROMAN_ORDINAL.fullmatch(before.core) if before.capital else None
    numeral = ordinal is not None and (not ordinal["ending"] or ordinal["ending"] in words.numeral_endings)
    multiple = bound and units.has(before.key)
    if before.figure or multiple or numeral:
        if units.has(after.key) or any(f"{after.key} {token.key}" in units.whole for token in following):
            return True
        if words.before_month.has(after.key) and any(
            units.has(token.key) or (before.figure and months.has(token.key)) for token in following
        ):
            return True
    if before.figure:
        day = _DAY.fullmatch(before.core)
        dated = months.has(after.key) and day is not None and (not day["ending"] or day["ending"] in words.day_endings)
        return dated or bool(_CURRENCY.fullmatch(after.core)) or (after.core in _DASHES and any(t.figure for t in following))
    if not bound:
        return False
    linked = words.before_month.has(before.key) and (units.has(after.key) or months.has(after.key))
    return linked or f"{before.key} {after.key}" in units.whole


def _is_letter(before: Sequence[Token], after: Token) -> bool:
    """Returns whether the last word before `after` is a word of one letter: a small one, or one that begins a sentence."""
    *earlier, letter = before
    if len(letter.core) != 1 or not letter.core.isalpha() or letter.core >= _ALPHABETS_END or letter.closing or not after.core:
        return False
    return letter.core.islower() or letter.opened or not earlier or bool(earlier[-1].closing)


def _is_title(before: Token, after: Token, words: BreakWords) -> bool:
    """Returns whether `before` is a title or what else stands before a name: "Dr.", "ul.", "St."."""
    if after.opened or before.closing not in ("", ".") or not words.before_name.has(before.key) or not after.core[:1].isalpha():
        return False
    return after.capital or after.core[0].lower() == after.core[0].upper() or words.before_name.has(after.key)


def _is_designation(
    before: Token, after: Token, following: Sequence[Token], inside: bool, title_case: bool, words: BreakWords
) -> bool:
    """Returns whether `after` completes a designation: "MAX 9", "737 MAX", "Plan B", "Marks & Spencer", "Brandt Ltd."."""
    if after.opened or before.closing not in ("", ".", ","):
        return False
    if before.capital and words.after_name.has(after.key) and after.capital:
        return True
    if before.closing:
        numeral = before.figure or _ROMAN.fullmatch(before.core) is not None
        ordinal = numeral and before.closing == "." and words.ordinals
        return ordinal and after.capital and not words.not_names.has(after.key)
    if "&" in (before.core, after.core):
        return before.capital or after.capital
    acronyms = not title_case
    if after.figure:
        ordinal = after.closing == "." and words.ordinals
        if ordinal or any(words.months.has(token.key) or words.after_number.has(token.key) for token in following):
            return False
        if before.core.isupper() and len(before.core) > 1:
            return acronyms
        known = title_case or words.capitalised_nouns or not inside or words.not_names.has(before.key)
        return before.capital and not known
    if before.figure:
        return acronyms and after.core.isupper() and len(after.core) > 1
    single = len(after.core) == 1 and after.capital and after.core < "[" and after.core not in _NO_DESIGNATORS
    return single and before.capital and not words.not_names.has(before.key)
