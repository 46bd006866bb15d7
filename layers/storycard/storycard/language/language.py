"""What a language tag says about setting text: its direction, and a date in its own words."""

from datetime import datetime

# Languages whose usual script runs right to left (CLDR likely subtags), and the scripts that do when named in the tag.
_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "azb", "bal", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "lrc"}
    | {"mzn", "nqo", "pnb", "prs", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_RTL_SCRIPTS = frozenset({"arab", "aran", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg"})


def is_rtl(language: str) -> bool:
    """Whether a BCP 47 tag's text runs right to left; a script subtag decides before the language does."""
    primary, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    return script in _RTL_SCRIPTS if script else primary in _RTL_LANGUAGES


def long_date(moment: datetime, language: str) -> str:
    """The day of `moment`, where it was written, as the language spells a date out: '3 November 2026' (CLDR)."""
    from icu4py.messageformat import MessageFormat  # not loaded by who only asks for a direction

    return MessageFormat("{day, date, long}", language).format({"day": moment.date()})
