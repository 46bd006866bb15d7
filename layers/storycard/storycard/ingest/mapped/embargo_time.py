"""Reads the end of an embargo, which must not be misread: a guess could publish early."""

import re
from datetime import UTC, datetime

from storycard.errors import ArticleInvalid, shown
from storycard.ingest.fields import at

EXPECTED = "a time in ISO 8601 with its zone, such as 2026-03-01T18:00:00+01:00, or seconds or milliseconds since 1970"

# `fromisoformat` takes any character between the date and the time, so it would find an hour in a row of digits.
_TIME = re.compile(r"[0-9W-]{7,10}[Tt ][0-9:.,]+(?:[Zz]|[+-][0-9:]+)")
_NUMBER = re.compile(r"[0-9]{9,13}")
_YEAR_2000 = 946_684_800  # seconds since 1970; smaller numbers are dates in digits, such as 20261224
_YEAR_2286 = 10_000_000_000  # larger ones are milliseconds, or dates such as 20261224180000


def read_embargo(source: object, *path: str) -> datetime | None:
    """Reads the end of an embargo at `path`; None if there is none. Raises ArticleInvalid for anything that might be misread."""
    value = at(source, *path)
    if value in (None, ""):
        return None
    time = embargo_time(value)
    if time is None:
        raise ArticleInvalid(path[-1], EXPECTED, shown(value))
    return time


def embargo_time(value: object) -> datetime | None:
    """Parses a time with a zone, or a number since 1970 from the years 2000 to 2286. Returns None for anything else.

    A time without a zone is refused: read as UTC, it would end the embargo hours early in the west.
    """
    if isinstance(value, str):
        text = value.strip()
        return _since_1970(int(text)) if _NUMBER.fullmatch(text) else _iso_time(text)
    return _since_1970(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _iso_time(text: str) -> datetime | None:
    if not _TIME.fullmatch(text):
        return None
    try:
        time = datetime.fromisoformat(text.upper())
        time.astimezone(UTC)  # fails in the hours at either end of the calendar
    except (ValueError, OverflowError):
        return None
    return time


def _since_1970(number: float) -> datetime | None:
    if not number < _YEAR_2286 * 1000:  # also true for NaN
        return None
    seconds = number if number < _YEAR_2286 else number / 1000
    return datetime.fromtimestamp(seconds, UTC) if seconds >= _YEAR_2000 else None
