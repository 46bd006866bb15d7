"""Finds words that belong on one line: figures with their units, abbreviations with what follows them, and names.

Sources: Chicago Manual of Style 17, 6.121 and 7.36; DIN 5008; Imprimerie nationale, Lexique; PWN and Wolański; Milchin.
"""

import itertools
import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from storycard.language.word_lists import BreakWords, Names
from storycard.text.bidi.isolates import PHONE_NUMBER

_WORD = re.compile(r"\S+")
_SPACE = re.compile(r"\s")
_OPENING = "\"'“‘«„‚‹([{¿¡"
_CLOSING = "\"'”’»“‘›)]}.,:;!?…،؛؟。"
_FIGURE = re.compile(r"(?:[A-Z]{1,3})?[$€£¥₹₩₽₺₴₦₱₫฿₪]?[+\-−]?\d+(?:[.,:’'/–-]\d+)*[\w%‰º°]{0,3}[€£$₽%]?")
_DAY = re.compile(r"(?:[12]?\d|3[01])(?:er|º|ª|st|nd|rd|th)?")
_ROMAN = re.compile(r"[IVXLCDM]{2,}|[VX]")
# Signs and symbols of currencies that stand before a number in every language.
_BEFORE_NUMBER = frozenset(
    ("§", "§§", "№", "#", "±", "$", "€", "£", "¥", "₹", "R$", "US$", "C$", "A$", "HK$", "NT$", "Rp", "RM", "Rs", "Kč")
)
_CURRENCY = re.compile("AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HUF|INR|JPY|NOK|PLN|RON|RUB|SEK|TRY|UAH|USD")  # ISO 4217
_OF = frozenset(("de", "del", "d", "of", "di"))  # between a day and its month, in Romance languages and English
_ELIDED = re.compile(r"^[dl]['’](?=\w)")
_POSSESSIVE = re.compile(r"['’]\w{0,4}$")
_LONGEST_NAME = 4  # words
_MOST_PARTICLES = 2  # in a row: "van den", "von der"
_DASHES = frozenset("–—-")
_NO_DESIGNATORS = frozenset("AIOUEYWZKS")  # these single capitals may be words: articles, pronouns, prepositions
_CAPITAL_I = "I"
_ALPHABETS_END = "\u0530"  # Latin, Greek and Cyrillic come before
_GREEK = "\u0370"


class Bond(IntEnum):
    """How closely two words belong together."""

    NONE = 0
    NAME = 1
    UNIT = 2


class _Token(NamedTuple):
    """A word: where it starts, without its marks, the same in lower case, and its closing marks."""

    start: int
    core: str
    key: str
    closing: str
    opened: bool
    capital: bool
    figure: bool


def find_bonds(text: str, words: BreakWords) -> dict[int, Bond]:
    """Returns the bonds between the words of `text` and the words before them, by the offsets at which the former start."""
    tokens = [_token(match) for match in _WORD.finditer(text)]
    title_case = is_title_case(text)
    found: dict[int, Bond] = {}
    for index in range(1, len(tokens)):
        before, after = tokens[index - 1], tokens[index]
        bound = index > 1 and found.get(before.start) == Bond.UNIT
        if _is_unit(before, after, tokens[index + 1 : index + 2], bound, words) or _is_title(before, after, words):
            found[after.start] = Bond.UNIT
        elif _is_designation(before, after, index > 1, title_case, words):
            found[after.start] = Bond.NAME
    given_only = title_case or words.capitalised_nouns
    for start in (*_within_listed_names(tokens, words.names), *_within_names(tokens, words, given_only)):
        found.setdefault(start, Bond.NAME)
    for number in PHONE_NUMBER.finditer(text):
        found.update((number.start() + group.end(), Bond.UNIT) for group in _SPACE.finditer(number[0]))
    return found


def is_title_case(text: str) -> bool:
    """Returns whether most words are capitalised, so that two capitals in a row do not indicate a name."""
    words = [word for word in text.split() if word[:1].isalpha()]
    return sum(word[0].isupper() for word in words) * 2 > len(words)


def _token(match: re.Match[str]) -> _Token:
    word = match[0]
    bare = word.lstrip(_OPENING)
    core = bare.rstrip(_CLOSING)
    figure = not core.isalpha() and _FIGURE.fullmatch(core) is not None
    return _Token(
        match.start(), core, core.casefold(), bare[len(core) :], bare != word, core[:1].isupper() and not figure, figure
    )


def _is_unit(before: _Token, after: _Token, following: Sequence[_Token], bound: bool, words: BreakWords) -> bool:
    """Returns whether a figure, an abbreviation or a word of one letter must not be parted from the word after it."""
    if after.opened or before.closing not in ("", ".", "’", "'") or not after.core:
        return before.core in _DASHES and after.figure and bound
    unit = _ELIDED.sub("", after.key)
    dotted = before.closing == "."
    if before.figure:
        if dotted:  # an ordinal, if the language writes it so; other figures with a full stop end a sentence
            return words.ordinals and (words.months.has(after.key) or after.core[0].islower())
        return (
            words.after_number.has(unit)
            or bool(_CURRENCY.fullmatch(after.core))
            or (words.months.has(unit) and bool(_DAY.fullmatch(before.core)))
            or (after.key in _OF and any(words.months.has(token.key) for token in following))
            or (after.core in _DASHES and any(token.figure for token in following))
        )
    if after.figure and (
        before.core in _BEFORE_NUMBER
        or _CURRENCY.fullmatch(before.core)
        or words.before_number.has(before.key)
        or words.months.has(before.key)
    ):
        return True
    if bound and (words.after_number.has(unit) or (before.key in _OF and words.months.has(unit))):
        return words.after_number.has(before.key) or before.key in _OF
    if _ROMAN.fullmatch(after.core) or (after.core == _CAPITAL_I and before.core[:1] >= _GREEK):
        return before.capital and len(before.core) > 1 and not before.core.isupper()
    if dotted and len(before.core) <= 2 and before.core.isalpha():
        initial = len(before.core) == 1 or before.core[0] == before.core[1]
        return initial and (after.capital if before.capital else after.closing.startswith(".") and len(after.core) <= 3)
    if bound and before.capital:
        return False  # a numeral, as in "Charles V"
    return not dotted and len(before.core) == 1 and before.core.isalpha() and before.core < _ALPHABETS_END


def _is_title(before: _Token, after: _Token, words: BreakWords) -> bool:
    """Returns whether `before` is a title or what else stands before a name: "Dr.", "ul.", "St."."""
    if after.opened or before.closing not in ("", ".") or not words.before_name.has(before.key) or not after.core[:1].isalpha():
        return False
    return after.capital or after.core[0].lower() == after.core[0].upper() or words.before_name.has(after.key)


def _is_designation(before: _Token, after: _Token, inside: bool, title_case: bool, words: BreakWords) -> bool:
    """Returns whether `after` completes a designation: "MAX 9", "737 MAX", "Plan B", "Marks & Spencer", "Brandt Ltd."."""
    if after.opened or before.closing not in ("", ".", ","):
        return False
    if before.capital and words.after_name.has(after.key) and after.capital:
        return True
    if before.closing:
        ordinal = before.figure and before.closing == "." and words.ordinals
        return ordinal and after.capital and not words.not_names.has(after.key)
    if "&" in (before.core, after.core):
        return before.capital or after.capital
    acronyms = not title_case
    if after.figure:
        if before.core.isupper() and len(before.core) > 1:
            return acronyms
        known = title_case or words.capitalised_nouns or not inside or words.not_names.has(before.key)
        return before.capital and not known
    if before.figure:
        return acronyms and after.core.isupper() and len(after.core) > 1
    single = len(after.core) == 1 and after.capital and after.core < "[" and after.core not in _NO_DESIGNATORS
    return single and before.capital and not words.not_names.has(before.key)


def _within_names(tokens: Sequence[_Token], words: BreakWords, given_only: bool) -> list[int]:
    """Returns where the words of names start, except the first of each.

    The last two of a run of capitalised words are a name, because titles come first in most runs: "Prime Minister Ana Ruiz".
    Particles are inside: "Ana van den Berg". With `given_only`, a name is a given name and the capitalised word after it.
    """
    starts: list[int] = []
    run: list[int] = []  # indexes of the run's capitalised words

    def end_run() -> None:
        pairs = [*itertools.pairwise(run)]
        given = [pair for pair in pairs if words.given_names.has(tokens[pair[0]].key)]
        for first, last in given if given_only else pairs[-1:]:
            starts.extend(token.start for token in tokens[first + 1 : last + 1])
        run.clear()

    for index, token in enumerate(tokens):
        if token.opened:
            end_run()
        if token.capital and not words.not_names.has(token.key):
            run.append(index)
        elif not (run and words.name_particles.has(token.key) and index - run[-1] <= _MOST_PARTICLES):
            end_run()
        if token.closing.strip("’'") or not token.core:
            end_run()
    end_run()
    return starts


def _within_listed_names(tokens: Sequence[_Token], names: Names) -> list[int]:
    """Returns where the words of listed names start, except the first of each; the last may have a possessive ending."""
    starts: list[int] = []
    for index, token in enumerate(tokens):
        if token.key not in names.first_words or token.closing:
            continue
        name = token.key
        for end in range(index + 1, min(index + _LONGEST_NAME, len(tokens))):
            following = tokens[end]
            if following.opened:
                break
            if f"{name} {_POSSESSIVE.sub('', following.key)}" in names.whole:
                starts += [inner.start for inner in tokens[index + 1 : end + 1]]
            if following.closing:
                break
            name = f"{name} {following.key}"
    return starts
