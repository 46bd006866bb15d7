"""Defines Language: the conventions by which cards in one language are typeset and described."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from storycard.language.figure_words import FigureWords
from storycard.language.tags import is_rtl, parse_tag
from storycard.language.word_lists import BreakWords, SentenceWords

LABELS = ("live", "breaking", "correction", "paid", "preview", "read")


class QuotationMarks(NamedTuple):
    """The marks around a quotation and around one within it. French ones include their no-break space."""

    open: str
    close: str
    inner_open: str
    inner_close: str


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity: `typeset` is cached
class Language:
    """The language of a BCP 47 tag. `assets/languages/README.md` explains the fields; `digest` changes when any of them does."""

    tag: str
    digest: str
    labels: Mapping[str, str]
    marks: QuotationMarks
    open_graph_locale: str
    spaced_guillemets: bool
    spaced_punctuation: bool
    dash: str
    full_stop_after_quotation: bool
    dense_characters: bool
    clipped_words: tuple[str, ...]
    clipped_or_whole: tuple[str, ...]
    clipped_endings: tuple[str, ...]
    suffixes_after_marks: bool
    turned_comma_after: str
    turned_comma_before: str
    apostrophe: str
    year_endings: str
    prefixes_before_double_mark: str
    prefixes_before_single_mark: str
    full_width_quotation_marks: bool
    digraphs: tuple[str, ...]
    image_openings: tuple[str, ...]
    full_stop: str
    comma: str
    colon: str
    sentence_gap: str
    space_before_unit: re.Pattern[str]
    unit_symbols: tuple[str, ...]
    break_words: BreakWords
    sentence_words: SentenceWords
    figure_words: FigureWords

    @property
    def rtl(self) -> bool:
        """Whether text runs right to left."""
        return is_rtl(self.tag)

    @property
    def locale(self) -> str:
        """The value of `og:locale`: "pt_BR" for pt-BR, the usual region's for a tag without region, "" if none is known."""
        primary, _, region = parse_tag(self.tag)
        return f"{primary}_{region}" if region.isalpha() else self.open_graph_locale

    @property
    def elisions(self) -> re.Pattern[str]:
        """Matches words and years that begin or end with a typed apostrophe, where a quotation mark could be."""
        return _pattern(self.clipped_words, rf"'\d\d(?![^\W{re.escape(self.year_endings)}])")

    @property
    def possible_elisions(self) -> re.Pattern[str]:
        """Matches the same for words that are whole without their apostrophe too: 'round."""
        return _pattern(self.clipped_or_whole)


@lru_cache
def _pattern(words: tuple[str, ...], more: str = "(?!)") -> re.Pattern[str]:
    """Compiles a pattern of any of the words, or `more`. A word that ends in "-" stands for all words that begin with it."""
    patterns = (rf"{word[:-1]}\w+" if word.endswith("-") else word for word in words)
    choices = "|".join(patterns)
    return re.compile(rf"(?<!\w)(?:(?:{choices or '(?!)'})(?!\w)|{more})", re.IGNORECASE)
