"""Defines SpeechWords, the words of a language by which speakers of quotes are recognised, and reads them from their file."""

import re
import unicodedata
from dataclasses import dataclass, field, fields
from functools import cached_property

from storycard.language.word_lists import NO_BREAK_WORDS, BreakWords
from storycard.toml_reader import Table

_NOT_IN_FILES = ("breaks", "short_titles")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")  # Chinese and Japanese, which have no spaces between words
# Vowel signs of Indic scripts, of Thai, Lao, Burmese and Khmer are marks, which `\w` leaves out.
_LETTER = rf"[\w{''.join(c for c in map(chr, range(0x900, 0x1800)) if unicodedata.category(c).startswith('M'))}]"
_FLAGS = ("fixed_order", "articles_before_names", "verb_after_quote", "two_word_names", "speaker_inside_marks")


@dataclass(frozen=True, eq=False)
class SpeechWords:
    """What stands around direct speech. `assets/languages/README.md` explains the fields."""

    verbs: tuple[str, ...] = ()
    masculine_verbs: tuple[str, ...] = ()
    feminine_verbs: tuple[str, ...] = ()
    parted_verbs: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    verb_prefixes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    first_person: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    other_pronouns: tuple[str, ...] = ()
    relative_pronouns: tuple[str, ...] = ()
    determiners: tuple[str, ...] = ()
    indefinite_articles: tuple[str, ...] = ()
    conjunctions: tuple[str, ...] = ()
    function_words: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    postpositions: tuple[str, ...] = ()
    inside_names: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    name_particles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    honorifics: tuple[str, ...] = ()
    titles_after: tuple[str, ...] = ()
    capital_titles: tuple[str, ...] = ()
    masculine_endings: tuple[str, ...] = ()
    feminine_endings: tuple[str, ...] = ()
    surname_endings: tuple[str, ...] = ()
    not_name_endings: tuple[str, ...] = ()
    genitive_endings: tuple[str, ...] = ()
    lost_in_genitive: tuple[str, ...] = ()
    plural_endings: tuple[str, ...] = ()
    clause_endings: tuple[str, ...] = ()
    given_names: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    topic_particles: tuple[str, ...] = ()
    quote_particles: tuple[str, ...] = ()
    genitive_particles: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    guises: tuple[str, ...] = ()
    hearsay: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    fixed_order: bool = False
    articles_before_names: bool = False
    verb_after_quote: bool = False
    two_word_names: bool = False
    speaker_inside_marks: bool = False
    breaks: BreakWords = field(default=NO_BREAK_WORDS)
    short_titles: frozenset[str] = frozenset()  # those that have a full stop, in lower case and without it

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """Matches a reporting verb."""
        return self._verbs(words_pattern((*self.verbs, *self.masculine_verbs, *self.feminine_verbs)))

    def _verbs(self, whole: re.Pattern[str]) -> re.Pattern[str]:
        """Adds the verbs whose last word ends the clause, "teilte ... mit", and what may follow a verb: "de son côté"."""
        parted = "|".join(
            rf"{re.escape(verb)}(?=\s[^.,;:!?–—«»“”„\"]*\s{re.escape(end)}\s*(?:[.,;:!?–—]|$))"
            for verb, _, end in (entry.partition(" … ") for entry in self.parted_verbs)
        )
        aside = words_pattern(self.asides).pattern
        return re.compile(rf"(?:{whole.pattern}|(?<!{_LETTER})(?:{parted or '(?!)'}))(?:\s{aside})?", re.IGNORECASE)

    @cached_property
    def second_verb(self) -> re.Pattern[str]:
        """Matches a second verb at a clause's end: "and laughs"."""
        joint = words_pattern(self.conjunctions).pattern
        return re.compile(rf"\s{joint}\s{words_pattern(self.verbs).pattern}(?=\s*(?:[.,;:!?]|$))", re.IGNORECASE)

    @cached_property
    def source(self) -> re.Pattern[str]:
        """Matches a word that names a source without a verb: "according to"."""
        return words_pattern(self.sources)

    @cached_property
    def own_words(self) -> re.Pattern[str]:
        """Matches a word of somebody who speaks of themselves: "I", "our", "j'"."""
        unspaced = "|".join(word for word in self.first_person if _UNSPACED.match(word)) or "(?!)"
        elided = "|".join(re.escape(word) for word in self.first_person if word.endswith("'")) or "(?!)"
        return re.compile(rf"{words_pattern(self.first_person).pattern}|(?<!\w)(?:{elided})|{unspaced}", re.IGNORECASE)

    @cached_property
    def doubt(self) -> re.Pattern[str]:
        """Matches a word that makes it doubtful that these are the speaker's own words."""
        return self._stems(self.hearsay)

    @cached_property
    def denial(self) -> re.Pattern[str]:
        """Matches a word that makes it doubtful that anything was said."""
        return self._stems(self.denials)

    @cached_property
    def pronoun_groups(self) -> tuple[frozenset[str], ...]:
        """The forms of each pronoun that can stand for a speaker."""
        return tuple(frozenset(forms.split()) for forms in self.pronouns)

    @cached_property
    def stops(self) -> frozenset[str]:
        """The words, in lower case, that are neither a name nor the title before one."""
        lists = (
            *(self.other_pronouns, self.determiners, self.conjunctions, self.function_words, self.auxiliaries),
            *(self.inside_names, self.postpositions, self.adverbs, self.days),
            (entry.rpartition(" ")[2] for entry in self.parted_verbs),
        )
        own = frozenset(word.casefold() for words in lists for word in words)
        return own.union(self.breaks.not_names.whole, *self.pronoun_groups)

    def _stems(self, words: tuple[str, ...]) -> re.Pattern[str]:
        """Compiles a pattern of words, in which "deni-" stands for all that begin with it, and of parts of unspaced text."""
        if self.surnames:
            return re.compile("|".join(map(re.escape, words)) or "(?!)")
        stems = "|".join(re.escape(word.rstrip("-")) + (f"{_LETTER}*" if word.endswith("-") else "") for word in words) or "(?!)"
        return re.compile(f"(?<!{_LETTER})(?:{stems})(?!{_LETTER})", re.IGNORECASE)


SPEECH_KEYS = tuple(key.name for key in fields(SpeechWords) if key.name not in _NOT_IN_FILES)
NO_SPEECH_WORDS = SpeechWords()


def read_speech_words(table: Table, breaks: BreakWords, short_titles: frozenset[str]) -> SpeechWords:
    """Reads a file of `assets/languages/speech`. Raises AssetInvalid naming the key at fault."""
    table.only(*SPEECH_KEYS)
    flags = {key: table.flag(key) for key in _FLAGS}
    lists = {key: table.text_list(key, ()) for key in SPEECH_KEYS if key not in _FLAGS}
    return SpeechWords(breaks=breaks, short_titles=short_titles, **lists, **flags)  # type: ignore[arg-type]  # the keys are those of the fields


def words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Compiles a pattern that matches one of `words`, the longest first; nothing if there are none."""
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
    return re.compile(f"(?<!{_LETTER})(?:{alternatives})(?!{_LETTER})", re.IGNORECASE)
