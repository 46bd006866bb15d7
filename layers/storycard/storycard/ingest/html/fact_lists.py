"""Finds the list of an article that holds its key facts, by its items and by the heading above it."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from storycard.editing.text_metrics import columns
from storycard.ingest.html.blocks import Block
from storycard.language.reading_words import ReadingWords

_MIN_ITEMS = 2
_MIN_ITEM = 12  # columns on average; menus and tables have shorter items
_MAX_LINKED = 0.6  # share of a list's characters in links; navigation and related stories have more
_MAX_HEADING = 60  # columns; a longer line does not title a list
_WHOLE_LINK = 0.9  # share of an item's characters
# An e-mail address, a web address, a handle or a telephone number
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|https?://|www\.|(?<!\w)@\w{3,}|(?<![\w.,])(?:\+|\(?0)(?:[ ()/.-]{0,3}\d){8,14}(?!\w)"
    r"|(?<!\w)\d{3}[-. ]\d{3}[-. ]\d{4}(?!\w)"
)
_TRAIL = re.compile(r"\S\s*[›»>]\s*\S.*[›»>]\s*\S")
_MAX_INGREDIENT = 34  # columns on average; facts with weights are longer
_AMOUNT = r"(?:\d[\d.,/]*\s*)?[¼½¾⅓⅔⅛]|\d[\d.,/–-]*"
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


class _List(NamedTuple):
    items: list[Block]
    titles: tuple[str, ...]  # the headings it stands under, and the line right above it


def find_facts(blocks: list[Block], words: ReadingWords) -> tuple[str, ...]:
    """Returns the items of the first list that is titled or marked as key points, else of the first list that is content."""
    patterns = _patterns(words)
    facts = [found for found in _lists(blocks) if _is_content(found.items) and not _is_something_else(found, patterns)]
    titled = [found for found in facts if found.items[0].key_points or any(map(patterns.key_points.search, found.titles))]
    return tuple(item.text for item in (titled or facts)[0].items) if facts else ()


def _lists(blocks: list[Block]) -> list[_List]:
    found: dict[int, _List] = {}
    headings: dict[int, str] = {}
    line = ""
    for block in blocks:
        if block.kind == "item":
            titles = tuple(title for title in (*headings.values(), line) if title and columns(title) <= _MAX_HEADING)
            found.setdefault(block.list_number, _List([], titles)).items.append(block)
            continue
        line = _folded(block.text)
        if block.kind == "heading":
            headings = {level: title for level, title in headings.items() if level < block.level} | {block.level: line}
    return list(found.values())


def _is_content(items: list[Block]) -> bool:
    length = sum(len(item.text) for item in items)
    linked = sum(item.linked for item in items)
    links = sum(item.linked >= len(item.text) * _WHOLE_LINK for item in items)
    average = sum(columns(item.text) for item in items) / len(items)
    if links > 1 and links >= len(items) - 1:  # breadcrumbs: all but the page itself
        return False
    return len(items) >= _MIN_ITEMS and average >= _MIN_ITEM and linked < length * _MAX_LINKED


def _is_something_else(found: _List, patterns: "_Patterns") -> bool:
    """Returns whether a list leads elsewhere, says where to call, or is part of a recipe."""
    if any(patterns.no_facts.fullmatch(title) for title in found.titles):
        return True
    if any(_TRAIL.search(item.text) for item in found.items):
        return True
    if any(_in_most(found.items, matches) for matches in (patterns.announced.match, _ADDRESS.search)):
        return True
    short = sum(columns(item.text) for item in found.items) <= _MAX_INGREDIENT * len(found.items)
    measured = any(patterns.measured.match(item.text) for item in found.items)
    return short and measured and _in_most(found.items, patterns.counted.match)


def _in_most(items: list[Block], matches: Callable[[str], re.Match[str] | None]) -> bool:
    return sum(bool(matches(item.text)) for item in items) >= max(_MIN_ITEMS, len(items) / 2)


def _folded(title: str) -> str:
    return title.replace("’", "'").strip(" :：.…>›»→|-–—!")


class _Patterns(NamedTuple):
    key_points: re.Pattern[str]
    no_facts: re.Pattern[str]
    announced: re.Pattern[str]  # items that say first that they lead elsewhere, or how to call
    measured: re.Pattern[str]  # "200 g flour"
    counted: re.Pattern[str]  # that, and "4 eggs"


@lru_cache(maxsize=4)
def _patterns(words: ReadingWords) -> _Patterns:
    """Builds the patterns: key points anywhere in a title; phrases that begin one, single words that are one."""
    elsewhere, phrases = (*words.related, *words.recipe, *words.contact), [phrase for phrase in words.related if " " in phrase]
    units = _alternatives(words.kitchen_units)
    measure = rf"(?:{_AMOUNT})\s*(?:{units})(?![^\W\d_])|(?:{units})\s*(?:{_AMOUNT})"
    calls = rf"(?:{_alternatives((*words.contact, *words.related))})\.?\s*[:：]|(?:{_alternatives(words.contact, spaced=True)})\b"
    return _Patterns(
        re.compile("|".join(map(_bounded, words.key_points)) or "(?!)", re.IGNORECASE),
        re.compile(rf"(?:{_alternatives(elsewhere)})|(?:{_alternatives(phrases)})\b.*", re.IGNORECASE),
        re.compile(calls, re.IGNORECASE),
        re.compile(measure, re.IGNORECASE),
        re.compile(rf"{measure}|(?:{_AMOUNT})", re.IGNORECASE),
    )


def _alternatives(phrases: tuple[str, ...] | list[str], *, spaced: bool = False) -> str:
    """Returns a pattern of the phrases, longest first; only those with a space if `spaced`."""
    chosen = sorted((phrase for phrase in phrases if " " in phrase or not spaced), key=len, reverse=True)
    return "|".join(map(re.escape, chosen)) or "(?!)"


def _bounded(phrase: str) -> str:
    """Returns the pattern of a phrase between words, where its script parts words."""
    return re.escape(phrase) if _UNSPACED.search(phrase) else rf"(?<!\w){re.escape(phrase)}(?!\w)"
