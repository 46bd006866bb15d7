"""Reads the pictures without people in tests/photographs, whose main objects are marked by hand."""

import io
import tomllib
from dataclasses import dataclass

from PIL import Image

from storycard.photo.crop import Box, Subject
from support.paths import ROOT

_FOLDER = ROOT / "tests" / "photographs"


@dataclass(frozen=True, slots=True)
class MainObject:
    """A picture without people: its name, bytes and size in px; its main object and the subject of earlier crops, in shares."""

    name: str
    data: bytes
    size: tuple[int, int]
    box: Box
    before: Subject


def objects() -> list[MainObject]:
    """Returns all pictures, by name."""
    table = tomllib.loads((_FOLDER / "objects.toml").read_text("utf-8"))
    return [_read(name, entry["object"], entry["before"]) for name, entry in sorted(table.items())]


def _read(name: str, sides: list[int], before: list[float]) -> MainObject:
    data = (_FOLDER / "objects" / f"{name}.jpg").read_bytes()
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    left, top, right, bottom = sides
    box = Box(left / width, top / height, right / width, bottom / height)
    x, y = before
    return MainObject(name, data, (width, height), box, Subject((x, y)))
