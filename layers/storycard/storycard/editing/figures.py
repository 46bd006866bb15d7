"""Finds the leading figure of a key fact, if it says out of its sentence what it says in it."""

import re
from typing import NamedTuple

from storycard.editing.figure_numbers import Number, Unit, counted_noun, find_numbers, listed_unit, next_word
from storycard.editing.figure_patterns import LETTER, READS_ON, SPACE, UNSPACED, FigurePatterns, figure_patterns
from storycard.editing.text_metrics import columns
from storycard.language.language import Language

_LATEST = 0.6  # of the fact's characters: a figure that begins later does not lead
_REST = range(12, 151)  # columns
_LONGEST_PREFIX = 24
_LOOK_BACK = 60  # characters before a number in which the words before it are looked for
_MOST_RIVALS = 1
_MOST_DIGITS = 8  # of a number that is followed by no known noun: those of telephones have more
_OPENING_MARKS = "\"'“„‚‘«»‹›「『"
_CLAUSE_END = re.compile(r"[,;:](?!\d)|[.](?=\s)|[—–()،、。，；：।؛]")
_LAST_WORD = re.compile(rf"({LETTER}+){SPACE}*\Z")


class Figure(NamedTuple):
    """The leading figure of a key fact, and how its sentence goes on."""

    prefix: str  # the words that must stay with it ("up", "fewer than"), as written, set small before it
    number: str  # as written, with its sign, currency, percent and magnitude: "£1.9bn", "37 %", "3 in 10", "19億円"
    unit: str  # the word that goes along, of at most 12 characters: "homes"
    rest: str  # the sentence without the figure if the figure opens it, else the whole sentence
    share: tuple[int, int] | None  # (3, 10) for "3 in 10", of at most 12


class _Fact(NamedTuple):
    text: str
    language: Language
    patterns: FigurePatterns
    numbers: tuple[Number, ...]


class _Place(NamedTuple):
    """Where a figure stands in a fact: from its prefix to the end of its unit."""

    start: int
    unit: Unit
    reads_on: bool  # whether it can be cut off the fact, whose other words go on below it


def find_figure(fact: str, language: Language) -> Figure | None:
    """Returns the leading figure of `fact`, a typeset sentence; None if it has none or there is doubt."""
    patterns = figure_patterns(language)
    if patterns.rate.search(fact):  # "34 per 100,000" is no count
        return None
    read = _Fact(fact, language, patterns, tuple(find_numbers(fact, patterns)))
    figures = (_figure(read, number) for number in read.numbers)
    return next((figure for figure in figures if figure), None)


def _figure(fact: _Fact, number: Number) -> Figure | None:
    text = fact.text
    prefix = fact.patterns.prefix.search(text, max(0, number.start - _LOOK_BACK), number.start)
    start = prefix.start() if prefix else number.start
    if number.kind == "spelled" or start > _LATEST * len(text) or number.start - start > _LONGEST_PREFIX:
        return None
    if _is_refused_before(fact, number, start) or _is_joined(fact, number):
        return None
    unit = _unit(fact, number, start)
    if unit is None or _is_attached_after(text, number, unit):
        return None
    place = _Place(start, unit, not text[:start].strip() and _reads_on(text, unit.end))
    if not place.reads_on and (_loses_meaning(fact, number, place) or not fact.language.figure_words.known):
        return None
    if _has_rivals(fact, number, place):
        return None
    rest = text[unit.end :].strip() if place.reads_on else text
    if columns(rest) not in _REST:
        return None
    return Figure(text[start : number.start].strip(), text[number.start : number.end].strip(), unit.text, rest, number.share)


def _reads_on(text: str, end: int) -> bool:
    """Returns whether the text after `end` can stand for itself: it begins with a word that is not attached to the figure."""
    rest = text[end:].lstrip()
    return bool(READS_ON.match(text, end)) and rest[:1] not in tuple("([—–-,;:")


def _is_refused_before(fact: _Fact, number: Number, start: int) -> bool:
    """Returns whether a label ("Article") stands before the figure, or something is attached to it that is no opening mark."""
    before = fact.text[:start][-1:]
    if before and not (before.isspace() or before in _OPENING_MARKS or before in "（，、。：；" or UNSPACED.match(before)):
        return True
    patterns = fact.patterns
    if number.kind in ("money", "percent") and _ends(fact, patterns.compared_before, start):
        return True
    return _is_labelled(fact, number, start) or _ends(fact, patterns.phrase_before, number.start)


def _is_labelled(fact: _Fact, number: Number, start: int) -> bool:
    """Returns whether a word before `start` makes of the number a name, a date, an age or one of a pair."""
    name = number.kind == "count" and not number.large and _ends(fact, fact.patterns.name_before, start)
    return name or _ends(fact, fact.patterns.label_before, start)


def _ends(fact: _Fact, pattern: re.Pattern[str], end: int) -> bool:
    """Returns whether the text before `end` ends with `pattern`."""
    return bool(pattern.search(fact.text, max(0, end - _LOOK_BACK), end))


def _is_attached_after(text: str, number: Number, unit: Unit) -> bool:
    """Returns whether a word, a hyphen or another number continues the figure, or it stands in brackets."""
    following = text[unit.end : unit.end + 2]
    if not following or following[0].isspace() or UNSPACED.match(following):
        return False
    if following[0] in "’':":
        return len(following) < 2 or following[1].isdecimal() or (number.kind == "count" and not unit.text and not number.large)
    if following[0] == "." and number.kind == "count" and not unit.text:
        return True
    return following[0] not in ".,;!?…—”»“›』」、。，；：！？।؟،؛" or following[1:].isdecimal()


def _is_joined(fact: _Fact, number: Number) -> bool:
    """Returns whether the number is an end of a range, a part of a score, a date or a phone number."""
    index = fact.numbers.index(number)
    pairs = zip(fact.numbers[max(0, index - 1) : index + 1], fact.numbers[max(1, index) : index + 2], strict=False)
    gaps = (fact.text[first.end : second.start] for first, second in pairs)
    return any(fact.patterns.join.fullmatch(gap) for gap in gaps)


def _unit(fact: _Fact, number: Number, start: int) -> Unit | None:
    """Returns the unit of `number`, which may be empty; None if the number counts nothing, or time."""
    text, patterns = fact.text, fact.patterns
    if patterns.refused_after.match(text, number.end):
        return None
    if duration := patterns.duration.match(text, number.end):
        lasts = number.kind == "count" and _ends(fact, patterns.lasting_before, start)
        return Unit(duration[1], duration.end()) if lasts else None
    if (compared := patterns.comparison.match(text, number.end)) and not number.is_year:
        return Unit(compared[1], compared.end())
    unit = _counted(fact, number, start) if number.kind == "count" else Unit("", number.end)
    if unit and (compared := patterns.comparison.match(text, unit.end)):  # "12 points behind", "300人以上"
        return Unit(text[unit.end - len(unit.text) : compared.end()], compared.end()) if UNSPACED.match(compared[1]) else None
    return unit


def _counted(fact: _Fact, number: Number, start: int) -> Unit | None:
    if number.is_likely_year or number.has_leading_zero or not fact.language.figure_words.known:
        return None
    named = not number.is_long and _is_after_name(fact, start)
    if named and not fact.language.break_words.capitalised_nouns:
        return None
    if number.is_year or len(number.digits) == 1:
        unit = listed_unit(fact.text, number.end, fact.language, fact.patterns)
    else:
        unit = counted_noun(fact.text, number.end, fact.language, fact.patterns)
    if unit and named and not unit.text:
        return None
    return unit or (Unit("", number.end) if _counts_alone(fact, number, start) else None)


def _counts_alone(fact: _Fact, number: Number, start: int) -> bool:
    """Returns whether a number without a known noun counts something: "370 rowers came", "fell to 393,000"."""
    if number.large:
        return True
    if number.digit_count > _MOST_DIGITS:
        return False
    if number.is_long and _ends(fact, fact.patterns.level_before, start):
        return True
    word = next_word(fact.text, number.end, fact.language)
    if not word:
        return False
    opens = not fact.text[:start].strip() and len(number.digits) > 1 and not number.is_year
    return number.is_long or (opens and word[1].islower())


def _is_after_name(fact: _Fact, start: int) -> bool:
    """Returns whether a capitalised word stands before `start` that may be a name: "Boeing 737 passengers"."""
    word = _LAST_WORD.search(fact.text, max(0, start - _LOOK_BACK), start)
    if not word or word[1] == word[1].lower():
        return False
    return bool(fact.text[: word.start()].strip()) or not fact.language.break_words.not_names.has(word[1].casefold())


def _loses_meaning(fact: _Fact, number: Number, place: _Place) -> bool:
    """Returns whether the figure's clause says "not", or that something rose or fell, in words that do not stay with it."""
    text, patterns = fact.text, fact.patterns
    clause_start = max((end.end() for end in _CLAUSE_END.finditer(text, 0, place.start)), default=0)
    clause_end = end.start() if (end := _CLAUSE_END.search(text, place.unit.end)) else len(text)
    before, after = text[clause_start : place.start], text[place.unit.end : clause_end]
    if patterns.negation.search(text[: place.start]):
        return True
    subject = not place.unit.text and fact.language.break_words.not_names.has(text[: place.start].strip().casefold())
    if patterns.negation.search(after) and not subject:  # a subject as in "Il 63% dei comuni non ha asili"
        return True
    kept = text[place.start : number.start] + place.unit.text
    if patterns.changes.search(kept):
        return False
    if _ends(fact, patterns.level_before, place.start):
        return False
    if _ends(fact, patterns.by_before, place.start):
        return True
    return bool(patterns.changes.search(before) or patterns.changes.search(after)) or _may_be_change(fact, number, place)


def _may_be_change(fact: _Fact, number: Number, place: _Place) -> bool:
    """Returns whether a word that is not known stands before a percentage which is no share: "retreated 6% in May"."""
    word = _LAST_WORD.search(fact.text, max(0, place.start - _LOOK_BACK), place.start)
    function_words = fact.language.break_words.not_names
    if number.kind != "percent" or not word or not word[1].islower() or function_words.has(word[1]):
        return False
    if fact.language.figure_words.partitives:
        return not fact.patterns.partitive.match(fact.text, number.end)
    return next_word(fact.text, number.end, fact.language) is None


def _has_rivals(fact: _Fact, number: Number, place: _Place) -> bool:
    """Returns whether the fact has other figures of the same kind, of which one is as good as another."""
    others = [other for other in fact.numbers if other != number and not _is_no_figure(fact, other)]
    same = sum(other.kind == number.kind for other in others)
    bare = sum(other.kind == "count" and not other.large for other in others)
    known = fact.language.figure_words.known
    return same > (_MOST_RIVALS if place.reads_on and known else 0) or bare > _MOST_RIVALS


def _is_no_figure(fact: _Fact, number: Number) -> bool:
    """Returns whether a number is no rival: a year, a time, a part of a name, in brackets, or a former value ("from 4%")."""
    text, patterns = fact.text, fact.patterns
    if number.is_year or text[: number.start].endswith("(") or _is_refused_before(fact, number, number.start):
        return True
    after = patterns.refused_after.match(text, number.end) or patterns.duration.match(text, number.end)
    return number.kind == "count" and bool(after)
