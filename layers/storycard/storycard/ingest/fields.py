"""JSON as a CMS sends it into plain values: what is missing or of another type counts as absent, and never fails an article."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from html import unescape
from typing import Any

from storycard.errors import ArticleInvalid, shown
from storycard.ingest.plain_text import clean_line, decode

MAX_DEPTH = 60  # levels of a document; deeper ones hold no text that a reader sees

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_CREDIT = re.compile(
    r"(?:^|[\s(\[|])(?:(?:photo(?:graph)?|image|picture|illustration|foto|bild|fot|фото|صورة|写真|图片)s?"
    r"(?:\s+(?:by|de|von|av|di|door|credit))?\s*[:：/|]|photo(?:graph)? by|foto (?:de|di|von)|©|\(c\)|credits?\s*:|courtesy of)"
    r"\s*(?P<credit>.+)",
    re.IGNORECASE,
)
_MAX_CREDIT = 200  # characters
_FRACTION = re.compile(r"(\.\d{6})\d+")


def read_object(data: bytes) -> dict[str, Any]:
    """The JSON object in `data`; of a list, its one object. Raises ArticleInvalid naming `body`."""
    try:
        value = json.loads(decode(data))
    except RecursionError:
        raise ArticleInvalid("body", "JSON of a few levels", "hundreds of levels") from None
    except ValueError as error:  # no JSON, or an integer of thousands of digits
        raise ArticleInvalid("body", "JSON", type(error).__name__) from None
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        raise ArticleInvalid("body", "a JSON object, or a list of one", shown(value))
    return value


def at(source: object, *path: str | int) -> Any:
    """What stands under `path`, a key or an index a step; None where the path ends early."""
    for step in path:
        if isinstance(step, int):
            source = source[step] if isinstance(source, list) and -len(source) <= step < len(source) else None
        else:
            source = source.get(step) if isinstance(source, Mapping) else None
    return source


def items(source: object, *path: str | int) -> list[Any]:
    """The list under `path`; one value alone counts as a list of one."""
    value = at(source, *path)
    return value if isinstance(value, list) else [] if value is None else [value]


def objects(source: object, *path: str | int) -> list[dict[str, Any]]:
    return [item for item in items(source, *path) if isinstance(item, dict)]


def text(source: object, *path: str | int) -> str:
    """The text under `path` as one clean line; numbers count as their digits."""
    return clean_line(raw_text(source, *path))


def raw_text(source: object, *path: str | int) -> str:
    value = at(source, *path)
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < 1_000:
        return str(value)
    return value if isinstance(value, str) else ""


def plain(markup: str) -> str:
    """A headline or a caption with inline markup and entities as one clean line."""
    return clean_line(unescape(_TAG.sub("", markup)))


def first(*texts: str) -> str:
    return next(filter(None, texts), "")


def credit_in(caption: str) -> str:
    """The photo credit in a caption, by the word or sign that begins one; "" for a caption that only says what is to be seen."""
    found = _CREDIT.search(caption)
    return clean_line(found["credit"].strip(" ()[].:"))[:_MAX_CREDIT] if found else ""


def moment(value: object) -> datetime | None:
    """A time in ISO 8601; without an offset it is UTC, without an hour it is midnight. None for anything else."""
    if not isinstance(value, str) or not 8 <= len(value) <= 60:
        return None
    for read in (datetime.fromisoformat, _day):
        try:
            found = read(_FRACTION.sub(r"\1", value.strip()))
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
            found.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        return found
    return None


def _day(value: str) -> datetime:
    return datetime.combine(date.fromisoformat(value[:10]), time.min, UTC)


def is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes", "1"))


def share_of(point: object, picture: object) -> tuple[float, float] | None:
    """A point in px of a picture that has a width and a height, as shares of them; None where anything is missing or outside."""
    shares = []
    for coordinate, side in (("x", "width"), ("y", "height")):
        px, size = at(point, coordinate), at(picture, side)
        numbers = all(isinstance(number, int | float) and not isinstance(number, bool) for number in (px, size))
        if not numbers or not 0 <= px <= size or not 0 < size < 1_000_000:
            return None
        shares.append(float(px / size))
    return shares[0], shares[1]
