"""Reads `assets/languages/`. Each file is opened when its language is first used."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from storycard.errors import AssetInvalid
from storycard.language.figure_words import read_figure_words
from storycard.language.language import LABELS, Language, QuotationMarks
from storycard.language.reading_words import ReadingWords, merge_reading_words
from storycard.language.speech_words import NO_SPEECH_WORDS, SpeechWords, read_speech_words
from storycard.language.tags import shorter_tags
from storycard.language.word_lists import Names, Units, read_break_words, read_names, read_sentence_words, read_units
from storycard.toml_reader import Table, merge, read_table

_OTHERS = "others"  # the file of languages and regions that have none of their own
_LAST_RESORT = "en"
_READING = ("reading", "lists")  # what was read is in the article: these tables change no card
_KEYS = (
    *("quotation_marks", "open_graph_locale", "labels", "spaced_guillemets", "spaced_punctuation", "dash", "clipped_words"),
    *("clipped_or_whole", "clipped_endings", "suffixes_after_marks", "turned_comma_after", "turned_comma_before", "apostrophe"),
    *("prefixes_before_double_mark", "prefixes_before_single_mark", "year_endings", "full_width_quotation_marks"),
    *("full_stop_after_quotation", "dense_characters", "digraphs", "image_openings"),
    *("full_stop", "comma", "colon", "sentence_gap"),
    *("line_breaks", "sentences", "figures", *_READING),
)
_FOUR_CHARACTERS = re.compile(".{4}")
_ANY = re.compile(".*")


@dataclass(frozen=True, eq=False)
class Languages:
    """The languages of an assets folder.

    `files` are those of `assets/languages/` by tag in lower case; `folder` also has the names that all languages share.
    """

    files: Mapping[str, Path]
    folder: Path

    def of(self, tag: str) -> Language:
        """Returns the language of a BCP 47 tag, with defaults for what its file leaves out.

        Raises AssetInvalid naming the file and key at fault.
        """
        return _read_language(self, tag)

    @cached_property
    def names(self) -> Names:
        """The names of places and institutions, given names and elided articles, in every language."""
        return read_names(*map(self._read_shared, ("names.txt", "given_names.txt", "elisions.txt")))

    @cached_property
    def units(self) -> Units:
        """The symbols of units, in every language."""
        return read_units(self._read_shared("units.txt"))

    def speech_words(self, tag: str) -> SpeechWords:
        """Returns the words around speech in the language of a tag, none if they are not known.

        Raises AssetInvalid naming the file and key at fault.
        """
        return _read_speech_words(self, tag)

    @cached_property
    def speech_files(self) -> Mapping[str, Path]:
        """The files of words around speech by tag in lower case."""
        return {path.stem.lower(): path for path in (self.folder / "speech").glob("*.toml")}

    @cached_property
    def reading_words(self) -> ReadingWords:
        """The words by which articles are read, of all languages. Raises AssetInvalid naming the file and key at fault."""
        own = [_read(path) for name, path in sorted(self.files.items()) if name != _OTHERS]
        tables = [*own, *_read(self.files[_OTHERS]).tables().values()]
        return merge_reading_words(table.table(name) for table in tables for name in _READING if name in table)

    def _read_shared(self, name: str) -> bytes:
        path = self.folder / name
        return path.read_bytes() if path.is_file() else b""


def load_languages(folder: Path) -> Languages:
    """Finds the language files in `folder`. Raises AssetInvalid if one that every language needs is missing."""
    files = {path.stem.lower(): path for path in folder.glob("*.toml")}
    for name in (_OTHERS, _LAST_RESORT):
        if name not in files:
            raise AssetInvalid(f"languages/{name}.toml", "a file", "nothing")
    return Languages(MappingProxyType(files), folder)


@lru_cache(maxsize=256)
def _read_language(languages: Languages, tag: str) -> Language:
    files = languages.files
    others = {other.lower(): table for other, table in _read(files[_OTHERS]).tables().items()}
    values: dict[str, object] = {"labels": _read_own_file(files[_LAST_RESORT]).values["labels"]}
    name = files[_OTHERS].name
    for prefix in reversed(shorter_tags(tag)):  # the longest last: it overrides the shorter ones
        if prefix in files:
            values = merge(values, _read_own_file(files[prefix]).values)
            name = files[prefix].name
        elif prefix in others:
            others[prefix].only(*_KEYS)
            values = merge(values, others[prefix].values)
    return _language(tag, Table(name, values), languages)


@lru_cache(maxsize=64)
def _read_speech_words(languages: Languages, tag: str) -> SpeechWords:
    files = languages.speech_files
    path = next((files[prefix] for prefix in shorter_tags(tag) if prefix in files), None)
    if not path:
        return NO_SPEECH_WORDS
    table = read_table(path.read_bytes(), f"speech/{path.name}")
    language = languages.of(tag)
    return read_speech_words(table, language.break_words, language.sentence_words.titles)


def _read(path: Path) -> Table:
    return read_table(path.read_bytes(), path.name)


def _read_own_file(path: Path) -> Table:
    """Reads the file of one language, which must have everything that a listed language needs."""
    table = _read(path)
    table.only(*_KEYS)
    table.text("quotation_marks")
    table.text("open_graph_locale")
    labels = table.table("labels")
    labels.only(*LABELS)
    for label in LABELS:
        labels.text(label)
    return table


def _language(tag: str, table: Table, languages: Languages) -> Language:
    spaced = table.flag("spaced_guillemets")
    break_words = read_break_words(table.table("line_breaks", {}), languages.names)
    drawn = {key: value for key, value in table.values.items() if key not in _READING}
    shared = languages.names.digest, languages.units.digest
    marks = QuotationMarks(*table.text("quotation_marks", "“”‘’", pattern=_FOUR_CHARACTERS, expected="four characters"))
    if spaced:
        marks = marks._replace(open=f"{marks.open}\u00a0", close=f"\u00a0{marks.close}")
    return Language(
        tag=tag,
        digest=hashlib.sha256(json.dumps([drawn, *shared], sort_keys=True).encode()).hexdigest(),
        labels=MappingProxyType(table.table("labels").texts()),
        marks=marks,
        open_graph_locale=table.text("open_graph_locale", ""),
        spaced_guillemets=spaced,
        spaced_punctuation=table.flag("spaced_punctuation"),
        dash=table.text("dash", "–"),
        full_stop_after_quotation=table.flag("full_stop_after_quotation"),
        dense_characters=table.flag("dense_characters"),
        clipped_words=table.text_list("clipped_words", ()),
        clipped_or_whole=table.text_list("clipped_or_whole", ()),
        clipped_endings=table.text_list("clipped_endings", ()),
        suffixes_after_marks=table.flag("suffixes_after_marks"),
        turned_comma_after=table.text("turned_comma_after", ""),
        turned_comma_before=table.text("turned_comma_before", ""),
        apostrophe=table.text("apostrophe", "’"),
        prefixes_before_double_mark=table.text("prefixes_before_double_mark", ""),
        prefixes_before_single_mark=table.text("prefixes_before_single_mark", ""),
        year_endings=table.text("year_endings", "s"),
        full_width_quotation_marks=table.flag("full_width_quotation_marks"),
        digraphs=table.text_list("digraphs", ()),
        image_openings=table.text_list("image_openings", ()),
        full_stop=table.text("full_stop", ".", pattern=_ANY),
        comma=table.text("comma", ", "),
        colon=table.text("colon", ": "),
        sentence_gap=table.text("sentence_gap", " ", pattern=_ANY),
        space_before_unit=languages.units.space,
        unit_symbols=languages.units.symbols,
        break_words=break_words,
        sentence_words=read_sentence_words(table.table("sentences", {}), table.table("line_breaks", {})),
        figure_words=read_figure_words(table.table("figures") if "figures" in table else None),
    )
