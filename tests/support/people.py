"""Reads the pictures of people in tests/photographs, whose heads are marked by hand."""

import tomllib
from dataclasses import dataclass

from storycard.photo.crop import Box
from support.paths import ROOT

_FOLDER = ROOT / "tests" / "photographs"


@dataclass(frozen=True, slots=True)
class Person:
    """A picture of people: its name, its bytes and the heads that matter, in px; the first head is the main one."""

    name: str
    data: bytes
    heads: tuple[Box, ...]


def people() -> list[Person]:
    """Returns all pictures, by name."""
    table = tomllib.loads((_FOLDER / "people.toml").read_text("utf-8"))
    return [
        Person(name, (_FOLDER / "people" / f"{name}.jpg").read_bytes(), tuple(Box(*head) for head in entry["heads"]))
        for name, entry in sorted(table.items())
    ]
