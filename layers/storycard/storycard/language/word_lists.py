"""Defines the words of a language that decide where lines break and sentences end, and reads them from its file."""

import hashlib
import re
from typing import NamedTuple

from storycard.toml_reader import Table

DICTIONARY = "dictionary"
_BUDOUX_MODELS = ("ja", "th", "zh-hans", "zh-hant")
_STEM = "-"  # ends an entry that stands for all words which begin with it, or begins one for all that end with it


class Words(NamedTuple):
    """A list of words, in lower case and without full stops; `stems` are the beginnings of words with many endings."""

    whole: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()

    def has(self, word: str) -> bool:
        """Returns whether `word`, in lower case and without full stops at its end, is in the list."""
        return word in self.whole or (bool(self.stems) and word.startswith(self.stems))


class Compounds(NamedTuple):
    """What words of compounds end and begin with, in lower case."""

    endings: tuple[str, ...]
    beginnings: tuple[str, ...]

    def join_at(self, word: str, offset: int) -> bool:
        """Returns whether two words of the compound `word` seem to meet at `offset`."""
        return word.endswith(self.endings, 0, offset) or word.startswith(self.beginnings, offset)


class Units(NamedTuple):
    """The symbols of units, the pattern of a space between a number and one of them, and the SHA-256 of their file."""

    symbols: tuple[str, ...]
    space: re.Pattern[str]
    digest: str


class Names(NamedTuple):
    """Names of places and institutions in lower case, their first words, given names, and the articles elided before names.

    `digest` is the SHA-256 of their files.
    """

    whole: frozenset[str] = frozenset()
    first_words: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    elided: frozenset[str] = frozenset()  # without their apostrophe: "d", "dell"
    digest: str = ""


NO_WORDS = Words()


class BreakWords(NamedTuple):
    """What breaks of lines must not separate. `assets/languages/README.md` explains the fields."""

    noun_prefixes: tuple[str, ...] = ()
    enclitics: str = ""  # characters that belong to the word before them
    proclitics: str = ""  # characters that belong to the word after them
    before_number: Words = NO_WORDS
    after_number: Words = NO_WORDS
    before_name: Words = NO_WORDS
    after_name: Words = NO_WORDS
    months: Words = NO_WORDS
    before_month: Words = NO_WORDS
    day_endings: tuple[str, ...] = ()
    name_particles: Words = NO_WORDS
    not_names: Words = NO_WORDS
    one_letter_words: bool = False  # whether no line may end in a word of one letter
    ordinals: bool = False  # whether a number with a full stop is an ordinal
    capitalised_nouns: bool = False  # so that two capitals in a row do not indicate a name
    numeral_endings: tuple[str, ...] = ()  # of Roman ordinals
    whole_words: bool = False  # whether no line may end inside a word
    phrases: str = ""  # between which lines end though no spaces separate them: of ICU's dictionary, or by a model of BudouX
    numerals: str = ""  # characters of numbers
    multiples: str = ""  # those that may follow digits
    date_parts: str = ""  # what ends the parts of a date
    hyphenation: str = ""  # the tag of the language whose patterns serve, patterns, or both
    compound_joints: Compounds | None = None
    names: Names = Names()  # of every language


class SentenceWords(NamedTuple):
    """What tells a sentence's end from an abbreviation's; the abbreviations have their full stops and capitals."""

    abbreviations: frozenset[str] = frozenset()
    abbreviated_endings: tuple[str, ...] = ()
    closing_abbreviations: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()  # written before names with a full stop; here in lower case and without it
    continuing: tuple[str, ...] = ()  # beginnings of words that do not begin a sentence
    ends: str = ""  # characters that end sentences in this language only


NO_BREAK_WORDS = BreakWords()


def read_names(names: bytes, given_names: bytes, elisions: bytes) -> Names:
    """Reads `names.txt`, `given_names.txt` and `elisions.txt` of `assets/languages`."""
    whole = frozenset(name.casefold() for name in _lines(names))
    first_words = frozenset(name.partition(" ")[0] for name in whole)
    given = frozenset(name for line in _lines(given_names) for name in line.casefold().split())
    elided = frozenset(word.rstrip("’") for line in _lines(elisions) for word in line.split())
    return Names(whole, first_words, given, elided, hashlib.sha256(names + given_names + elisions).hexdigest())


def read_units(data: bytes) -> Units:
    """Reads `assets/languages/units.txt`."""
    symbols = tuple(symbol for line in _lines(data) for symbol in line.split())
    choices = "|".join(map(re.escape, symbols))
    return Units(symbols, re.compile(rf"(?<=\d) (?=(?:{choices})(?!\w))"), hashlib.sha256(data).hexdigest())


def _lines(data: bytes) -> list[str]:
    return [line for line in data.decode("utf-8").splitlines() if line and not line.startswith("#")]


def read_break_words(table: Table, names: Names) -> BreakWords:
    """Reads the table `[line_breaks]`. Raises AssetInvalid naming the key at fault."""
    table.only(*(key for key in BreakWords._fields if key != "names"))
    return BreakWords(
        noun_prefixes=table.text_list("noun_prefixes", ()),
        enclitics=table.text("enclitics", ""),
        proclitics=table.text("proclitics", ""),
        before_number=_words(table, "before_number"),
        after_number=_words(table, "after_number"),
        before_name=_words(table, "before_name"),
        after_name=_words(table, "after_name"),
        months=_words(table, "months"),
        before_month=_words(table, "before_month"),
        day_endings=tuple(table.text("day_endings", "").split()),
        name_particles=_words(table, "name_particles"),
        not_names=_words(table, "not_names"),
        one_letter_words=table.flag("one_letter_words"),
        ordinals=table.flag("ordinals"),
        capitalised_nouns=table.flag("capitalised_nouns"),
        numeral_endings=tuple(table.text("numeral_endings", "").split()),
        whole_words=table.flag("whole_words"),
        phrases=table.choice("phrases", ("", DICTIONARY, *_BUDOUX_MODELS), ""),
        numerals=table.text("numerals", ""),
        multiples=table.text("multiples", ""),
        date_parts=table.text("date_parts", ""),
        hyphenation=table.text("hyphenation", ""),
        compound_joints=_compounds(table.text("compound_joints", "").split()),
        names=names,
    )


def read_sentence_words(table: Table, breaks: Table) -> SentenceWords:
    """Reads `[sentences]`, and what has a full stop in `[line_breaks]`. Raises AssetInvalid naming the key at fault."""
    table.only("abbreviations", "closing_abbreviations", "continuing", "ends")
    words = table.text("abbreviations", "").split()
    return SentenceWords(
        abbreviations=frozenset(word for word in words if not word.startswith(_STEM)),
        abbreviated_endings=tuple(word.removeprefix(_STEM) for word in words if word.startswith(_STEM)),
        closing_abbreviations=frozenset(
            (*table.text("closing_abbreviations", "").split(), *_dotted(breaks, "after_name"), *_dotted(breaks, "after_number"))
        ),
        titles=frozenset(word.casefold().rstrip(".") for word in _dotted(breaks, "before_name")),
        continuing=tuple(table.text("continuing", "").split()),
        ends=table.text("ends", ""),
    )


def _words(table: Table, key: str) -> Words:
    words = [word.casefold().rstrip(".").replace("_", " ") for word in table.text(key, "").split()]
    return Words(
        frozenset(word for word in words if not word.endswith(_STEM)),
        tuple(word.removesuffix(_STEM) for word in words if word.endswith(_STEM)),
    )


def _compounds(joints: list[str]) -> Compounds | None:
    endings = (joint.removesuffix(_STEM) for joint in joints if joint.endswith(_STEM))
    beginnings = (joint.removeprefix(_STEM) for joint in joints if joint.startswith(_STEM))
    return Compounds(tuple(endings), tuple(beginnings)) if joints else None


def _dotted(table: Table, key: str) -> frozenset[str]:
    return frozenset(word for word in table.text(key, "").split() if word.endswith("."))
