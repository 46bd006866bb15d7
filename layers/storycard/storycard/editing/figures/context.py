"""Judges whether a figure of a key fact keeps its meaning outside of its sentence."""

import re
from typing import NamedTuple

from storycard.editing.figures.numbers import Number, Unit, listed_unit, next_word
from storycard.editing.figures.patterns import LETTER, SPACE, UNSPACED, FigurePatterns
from storycard.language.language import Language

LOOK_BACK = 60  # characters before a number in which the words before it are looked for
_MOST_RIVALS = 1
_NEAR = 25  # characters between two numbers
_OPENING_MARKS = "\"'“„‚‘«»‹›「『"
_CLAUSE_END = re.compile(r"[,;:](?!\d)|[.](?=\s)|[—–()،、。，；：।؛]")
_ASIDE_MARKS = (",", "،", "–", "—")
_LAST_WORD = re.compile(rf"({LETTER}+){SPACE}*\Z")


class Fact(NamedTuple):
    """A key fact, its language and the numbers in it."""

    text: str
    language: Language
    patterns: FigurePatterns
    numbers: tuple[Number, ...]


class Place(NamedTuple):
    """Where a figure stands in a fact: from its prefix to the end of its unit."""

    start: int
    unit: Unit
    reads_on: bool  # whether it can be cut off the fact, whose other words go on below it


def is_refused_before(fact: Fact, number: Number, start: int) -> bool:
    """Returns whether a label ("Article") stands before the figure, or something other than an opening mark is attached to it."""
    before = fact.text[:start][-1:]
    if before and not (before.isspace() or before in _OPENING_MARKS or before in "（，、。：；" or UNSPACED.match(before)):
        return True
    patterns = fact.patterns
    if number.kind in ("money", "percent") and ends(fact, patterns.compared_before, start):
        return True
    return _is_labelled(fact, number, start) or ends(fact, patterns.phrase_before, number.start)


def _is_labelled(fact: Fact, number: Number, start: int) -> bool:
    """Returns whether a word before `start` makes the number part of a name, a date, an age or a pair."""
    patterns = fact.patterns
    if patterns.changes.search(fact.text, start, number.start):  # a verb stands between: "the group lost 300 members"
        return False
    if (
        number.kind == "count"
        and not number.is_long
        and number.digits.isdecimal()
        and ends(fact, patterns.definite_before, start)
    ):
        return True  # "the 787 jets"
    name = number.kind == "count" and not number.large and ends(fact, patterns.name_before, start)
    return name or ends(fact, patterns.label_before, start)


def ends(fact: Fact, pattern: re.Pattern[str], end: int) -> bool:
    """Returns whether the text before `end` ends with `pattern`."""
    return bool(pattern.search(fact.text, max(0, end - LOOK_BACK), end))


def is_joined(fact: Fact, number: Number) -> bool:
    """Returns whether the number is an end of a range, a part of a score, a date or a phone number."""
    index = fact.numbers.index(number)
    pairs = zip(fact.numbers[max(0, index - 1) : index + 1], fact.numbers[max(1, index) : index + 2], strict=False)
    gaps = (fact.text[first.end : second.start] for first, second in pairs)
    return any(fact.patterns.join.fullmatch(gap) for gap in gaps)


def is_after_name(fact: Fact, start: int) -> bool:
    """Returns whether a capitalised word stands before `start` that may be a name: "Boeing 737 passengers"."""
    word = _LAST_WORD.search(fact.text, max(0, start - LOOK_BACK), start)
    if not word or word[1] == word[1].lower():
        return False
    return bool(fact.text[: word.start()].strip()) or not fact.language.break_words.not_names.has(word[1].casefold())


def loses_meaning(fact: Fact, number: Number, place: Place) -> bool:
    """Returns whether the figure's clause says "not", or that something rose or fell, in words that do not stay with it."""
    text, patterns = fact.text, fact.patterns
    clause_start = max((end.end() for end in _CLAUSE_END.finditer(text, 0, place.start)), default=0)
    clause_end = end.start() if (end := _CLAUSE_END.search(text, place.unit.end)) else len(text)
    before, after = text[clause_start : place.start], text[place.unit.end : clause_end]
    if patterns.negation.search(text[: place.start]) or _is_aside(text, clause_start, clause_end):
        return True
    if patterns.negation.search(after) and not _is_subject(fact, number, place):
        return True
    kept = text[place.start : number.start] + place.unit.text
    if patterns.changes.search(kept):
        return False
    if ends(fact, patterns.level_before, place.start):
        return False
    if ends(fact, patterns.by_before, place.start):
        return True
    return bool(patterns.changes.search(before) or patterns.changes.search(after)) or _may_be_change(fact, number, place)


def _is_aside(text: str, start: int, end: int) -> bool:
    """Returns whether the clause stands between commas or dashes: "The budget, set at €40 million, has doubled"."""
    return text[:start].endswith(_ASIDE_MARKS) and text[end : end + 1] in _ASIDE_MARKS


def _is_subject(fact: Fact, number: Number, place: Place) -> bool:
    """Returns whether a share and its article begin the fact: "Il 63% dei comuni non ha asili", but not "The 20% target"."""
    words = fact.language.figure_words
    if number.kind != "percent" or not fact.language.break_words.not_names.has(fact.text[: place.start].strip().casefold()):
        return False
    return not words.partitives or bool(fact.patterns.partitive.match(fact.text, number.end))


def _may_be_change(fact: Fact, number: Number, place: Place) -> bool:
    """Returns whether a word that is not known stands before a percentage that is not a share: "retreated 6% in May"."""
    word = _LAST_WORD.search(fact.text, max(0, place.start - LOOK_BACK), place.start)
    if number.kind != "percent" or not word:
        return False
    known = not word[1].islower() or fact.language.break_words.not_names.has(word[1])
    if known and not ends(fact, fact.patterns.linked_before, place.start):
        return False
    if fact.language.figure_words.partitives:
        return not fact.patterns.partitive.match(fact.text, number.end)
    return next_word(fact.text, number.end, fact.language) is None


def has_rivals(fact: Fact, number: Number, place: Place) -> bool:
    """Returns whether the fact has other figures of the same kind, so that none of them leads."""
    others = [other for other in fact.numbers if other != number and not _is_no_figure(fact, other)]
    rivals = [other for other in others if not _counts_other(fact, other, number, place.unit)]
    same = sum(other.kind == number.kind or _leaves_out_unit(fact, other, number) for other in rivals)
    bare = sum(other.kind == "count" and not other.large for other in rivals)
    known = fact.language.figure_words.known
    return same > (_MOST_RIVALS if place.reads_on and known else 0) or bare > _MOST_RIVALS


def _leaves_out_unit(fact: Fact, other: Number, number: Number) -> bool:
    """Returns whether the other number is of the figure's kind without saying so: "The mayor says £10m, the auditor 15"."""
    text = fact.text.rstrip(".") + ";"
    return other.kind == "count" and other.start > number.end and bool(_CLAUSE_END.match(text, other.end))


def _counts_other(fact: Fact, other: Number, number: Number, unit: Unit) -> bool:
    """Returns whether another number counts something else and stands apart: "4,200 homes dry at a tide of 3.1 metres"."""
    listed = listed_unit(fact.text, other.end, fact.language, fact.patterns)
    apart = max(other.start - unit.end, number.start - other.end) > _NEAR
    return bool(listed and unit.text and listed.text != unit.text) and apart


def _is_no_figure(fact: Fact, number: Number) -> bool:
    """Returns whether a number is not a rival: a year, a time, a part of a name, in brackets, or a former value ("from 4%")."""
    text, patterns = fact.text, fact.patterns
    if number.is_year or text[: number.start].endswith("(") or is_refused_before(fact, number, number.start):
        return True
    after = patterns.refused_after.match(text, number.end) or patterns.duration.match(text, number.end)
    return number.kind == "count" and bool(after)
