"""Reads values out of JSON that a CMS sent.

A value that is missing or has another type counts as absent: a CMS's oddities never reject an article.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from storycard.errors import ArticleInvalid, shown
from storycard.ingest.plain_text import clean_line, decode

MAX_DEPTH = 60  # levels of nesting in a document; no published text lies deeper

_FRACTION = re.compile(r"(\.\d{6})\d+")
_MAX_SIDE = 1_000_000  # px


def read_object(data: bytes) -> dict[str, Any]:
    """Returns the JSON object in `data`, or the one object in a list. Raises ArticleInvalid naming `body`."""
    try:
        value = json.loads(decode(data))
    except (RecursionError, ValueError) as error:
        raise ArticleInvalid("body", *json_fault(error)) from None
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        raise ArticleInvalid("body", "a JSON object, or a list of one", shown(value))
    return value


def json_fault(error: RecursionError | ValueError) -> tuple[str, str]:
    """Returns what was expected and what came, for an error of `json.loads`."""
    if isinstance(error, RecursionError):
        return "JSON of a few levels", "hundreds of levels"
    if isinstance(error, json.JSONDecodeError):
        return "JSON", f"a fault at line {error.lineno}, column {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}"
    if isinstance(error, UnicodeDecodeError):
        return "text in UTF-8", f"byte 0x{error.object[error.start]:02x} at {error.start}"
    return "JSON", "a number too long to read"  # Python refuses to convert thousands of digits


def at(source: object, *path: str | int) -> Any:
    """Returns the value under `path`, whose steps are keys and indexes, or None if the path does not exist."""
    for step in path:
        if isinstance(step, int):
            source = source[step] if isinstance(source, list) and -len(source) <= step < len(source) else None
        else:
            source = source.get(step) if isinstance(source, Mapping) else None
    return source


def items(source: object, *path: str | int) -> list[Any]:
    """Returns the list under `path`. A single value counts as a list of one."""
    value = at(source, *path)
    return value if isinstance(value, list) else [] if value is None else [value]


def objects(source: object, *path: str | int) -> list[dict[str, Any]]:
    """Returns the JSON objects in the list under `path`."""
    return [item for item in items(source, *path) if isinstance(item, dict)]


def text(source: object, *path: str | int) -> str:
    """Returns the text or integer under `path` as one clean line, or ""."""
    return clean_line(raw_text(source, *path))


def raw_text(source: object, *path: str | int) -> str:
    """Returns the text under `path` unchanged, an integer as its digits, or ""."""
    value = at(source, *path)
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < 1_000:
        return str(value)
    return value if isinstance(value, str) else ""


def first_text(*texts: str) -> str:
    """Returns the first text that is not empty, or ""."""
    return next(filter(None, texts), "")


def first_time(source: object, *names: str) -> datetime | None:
    """Returns the first valid time under one of `names`, or None."""
    return next(filter(None, (parse_time(at(source, name)) for name in names)), None)


def parse_time(value: object) -> datetime | None:
    """Parses an ISO 8601 time. UTC is assumed without an offset, midnight without an hour. Returns None if it is not a time."""
    if not isinstance(value, str) or not 8 <= len(value) <= 60:
        return None
    for parse in (datetime.fromisoformat, _parse_day):
        try:
            found = parse(_FRACTION.sub(r"\1", value.strip()))
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
            found.astimezone(UTC)  # fails in the hours at either end of the calendar
        except (ValueError, OverflowError):
            continue
        return found
    return None


def _parse_day(value: str) -> datetime:
    return datetime.combine(date.fromisoformat(value[:10]), time.min, UTC)


def is_true(value: object) -> bool:
    """Returns whether `value` is true or a text that means it: "true", "yes" or "1"."""
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes", "1"))


def relative_point(point: object, picture: object) -> tuple[float, float] | None:
    """Converts a point `{x, y}` in px of a picture `{width, height}` to shares of its size, 0 to 1 from the top left.

    Returns None if a number is missing or the point lies outside.
    """
    shares = []
    for coordinate, side in (("x", "width"), ("y", "height")):
        px, size = at(point, coordinate), at(picture, side)
        numbers = all(isinstance(number, int | float) and not isinstance(number, bool) for number in (px, size))
        if not numbers or not 0 <= px <= size or not 0 < size < _MAX_SIDE:
            return None
        shares.append(float(px / size))
    return shares[0], shares[1]
