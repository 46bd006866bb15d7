"""Compiles the patterns by which figures are found in one language, from its word lists."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from storycard.language.figure_words import FigureWords
from storycard.language.language import Language
from storycard.language.word_lists import BreakWords, Words

_INDIC = "".join(  # the signs of each block stand at the same places in it
    f"{chr(block)}-{chr(block + 3)}{chr(block + 0x3A)}-{chr(block + 0x57)}{chr(block + 0x62)}{chr(block + 0x63)}"
    for block in range(0x900, 0xE00, 0x80)
)
_MARKS = (
    r"\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    rf"\u0e31-\u0e4e\u200c\u200d{_INDIC}"
)
LETTER = rf"(?:[^\W\d_]|[{_MARKS}])"
SPACE = r"[ \u00a0\u202f\u2009]"
# Scripts without spaces between words.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f"
_HANGUL = r"\uac00-\ud7af"  # words have spaces, but particles are attached to them
_UNBOUNDED = re.compile(rf"[{_UNSPACED}{_HANGUL}]|[^\w{_MARKS}]")
READS_ON = re.compile(f"{SPACE}|[{_UNSPACED}](?<![、。，；：！？）」』])")
UNSPACED = re.compile(f"[{_UNSPACED}{_HANGUL}]")
_HAS_MARKS = re.compile("[\u0590-\u0dff]")  # scripts whose words have combining marks
DICTIONARY = re.compile(f"[{_UNSPACED}]")
CURRENCY = "$¢£¤¥֏؋৲৳৻૱௹฿៛₠-⃀﷼﹩＄￠￡￥￦"  # Unicode general category Sc
# ISO 4217, without codes that are English words or read as something else in capitals (ALL, TOP, CUP, COP, TRY, SOS).
_ISO = (
    "AED|ARS|AUD|BDT|BGN|BHD|BRL|CAD|CHF|CLP|CNY|CZK|DKK|DZD|EGP|ETB|EUR|GBP|GEL|GHS|HKD|HUF|IDR|ILS|"
    "INR|IQD|IRR|ISK|JOD|JPY|KES|KRW|KWD|KZT|LBP|LKR|MAD|MMK|MXN|MYR|NGN|NOK|NPR|NZD|OMR|PEN|PHP|PKR|"
    "PLN|QAR|RMB|RON|RSD|RUB|SAR|SEK|SGD|THB|TND|TWD|TZS|UAH|UGX|USD|UYU|UZS|VND|XAF|XOF|ZAR"
)
_GROUPED = r"\d{1,3}(?P<gap>[.,٬’'\u00a0\u202f\u2009 ])\d{3}(?:(?P=gap)\d{3})*(?!\d)"
_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"
_NUMBER = rf"(?:{_INDIAN}|{_GROUPED}|\d+)(?:[.,٫]\d+)?"
_WHOLE = r"\d+(?:[.,٬]\d{3})*"
_ROUND = r"(?:100|10{0,2}(?:[.,\u00a0\u202f ]?000)+)"  # 100, 1000, 10,000
_RATIO_PARTS = re.compile(r"(\{[nm]\})")
_NEVER = "(?!)"
_STEM = "-"  # ends an entry that stands for all words that begin with it, or begins one for all that end with it


class FigurePatterns(NamedTuple):
    """The patterns of one language. Those that end before a number match at the end of the text before it."""

    candidate: re.Pattern[str]  # from the first digit
    sign_before: re.Pattern[str]  # the sign, currency or percent before it
    ratios: tuple[re.Pattern[str], ...]
    spelled_ratio: re.Pattern[str]  # with one of its numbers as a word: "one in 5"
    prefix: re.Pattern[str]
    changes: re.Pattern[str]
    by_before: re.Pattern[str]
    linked_before: re.Pattern[str]  # "by" or "of"
    level_before: re.Pattern[str]
    lasting_before: re.Pattern[str]
    partitive: re.Pattern[str]
    rate: re.Pattern[str]  # "per 100,000"
    label_before: re.Pattern[str]
    definite_before: re.Pattern[str]
    name_before: re.Pattern[str]  # of a count: "Article", "May"
    phrase_before: re.Pattern[str]  # a label of several words, the last of which may be read as a prefix: "set up"
    compared_before: re.Pattern[str]
    refused_after: re.Pattern[str]
    comparison: re.Pattern[str]
    unit: re.Pattern[str]
    duration: re.Pattern[str]
    plural: re.Pattern[str]
    negation: re.Pattern[str]
    join: re.Pattern[str]


def figure_patterns(language: Language) -> FigurePatterns:
    """Returns the patterns of `language`, which are compiled when they are first needed."""
    return _compile(language.figure_words, language.break_words, language.unit_symbols)


@lru_cache(maxsize=64)
def _compile(words: FigureWords, breaks: BreakWords, symbols: tuple[str, ...]) -> FigurePatterns:
    hedges, changes = _any(words.hedges), _any(words.changes)
    linked = _any((*words.by, *words.of))
    kept = (*words.hedges, *words.of, *words.levels, *words.lasting, *words.percents_before, *words.currencies_before)
    own = {_plain(word) for word in kept}
    names = (word for word in (*_listed(breaks.before_number), *_listed(breaks.months)) if _plain(word) not in own)
    months = _any(_listed(breaks.months))
    month_link = _any(_listed(breaks.before_month))
    change = f"{changes}(?:{SPACE}*{linked})?"
    duration = _any(words.durations)
    ratios = dict.fromkeys((*words.shares, *words.parts))
    numeral = _any(words.numerals)
    between = "|".join(_spaced(_RATIO_PARTS.split(ratio)[2]) for ratio in ratios) or _NEVER
    units = (
        symbol for symbol in symbols if symbol not in words.currencies and (len(symbol) > 1 or symbol.islower() or symbol == "°")
    )
    return FigurePatterns(
        candidate=re.compile(_candidate(words)),
        sign_before=re.compile(_sign(words)),
        ratios=tuple(_ratio(ratio) for ratio in ratios),
        spelled_ratio=re.compile(f"{numeral}(?:{between}){_WHOLE}|{_WHOLE}(?:{between}){numeral}", re.IGNORECASE),
        prefix=_before(f"(?:(?:{hedges}|{change}){SPACE}*)+", symbols="־-"),
        changes=re.compile(changes, re.IGNORECASE),
        by_before=_before(_any(words.by)),
        linked_before=_before(linked),
        level_before=_before(_any(words.levels)),
        lasting_before=_before(_any(words.lasting)),
        partitive=re.compile(f"{SPACE}+{_any(words.partitives)}", re.IGNORECASE),
        rate=re.compile(rf"{_any(words.per)}{SPACE}*(?:{_ROUND}|1{SPACE}?{_any(words.magnitudes)})(?!\d)", re.IGNORECASE),
        label_before=_before(_any(words.labels), symbols="."),
        definite_before=_before(_any(words.definite)),
        name_before=_before(_any(names), symbols=".№#§"),
        phrase_before=_before(_any(word for word in words.labels if "_" in word)),
        compared_before=_before(_any(words.compared)),
        refused_after=re.compile(
            rf"{SPACE}*(?:{_any(words.refused_after)}|\.?{SPACE}*(?:{month_link}{SPACE}+)?{months})", re.IGNORECASE
        ),
        comparison=re.compile(f"{SPACE}*({_any(words.comparisons)})", re.IGNORECASE),
        unit=re.compile(f"{SPACE}*((?:{_any(words.links)}{SPACE}*)?{_any((*words.units, *units))})"),
        duration=re.compile(f"{SPACE}*((?:{_any(words.links)}{SPACE}*)?{duration})", re.IGNORECASE),
        plural=re.compile(f"{LETTER}+(?:{'|'.join(map(re.escape, words.plural_endings)) or _NEVER})"),
        negation=re.compile(_any(words.negations), re.IGNORECASE),
        join=re.compile(rf"\s*(?:[-–—~〜～/:]|{_any(words.joins)}|{between})\s*", re.IGNORECASE),
    )


def _sign(words: FigureWords) -> str:
    money = rf"(?:(?<![^\W\d_])[A-Z]{{1,3}})?[{CURRENCY}]|(?<![^\W\d_])(?:{_ISO})|(?i:{_any(words.currencies_before)})"
    percent = f"[%٪]|(?i:{_any(words.percents_before)})"
    sign = r"(?:(?<![^\W\d_])[+−-])?"  # no hyphen between a Hebrew preposition and its number
    return rf"(?:{sign}(?P<money>{money}){SPACE}?|{sign}(?P<percent>{percent}){SPACE}?)?{sign}\Z"


def _candidate(words: FigureWords) -> str:
    magnitude = f"(?i:{_any(words.magnitudes)})"
    link = f"(?:{SPACE}*{_any(words.links)})?"
    money = f"[{CURRENCY}]|(?:{_ISO})(?![A-Za-z])|(?i:{_any(words.currencies)})"
    return (
        rf"(?P<number>{_NUMBER})"
        rf"(?P<magnitude>(?:{link}{SPACE}?{magnitude}(?:{SPACE}?\d[\d,.]*(?={SPACE}?{magnitude})|\d[\d,]*)?)*)"
        rf"(?:(?P<percent>{SPACE}?(?:[%٪％]|(?i:{_any(words.percents)})))|(?P<money>{link}{SPACE}?(?:{money})))?"
    )


def _ratio(ratio: str) -> re.Pattern[str]:
    numbers = {f"{{{name}}}": f"(?P<{name}>{_WHOLE})" for name in "nm"}
    parts = (numbers.get(part) or _spaced(part) for part in _RATIO_PARTS.split(ratio))
    return re.compile(rf"(?<![\d.,]){''.join(parts)}(?!\d|[.,]\d)", re.IGNORECASE)


def _spaced(text: str) -> str:
    return re.escape(text).replace("_", f"{SPACE}+")


def _before(pattern: str, symbols: str = "") -> re.Pattern[str]:
    ending = f"[{symbols}]?" if symbols else ""
    return re.compile(rf"(?<![{_HANGUL}])(?:{pattern}){ending}{SPACE}*\Z", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    """Returns a pattern of any of the words, each bounded as its script asks."""
    bounded = defaultdict[tuple[str, str], list[str]](list)
    ordered = sorted(set(words), key=lambda word: (not word.endswith("."), -len(word)))  # "mio." before "mio"
    unspaced = any(UNSPACED.match(word) and word[0].isalpha() for word in ordered)
    for word in ordered:
        start, core, end = _bounds(word, unspaced)
        bounded[start, end].append(core)
    groups = (f"{start}(?:{'|'.join(cores)}){end}" for (start, end), cores in bounded.items())
    return f"(?:{'|'.join(groups) or _NEVER})"


def _bounds(word: str, unspaced: bool) -> tuple[str, str, str]:
    """Returns the pattern of the word's start, of the word itself and of its end; `unspaced` if "kg을" may follow "600".

    The marks are in the patterns only where a script has them: they take long to compile.
    """
    core = word.strip(_STEM)
    dotted = core.endswith(".") and not _UNBOUNDED.match(core[0])  # the full stop of an abbreviation may be left out
    core = core.rstrip(".") if dotted else core
    marks = _MARKS if _HAS_MARKS.match(core) else ""
    start = "" if _UNBOUNDED.match(core[0]) else r"(?<![^\W\d_])" + (f"(?<![{marks}])" if marks else "")
    end = "" if _UNBOUNDED.match(core[-1]) else r"(?![A-Za-z])" if unspaced else rf"(?![\w{marks}])"
    if word.startswith(_STEM):
        start += rf"[\w{marks}]*"
    if word.endswith(_STEM):
        end = rf"[\w{marks}]*"
    return start, _spaced(core), end + (r"\.?" if dotted else "")


def _listed(words: Words) -> tuple[str, ...]:
    return (*words.whole, *(f"{stem}{_STEM}" for stem in words.stems))


def _plain(word: str) -> str:
    return word.casefold().strip(_STEM).rstrip(".").replace("_", " ")
