"""Spells out dates."""

from collections.abc import Iterator
from datetime import datetime


def date_forms(moment: datetime, tag: str) -> Iterator[str]:
    """Yields the day of `moment`, in its own time zone, in the language of a BCP 47 tag, the longest form first (CLDR).

    In English these are "November 3, 2026", "Nov 3, 2026" and "11/3/26".
    """
    from icu4py.messageformat import MessageFormat  # takes 20 ms to load

    for style in ("long", "medium", "short"):
        yield MessageFormat(f"{{day, date, {style}}}", tag).format({"day": moment.date()})
