"""Spells out dates."""

from datetime import datetime


def long_date(moment: datetime, tag: str) -> str:
    """Returns the day of `moment`, in its own time zone, in the language of a BCP 47 tag: "3 November 2026" (CLDR)."""
    from icu4py.messageformat import MessageFormat  # takes 20 ms to load

    return MessageFormat("{day, date, long}", tag).format({"day": moment.date()})
