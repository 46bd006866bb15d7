"""Finds the leading figure of a key fact, if it keeps its meaning outside of its sentence."""

from typing import NamedTuple

from storycard.editing.figures.context import (
    LOOK_BACK,
    Fact,
    Place,
    ends,
    has_rivals,
    is_after_name,
    is_joined,
    is_refused_before,
    loses_meaning,
)
from storycard.editing.figures.numbers import Number, Unit, counted_noun, find_numbers, listed_unit, next_word
from storycard.editing.figures.patterns import READS_ON, UNSPACED, figure_patterns
from storycard.editing.text_metrics import columns
from storycard.language.language import Language

_LATEST = 0.6  # of the fact's characters: a figure that begins later does not lead
_REST = range(12, 151)  # columns
_LONGEST = 240  # columns: a longer fact has too long a rest
_LONGEST_PREFIX = 24
_MOST_DIGITS = 8  # of a number that is followed by no known noun: those of telephones have more


class Figure(NamedTuple):
    """The leading figure of a key fact, and how its sentence goes on."""

    prefix: str  # the words that must stay with it ("up", "fewer than"), as written, set small before it
    number: str  # as written, with its sign, currency, percent and magnitude: "£1.9bn", "37 %", "3 in 10", "19億円"
    unit: str  # the word that goes along, of at most 12 characters: "homes"
    rest: str  # the sentence without the figure if the figure opens it, else the whole sentence
    share: tuple[int, int] | None  # (3, 10) for "3 in 10", of at most 12


def find_figure(fact: str, language: Language) -> Figure | None:
    """Returns the leading figure of `fact`, a typeset sentence; None if it has none or there is doubt."""
    patterns = figure_patterns(language)
    if columns(fact) > _LONGEST or patterns.rate.search(fact):  # "34 per 100,000" is not a count
        return None
    read = Fact(fact, language, patterns, tuple(find_numbers(fact, patterns)))
    places = ((number, _place(read, number)) for number in read.numbers)
    number, place = next(((number, place) for number, place in places if place), (None, None))
    if not number or not place or has_rivals(read, number, place):
        return None
    rest = fact[place.unit.end :].strip() if place.reads_on else fact
    if columns(rest) not in _REST:
        return None
    prefix = fact[place.start : number.start].strip()
    return Figure(prefix, fact[number.start : number.end].strip(), place.unit.text, rest, number.share)


def _place(fact: Fact, number: Number) -> Place | None:
    """Returns where the figure of `number` stands, None if it would mean something else outside of its sentence."""
    text = fact.text
    prefix = fact.patterns.prefix.search(text, max(0, number.start - LOOK_BACK), number.start)
    start = prefix.start() if prefix else number.start
    if number.kind == "spelled" or start > _LATEST * len(text) or number.start - start > _LONGEST_PREFIX:
        return None
    if is_refused_before(fact, number, start) or is_joined(fact, number):
        return None
    unit = _unit(fact, number, start)
    if unit is None or _is_attached_after(text, number, unit):
        return None
    place = Place(start, unit, not text[:start].strip() and _reads_on(text, unit.end))
    if not place.reads_on and number.kind == "count" and not number.large:
        # In mid-sentence, a plain count may be of something that other words name: "the 787 jets", "12 points behind".
        return None
    if not place.reads_on and (loses_meaning(fact, number, place) or not fact.language.figure_words.known):
        return None
    return place


def _reads_on(text: str, end: int) -> bool:
    """Returns whether the text after `end` can stand for itself: it begins with a word that is not attached to the figure."""
    rest = text[end:].lstrip()
    return bool(READS_ON.match(text, end)) and rest[:1] not in tuple("([—–-,;:")


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


def _unit(fact: Fact, number: Number, start: int) -> Unit | None:
    """Returns the unit of `number`, which may be empty; None if the number counts nothing, or time."""
    text, patterns = fact.text, fact.patterns
    if patterns.refused_after.match(text, number.end):
        return None
    if duration := patterns.duration.match(text, number.end):
        lasts = number.kind == "count" and ends(fact, patterns.lasting_before, start)
        return Unit(duration[1], duration.end()) if lasts else None
    if (compared := patterns.comparison.match(text, number.end)) and not number.is_year:
        return Unit(compared[1], compared.end())
    unit = _counted(fact, number, start) if number.kind == "count" else Unit("", number.end)
    if unit and (compared := patterns.comparison.match(text, unit.end)):  # "12 points behind", "300人以上"
        return Unit(text[unit.end - len(unit.text) : compared.end()], compared.end()) if UNSPACED.match(compared[1]) else None
    return unit


def _counted(fact: Fact, number: Number, start: int) -> Unit | None:
    if number.is_likely_year or number.has_leading_zero or not fact.language.figure_words.known:
        return None
    named = not number.is_long and is_after_name(fact, start)
    if named and not fact.language.break_words.capitalised_nouns:
        return None
    if number.is_year or len(number.digits) == 1:
        unit = listed_unit(fact.text, number.end, fact.language, fact.patterns)
    else:
        unit = counted_noun(fact.text, number.end, fact.language, fact.patterns)
    if unit and named and not unit.text:
        return None
    return unit or (Unit("", number.end) if _counts_alone(fact, number, start) else None)


def _counts_alone(fact: Fact, number: Number, start: int) -> bool:
    """Returns whether a number without a known noun counts something: "370 rowers came", "fell to 393,000"."""
    if number.large:
        return True
    if number.digit_count > _MOST_DIGITS:
        return False
    if number.is_long and ends(fact, fact.patterns.level_before, start):
        return True
    word = next_word(fact.text, number.end, fact.language)
    if not word:
        return False
    opens = not fact.text[:start].strip() and len(number.digits) > 1 and not number.is_year
    return number.is_long or (opens and word[1].islower())
