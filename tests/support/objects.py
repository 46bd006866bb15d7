"""Reads the pictures without people in tests/photographs, whose main objects are marked by hand."""

import io
import tomllib
from dataclasses import dataclass

from PIL import Image

from storycard.photo.crop import Box
from support.paths import ROOT

_FOLDER = ROOT / "tests" / "photographs"


@dataclass(frozen=True, slots=True)
class MainObject:
    """A picture without people: its name, its bytes and its main object, in shares of it."""

    name: str
    data: bytes
    box: Box


def objects() -> list[MainObject]:
    """Returns all pictures, by name."""
    table = tomllib.loads((_FOLDER / "objects.toml").read_text("utf-8"))
    return [_read(name, entry["object"]) for name, entry in sorted(table.items())]


def _read(name: str, sides: list[int]) -> MainObject:
    data = (_FOLDER / "objects" / f"{name}.jpg").read_bytes()
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    left, top, right, bottom = sides
    return MainObject(name, data, Box(left / width, top / height, right / width, bottom / height))
