"""Finds the numbers of a key fact with what belongs to them: currency, percent, magnitude, and the word that they count."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from icu4py.breakers import WordBreaker

from storycard.editing.figures.patterns import DICTIONARY, LETTER, SPACE, UNSPACED, FigurePatterns
from storycard.language.language import Language
from storycard.text import icu

_MOST_MARKS = 12  # of a ratio that is drawn
_ROUND = (20, 25, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000)  # "1 in 100", but not "12 in 30"
_YEARS = range(1000, 2200)
_LIKELY_YEARS = range(1900, 2100)
_LONGEST_UNIT = 12  # characters
_LONGEST_SIGN = 12  # characters of a currency or a word for percent
_WORDS_TO_NOUN = 3  # "300 well paid jobs"
_LONGEST_WORD = 24  # characters that are looked at for a word in scripts without spaces
_GROUPED = re.compile(r"\D\d{3}(?!\d)")
_WORD = re.compile(rf"{SPACE}*({LETTER}+)")


class Number(NamedTuple):
    """A number in a fact, with what belongs to it."""

    start: int
    end: int
    kind: str  # "money", "percent", "ratio", "count", or "spelled" for a ratio such as "one in 5"
    digits: str  # without what belongs to it
    large: bool  # whether it has a magnitude
    share: tuple[int, int] | None = None

    @property
    def is_year(self) -> bool:
        """Whether it may be a year."""
        return self.kind == "count" and not self.large and self.digits.isdecimal() and int(self.digits) in _YEARS

    @property
    def is_likely_year(self) -> bool:
        """Whether it is a year that news often mentions."""
        return self.is_year and int(self.digits) in _LIKELY_YEARS

    @property
    def digit_count(self) -> int:
        """The number of its digits."""
        return sum(map(str.isdecimal, self.digits))

    @property
    def has_leading_zero(self) -> bool:
        """Whether it is a code or the beginning of a telephone number."""
        return self.digits[0] in "0٠۰०০" and self.digits[1:2].isdecimal()

    @property
    def is_long(self) -> bool:
        """Whether it is too long for the number of a flight or a model."""
        return self.large or bool(_GROUPED.search(self.digits)) or len(self.digits) > len("2000")


class Unit(NamedTuple):
    """The word that goes along with a number, and its end in the fact."""

    text: str
    end: int


def find_numbers(fact: str, patterns: FigurePatterns) -> Iterator[Number]:
    """Yields the numbers of `fact` from its beginning. A ratio is one number."""
    ratios = sorted(_ratios(fact, patterns), key=lambda ratio: (ratio.start, -ratio.end))
    end = 0
    for match in patterns.candidate.finditer(fact):
        if match.start() < end:
            continue
        number = next((ratio for ratio in ratios if ratio.start <= match.start() < ratio.end), None) or _number(match, patterns)
        end = number.end
        yield number


def _ratios(fact: str, patterns: FigurePatterns) -> Iterator[Number]:
    for match in (match for pattern in patterns.ratios for match in pattern.finditer(fact)):
        spans = (patterns.candidate.match(fact, match.start(name)) for name in "nm")
        if all(span and span["number"] == span[0] for span in spans) and (number := _ratio(match)):
            yield number
    for match in patterns.spelled_ratio.finditer(fact):
        yield Number(match.start(), match.end(), "spelled", match[0], False)


def _number(match: re.Match[str], patterns: FigurePatterns) -> Number:
    sign = next(patterns.sign_before.finditer(match.string, max(0, match.start() - _LONGEST_SIGN), match.start()))
    money, percent = (match[name] or sign[name] for name in ("money", "percent"))
    magnitude = match["magnitude"].strip()
    large = len(magnitude) > 1 or bool(UNSPACED.match(magnitude))  # "100m" may be metres
    kind = "money" if money else "percent" if percent else "count"
    return Number(sign.start(), match.end(), kind, match["number"], large)


def _ratio(match: re.Match[str]) -> Number | None:
    some, many = (int(re.sub(r"\D", "", match[name])) for name in "nm")
    drawn = many <= _MOST_MARKS
    if not 0 < some <= many or many == 1 or (not drawn and many in _YEARS and match["m"].isdecimal() and many not in _ROUND):
        return None
    if not drawn and some <= _MOST_MARKS and many not in _ROUND:
        return None
    return Number(match.start(), match.end(), "ratio", match["n"], False, (some, many) if drawn else None)


def listed_unit(fact: str, end: int, language: Language, patterns: FigurePatterns) -> Unit | None:
    """Returns the listed unit at `end`, or None. In a script without spaces a word must end after the unit."""
    found = patterns.unit.match(fact, end)
    if not found or (DICTIONARY.match(fact, found.start(1)) and found.end() not in _word_ends(fact, found.start(1), language)):
        return None
    return _unit(found)


def counted_noun(fact: str, end: int, language: Language, patterns: FigurePatterns) -> Unit | None:
    """Returns the noun that the number before `end` counts, as an empty unit if other words stand between; None without one."""
    position = end
    for index in range(_WORDS_TO_NOUN if language.break_words.not_names.whole else 1):
        if unit := listed_unit(fact, position, language, patterns):
            return Unit("", end) if index else unit
        word = next_word(fact, position, language)
        if not word:
            return None
        if _is_noun(fact, word, language, patterns):
            return Unit("", end) if index else _unit(word)
        position = word.end()
    return None


def next_word(fact: str, end: int, language: Language) -> re.Match[str] | None:
    """Returns the word after `end`, None if there is none or it is a function word such as "in"."""
    word = _WORD.match(fact, end)
    return None if word and language.break_words.not_names.has(word[1].casefold()) else word


def _unit(found: re.Match[str]) -> Unit:
    fits = len(found[1]) <= _LONGEST_UNIT
    return Unit(found[1], found.end()) if fits else Unit("", found.start())


def _is_noun(fact: str, word: re.Match[str], language: Language, patterns: FigurePatterns) -> bool:
    """Returns whether a word that is not listed is capitalised where nouns are, or ends like a plural, and no noun follows it."""
    breaks = language.break_words
    following = _WORD.match(fact, word.end())
    if breaks.capitalised_nouns:
        return word[1][0].isupper() and not (following and following[1][0].isupper())
    if not word[1].islower() or not patterns.plural.fullmatch(word[1]):
        return False
    if not following or breaks.not_names.has(following[1].casefold()):
        return True
    return not patterns.plural.fullmatch(following[1]) and not listed_unit(fact, word.end(), language, patterns)


def _word_ends(fact: str, start: int, language: Language) -> set[int]:
    text = fact[start : start + _LONGEST_WORD]
    codepoint_at = icu.codepoint_offsets(text)
    return {start + codepoint_at[end] for _, end in WordBreaker(text, language.tag).segments()}
