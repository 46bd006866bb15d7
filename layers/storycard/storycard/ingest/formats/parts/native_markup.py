"""Reads the mark-up in the texts of native JSON, as CMSs send it, and says so in notices."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_MARKS = re.compile(r"[<&*_`~\[]")
_TEXTS = ("headline", "deck", "kicker", "pull_line", "summary", "section")
_LISTS = ("bullets", "byline")
_OBJECTS = {"quotes": ("text", "speaker", "role"), "questions": ("question", "answer")}


class Fields(NamedTuple):
    """The fields of a JSON object with the texts that they mean, and a notice for each text that had mark-up."""

    values: Mapping[str, object]
    notices: tuple[str, ...]


def read_markup(source: Mapping[str, object]) -> Fields:
    """Returns `source` with the mark-up of its text fields read. What is not text stays as it is."""
    notices: list[str] = []

    def meant(value: object, field: str) -> object:
        if not isinstance(value, str) or not _MARKS.search(value):
            return value
        from storycard.ingest.typed_markup import read_typed  # few texts need its patterns, which take 10 ms to compile

        meaning = read_typed(value)
        if not meaning.kinds:
            return value
        notices.append(f"{field}: read as mark-up ({', '.join(meaning.kinds)}).")
        return meaning.text

    def within(value: object, names: tuple[str, ...], field: str) -> object:
        if not isinstance(value, dict):
            return value
        return value | {name: meant(value[name], f"{field}.{name}") for name in names if name in value}

    values = dict(source) | {name: meant(source[name], name) for name in _TEXTS if name in source}
    for name in _LISTS:
        if isinstance(entries := source.get(name), list):
            values[name] = [meant(entry, f"{name}[{index}]") for index, entry in enumerate(entries)]
    for name, parts in _OBJECTS.items():
        if isinstance(entries := source.get(name), list):
            values[name] = [within(entry, parts, f"{name}[{at}]") for at, entry in enumerate(entries)]
    if "social_headlines" in source:
        values["social_headlines"] = within(source["social_headlines"], ("all", "x"), "social_headlines")
    if "image" in source:
        values["image"] = within(source["image"], ("credit", "alt"), "image")
    return Fields(values, tuple(notices))
