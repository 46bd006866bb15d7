"""Spells out dates and times."""

import re
from collections.abc import Iterator
from datetime import date, datetime

# Eras that CLDR's root has in dates of the Persian, the Islamic and the Buddhist calendar. Pashto and others have no form of
# their own, and a date in a newspaper needs no era.
_ROOT_ERA = re.compile(r"^(?:AP|AH|BE)\s|\s(?:AP|AH|BE)$")
_NO_CLOCK_CHANGE = date(2001, 1, 15)  # a day without a change of clocks anywhere, so that every time of day exists


def date_forms(moment: datetime, tag: str) -> Iterator[str]:
    """Yields the day of `moment`, in its own time zone, in the language of a BCP 47 tag, the longest form first (CLDR).

    In English these are "November 3, 2026", "Nov 3, 2026" and "Nov 3". CLDR's short form is left out, since outside
    of the United States 11/3/26 is a day in March.
    """
    from icu4py.messageformat import MessageFormat  # takes 20 ms to load

    for style in ("long", "medium", "::MMMd"):
        yield _ROOT_ERA.sub("", MessageFormat(f"{{day, date, {style}}}", tag).format({"day": moment.date()}))


def time_form(moment: datetime, tag: str) -> str:
    """Returns the hour and minute of `moment`, in its own time zone, in the language's short form (CLDR): "2:05 PM", "14:05"."""
    from icu4py.messageformat import MessageFormat  # takes 20 ms to load

    local = datetime.combine(_NO_CLOCK_CHANGE, moment.time())  # ICU shows a time without a zone as it is
    return MessageFormat("{time, time, short}", tag).format({"time": local})
