"""Defines ReadingWords: the words by which readers find labels, credits and closed text in an article's source."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from storycard.toml_reader import Table


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """The words of all languages together. `assets/languages/README.md` explains each field.

    Readers need them before the language of an article is known, and newsrooms mix languages: a German site has the tag "Live".
    """

    name_particles: tuple[str, ...] = ()
    name_suffixes: tuple[str, ...] = ()
    breaking: tuple[str, ...] = ()
    live: tuple[str, ...] = ()
    correction: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()
    no_section: tuple[str, ...] = ()
    credit_words: tuple[str, ...] = ()
    credit_by: tuple[str, ...] = ()
    credit_phrases: tuple[str, ...] = ()
    subscribers_only: tuple[str, ...] = ()
    key_points: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    recipe: tuple[str, ...] = ()
    kitchen_units: tuple[str, ...] = ()


READING_KEYS = tuple(field.name for field in fields(ReadingWords))


def merge_reading_words(tables: Iterable[Table]) -> ReadingWords:
    """Returns the words of all tables `[reading]` and `[lists]`, each once.

    Raises AssetInvalid naming the file and key at fault.
    """
    words: dict[str, dict[str, None]] = {key: {} for key in READING_KEYS}
    for table in tables:
        table.only(*READING_KEYS)
        for key in table.values:
            words[key].update(dict.fromkeys(table.text_list(key)))
    return ReadingWords(**{key: tuple(found) for key, found in words.items()})
