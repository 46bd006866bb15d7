"""Finds the first sentence of a text in any language (UAX #29), by the language's abbreviations and ordinals."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from storycard.editing.quotation_pairs import Pair, find_pairs
from storycard.editing.text_metrics import IDEOGRAPHS_START
from storycard.language.language import Language
from storycard.language.sentences import CLOSING_MARKS, SENTENCE_ENDS, UNSPACED_ENDS
from storycard.language.word_lists import BreakWords

_OPENING_MARKS = "\"'“‘«„‚‹「『([{（［¿¡"
_BRACKETS = {")": "(", "]": "[", "）": "（", "］": "［"}
_LAST_WORD = re.compile(r"[^\s(\[\"“«„–—/]*$")
_MOST_FORMS = 5  # of a word before a full stop, the longest of four parts: "i. d. R.", "и т. д."
_ROMAN = re.compile(r"[IVXLC]{2,}")
_YEAR_DIGITS = 4  # a number this long is not an ordinal
_SHORT = 3  # letters: a longer word with a capital and a full stop is an abbreviation only if it is listed
_LONGEST = 1_000  # code points: no card has room for a longer sentence, and each end is compared with all that stands before it


class _Following(NamedTuple):
    """What stands after a possible end: the text without opening marks, and its first word for look-ups."""

    text: str
    key: str
    starts_sentence: bool  # whether its first word is one that begins sentences, such as "The"


def first_sentence(text: str, language: Language) -> str:
    """Returns the first sentence of `text` with its closing marks, or all of `text` if none ends in its first 1,000 characters.

    A sentence does not end before a small letter, and within quotation marks or brackets only right before the closing one.
    """
    enclosed = [*find_pairs(text, language), *_bracketed(text)]
    for mark in re.finditer(f"[{re.escape(SENTENCE_ENDS + language.sentence_words.ends)}]+", text):
        if mark.start() > _LONGEST:
            break
        end = _after_closing_marks(text, mark.end(), enclosed)
        rest = text[end:].lstrip()
        if any(pair.start < mark.start() and end <= pair.end for pair in enclosed):
            continue
        if text[end : end + 1].strip() and mark[0][-1] not in UNSPACED_ENDS:
            continue
        if not rest or not _continues(text[: mark.start()], mark[0], rest, end > mark.end(), language):
            return text[:end].strip()
    return text


def _bracketed(text: str) -> Iterator[Pair]:
    opened: list[int] = []
    for index, character in enumerate(text):
        if character in _BRACKETS.values():
            opened.append(index)
        elif opened and _BRACKETS.get(character) == text[opened[-1]]:
            yield Pair(opened.pop(), index)


def _after_closing_marks(text: str, end: int, enclosed: list[Pair]) -> int:
    """Returns the offset after the closing marks at `end`; a French one has a space before it."""
    closing = {pair.end for pair in enclosed}
    while True:
        if text[end : end + 1].isspace() and end + 1 in closing:
            end += 2
        elif end in closing or (text[end : end + 1] and text[end] in CLOSING_MARKS):
            end += 1
        else:
            return end


def _continues(before: str, mark: str, rest: str, closed: bool, language: Language) -> bool:
    """Returns whether the sentence goes on after a mark with which sentences end; `closed` if a closing mark follows that."""
    words, breaks = language.sentence_words, language.break_words
    following = rest.lstrip(_OPENING_MARKS)
    key = re.split(r"[^\w.]", following, maxsplit=1)[0].casefold().rstrip(".")
    starts = following[:1].isupper() and breaks.not_names.has(key) and following[len(key) : len(key) + 1] != "."
    if closed and words.continuing and following.startswith(words.continuing):
        return True
    if mark[-1] in UNSPACED_ENDS:
        return False
    if following[:1].islower():
        return True
    if mark != "." or closed:
        return breaks.after_name.has(key) and not starts
    return _is_abbreviation(before, _Following(following, key, starts), language)


def _is_abbreviation(before: str, following: _Following, language: Language) -> bool:
    """Returns whether the full stop after `before` belongs to an abbreviation or an ordinal, and does not also end a sentence."""
    words, breaks = language.sentence_words, language.break_words
    word = _last_word(before)
    if word.isdigit() or _ROMAN.fullmatch(word):
        return breaks.ordinals and (breaks.months.has(following.key) or _is_ordinal(before, word, following, breaks))
    forms = _forms(before)
    if not words.abbreviations.isdisjoint(forms) or forms[0].endswith(words.abbreviated_endings):
        return True
    keys = {form.casefold().rstrip(".") for form in forms}
    if following.text[:1].isdigit() and any(breaks.before_number.has(key) or breaks.months.has(key) for key in keys):
        return True
    previous = _last_word(before[: len(before) - len(word)].rstrip())
    title = not words.titles.isdisjoint(keys) and not previous.isdigit()  # "г. Москва", but "1987 г."
    closing = not words.closing_abbreviations.isdisjoint(forms)
    if title and not closing:
        return True
    if closing and not title and not breaks.capitalised_nouns:
        goes_on = breaks.after_name.has(following.key) or breaks.after_number.has(following.key)
        return goes_on or following.text.startswith(words.continuing)
    initial = len(word) == 1 and word.isalpha() and word < IDEOGRAPHS_START
    short = len(word) <= _SHORT and word[:1].isupper() and not word.isupper()
    return (closing or initial or short or "." in word) and not following.starts_sentence


def _is_ordinal(before: str, number: str, following: _Following, breaks: BreakWords) -> bool:
    counted = breaks.before_number.has(_last_word(before[: -len(number)].rstrip()).casefold().rstrip("."))  # as in "Nr. 5"
    return not counted and not following.starts_sentence and (len(number) < _YEAR_DIGITS or not number.isdigit())


def _forms(before: str) -> list[str]:
    """Returns the last word of `before` with its full stop: alone, after an apostrophe, and with the abbreviations before it.

    Each is there with a small first letter too, as lists have most abbreviations.
    """
    word = _last_word(before)
    forms = [f"{word}.", re.split("['’]", word)[-1] + "."]
    rest = before[: len(before) - len(word)].rstrip()
    while len(forms) < _MOST_FORMS and (part := _last_word(rest)).endswith("."):
        forms.append(part + forms[-1])
        rest = rest[: -len(part)].rstrip()
    return [*forms, *(form[0].lower() + form[1:] for form in forms)]


def _last_word(text: str) -> str:
    found = _LAST_WORD.search(text)
    return found[0] if found else ""
