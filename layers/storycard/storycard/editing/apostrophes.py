"""Tells apostrophes, letters and primes from quotation marks: all are typed with the same two keys.

Unicode 6.2; the words of each language are in assets/languages. When in doubt, a mark is an apostrophe.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from storycard.language.language import Language
from storycard.language.sentences import CLAUSE_ENDS, SENTENCE_ENDS

TYPED = "'\""
OPENING_PUNCTUATION = "([{¡¿/–—―-"
CLOSING_PUNCTUATION = frozenset(SENTENCE_ENDS + CLAUSE_ENDS + ")]}/–—―-")
_OPENING = frozenset(OPENING_PUNCTUATION + "'\"“„«‹‘‚「『《〈")
_CLOSING = CLOSING_PUNCTUATION.union("\"'”’“‘»«›‹」』》〉+")
_BEFORE_CLAUSE = frozenset(SENTENCE_ENDS + CLAUSE_ENDS).union(_OPENING)
_NO_SPACES_BETWEEN_WORDS = "\u2e80"  # from here on Chinese, Japanese and Korean, where no mark between letters is an apostrophe
_YEAR = re.compile(r"'\d\d(?!\w)")
_THOUSANDS = re.compile(r"'\d{3}(?!\d)")
_LOW_OR_GRAVE = re.compile(r"(?<![\w,`])(?:,,|``)(?=\w)")  # how an opening mark was typed in Polish, German and TeX
_TWO_SINGLE = re.compile(r"(?<![\d'])''(?!')")  # a double mark typed as two single ones
_HEBREW_LETTERS_AT_END = re.compile("[א-ת]+$")
_PREFIXING = re.compile("[א-ת\u0600-\u06ff]")
_FEET_AND_INCHES = re.compile(r"(?<![\w.,])(\d+°? ?\d*)' ?(\d+(?:\.\d+)?)\"")


class _Reading(NamedTuple):
    """The typed single marks that may belong to one quotation: what opens it, what may close it, and marks between letters."""

    opening: int | None
    ends: list[int]
    between: list[int]


def set_letters(text: str, language: Language) -> str:
    """Replaces typed marks that are letters or measures beyond doubt."""
    if "'" not in text and '"' not in text:
        return text
    text = _FEET_AND_INCHES.sub(lambda match: match[0].replace("'", "′").replace('"', "″"), text)
    text = re.sub(r"(?<=\d)'(?=[x×] ?\d)", "′", text)
    text = _LOW_OR_GRAVE.sub('"', text)
    if (len(_TWO_SINGLE.findall(text)) + text.count('"')) % 2 == 0:
        text = _TWO_SINGLE.sub('"', text)
    text = _set_hebrew_signs(text, '"', "״", language.prefixes_before_double_mark)
    text = _set_hebrew_signs(text, "'", "׳", language.prefixes_before_single_mark)
    if letters := language.turned_comma_after:
        text = re.sub(rf"(?<=[{letters}])'", "ʻ", text)
    if letters := language.turned_comma_before:
        text = re.sub(rf"'(?=[{letters}])", "ʻ", text)
    return text


def find_apostrophes(text: str, language: Language | None = None) -> frozenset[int]:
    """Returns the offsets of the typed single marks that are not quotation marks."""
    if "'" not in text:
        return frozenset()
    clipped = _marks_in(text, language.elisions) if language else set()
    possible = _marks_in(text, language.possible_elisions) if language else set()
    quoted_letters = {index for index in clipped if text[max(0, index - 2) : index - 1] == "'" and index - 2 not in clipped}
    clipped, possible = clipped - quoted_letters, possible | quoted_letters  # 'O' levels
    found = {index for index in clipped if not _begins_clause(text, index)}
    found |= {index for index in clipped | possible if text[index - 1 : index] == "'"}  # it follows the mark that opens
    for reading in _readings(text, found):
        found |= _apostrophes_in(text, reading, clipped, possible, language)
    return frozenset(found)


def apostrophe(text: str, index: int, language: Language) -> str:
    """Returns the character for the typed single mark at `index`, which is not a quotation mark."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if before.isdigit() and not after.isalpha():
        return "’" if _THOUSANDS.match(text, index) else "′"
    if "א" <= before <= "ת":
        return "׳"
    return language.apostrophe if is_wordy(before) and after.isalpha() else "’"


def is_wordy(character: str) -> bool:
    """Returns whether a character is part of a word or number."""
    return character.isalnum() or (character != "" and unicodedata.category(character)[0] == "M")


def _readings(text: str, known: set[int]) -> Iterator[_Reading]:
    """Yields what the typed single marks, without the `known` apostrophes, may quote: from one mark that opens to the next."""
    reading = _Reading(None, [], [])
    for index, mark in enumerate(text):
        if mark != "'" or index in known:
            continue
        before, after = text[index - 1 : index] or " ", text[index + 1 : index + 2] or " "
        may_open = reading.opening is None or bool(reading.ends)
        if _starts(before, after) or (may_open and _starts_unspaced(before, after)):
            yield reading
            reading = _Reading(index, [], [])
        elif not before.isspace() and (after.isspace() or after in _CLOSING):
            reading.ends.append(index)
        elif is_wordy(before) and after.isalnum():
            if before < _NO_SPACES_BETWEEN_WORDS:
                reading.between.append(index)
            elif reading.opening is not None:
                reading.ends.append(index)
    yield reading


def _starts(before: str, after: str) -> bool:
    return (before.isspace() or before in _OPENING) and (after.isalnum() or after in _OPENING)


def _starts_unspaced(before: str, after: str) -> bool:
    """Returns whether a mark without a space before it may open a quotation: after punctuation or an Arabic or Hebrew prefix."""
    follows_prefix = _PREFIXING.match(before) is not None and _PREFIXING.match(after) is not None
    return after.isalnum() and (before in CLOSING_PUNCTUATION or follows_prefix)


def _apostrophes_in(text: str, reading: _Reading, clipped: set[int], possible: set[int], language: Language | None) -> set[int]:
    """Returns the marks that do not belong to the quotation: all, if nothing closes it."""
    opening, ends, between = reading
    others = {index for index in ends if is_wordy(text[index - 1]) and not _ends_long_number(text, index)} | set(between)
    if opening is None:
        return others
    closing = _closing(text, reading, opening in clipped, possible, language)
    if closing is not None:
        return others - {closing}
    return others | {opening} if opening in clipped | possible or _may_begin_word(text, opening) else others


def _may_begin_word(text: str, index: int) -> bool:
    """Returns whether an unclosed mark is an apostrophe rather than half a quotation, which begins with a capital or a clause."""
    letter = text[index + 1 : index + 2]
    has_case = letter.islower() or letter.isupper()
    return letter.islower() if has_case else letter < _NO_SPACES_BETWEEN_WORDS and not _begins_clause(text, index)


def _closing(text: str, reading: _Reading, clipped: bool, possible: set[int], language: Language | None) -> int | None:
    """Chooses the mark that closes a quotation: the first that can be nothing else, or that punctuation follows."""
    endings = language.clipped_endings if language else ("s",)
    sure = {index for index in reading.ends if index not in possible and not _may_be_clipped(text, index, endings)}
    is_year = _YEAR.match(text, reading.opening or 0)
    if clipped and not is_year:  # a word that begins with an apostrophe, or a quotation if that closes beyond doubt
        return min(sure, default=None)
    before_stop = {index for index in reading.ends if not text[index + 1 : index + 2].startswith((" ", "\u00a0", "'"))}
    if sure or before_stop or is_year:
        return min(sure | before_stop, default=None)
    if reading.ends:
        if possible.issuperset((reading.opening, *reading.ends)):
            return None
        return min(reading.ends, key=lambda index: (index in possible, index))
    return next((index for index in reading.between if _takes_suffix(text[index + 1], language)), None)


def _takes_suffix(letter: str, language: Language | None) -> bool:
    """Returns whether a suffix that begins with `letter` may follow a closing mark: as in Turkish, or in Telugu script."""
    return (language is not None and language.suffixes_after_marks) or "\u0600" <= letter < "\u1e00" or letter >= "\u2000"


def _marks_in(text: str, words: re.Pattern[str]) -> set[int]:
    """Returns the offsets of the typed single marks in all matches of `words`."""
    spans = (range(*match.span()) for match in words.finditer(text))
    return {index for span in spans for index in span if text[index] == "'"}


def _may_be_clipped(text: str, index: int, endings: tuple[str, ...]) -> bool:
    word = text[max(0, index - 12) : index].lower()
    return word.endswith(endings) or word[-1:].isdigit()


def _ends_long_number(text: str, index: int) -> bool:
    return text[max(0, index - 4) : index].isdigit() and index >= 4


def _begins_clause(text: str, index: int) -> bool:
    before = text[:index].rstrip()[-1:]
    return not before or before in _BEFORE_CLAUSE


def _set_hebrew_signs(text: str, mark: str, sign: str, prefixes: str) -> str:
    """Sets gershayim and geresh between letters. A prefix before a quotation has a mark between two letters too: ב"הארץ"."""
    inside = {match.start() for match in re.finditer(rf"(?<=[א-ת]){mark}(?=[א-ת])", text)}
    if not inside:
        return text
    marks = [match.start() for match in re.finditer(mark, text)]
    characters = list(text)
    opened = False
    for index, later in zip_longest(marks, marks[1:]):
        if index not in inside:
            opened = not opened
            continue
        closes = later is not None and later not in inside and not text[later - 1].isspace()
        if closes and not opened and set(prefixes).issuperset(_HEBREW_LETTERS_AT_END.findall(text[:index])[0]):
            opened = True
        else:
            characters[index] = sign
    return "".join(characters)
