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
_MAX_FOLDED = 200  # characters; enough for any title
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
    signs = _signs(words)
    facts = [found for found in _lists(blocks) if _is_content(found.items) and not _is_something_else(found, signs)]
    titled = [found for found in facts if found.items[0].key_points or any(map(signs.key_points.search, found.titles))]
    return tuple(item.text for item in (titled or facts)[0].items) if facts else ()


def leads_elsewhere(line: str, words: ReadingWords) -> bool:
    """Returns whether a paragraph only titles a list without facts, or points to another story: "Read more: ..."."""
    signs = _signs(words)
    return _before_colon(line) in signs.related or (len(line) <= _MAX_HEADING and signs.titles_no_facts(_folded(line)))


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


def _is_something_else(found: _List, signs: "_Signs") -> bool:
    """Returns whether a list leads elsewhere, says where to call, or is part of a recipe."""
    if any(map(signs.titles_no_facts, found.titles)) or any(_TRAIL.search(item.text[:_MAX_FOLDED]) for item in found.items):
        return True
    if _folded(found.items[0].text) in signs.related:  # "Home", the first of a trail
        return True
    if _is_most(found.items, signs.announces) or _is_most(found.items, _ADDRESS.search):
        return True
    short = sum(columns(item.text) for item in found.items) <= _MAX_INGREDIENT * len(found.items)
    measured = any(signs.measured.match(item.text[:_MAX_FOLDED]) for item in found.items)
    return short and measured and _is_most(found.items, signs.counted.match)


def _is_most(items: list[Block], tell: Callable[[str], object]) -> bool:
    return sum(bool(tell(item.text[:_MAX_FOLDED])) for item in items) >= max(_MIN_ITEMS, len(items) / 2)


def _folded(title: str) -> str:
    """Returns a title in lower case, without the marks around it. The dot of a Turkish İ goes, as in the lists of words."""
    return title[:_MAX_FOLDED].casefold().replace("’", "'").replace("：", ":").replace("\u0307", "").strip(" :：.…>›»→|-–—!")


def _before_colon(line: str) -> str:
    head, colon, _ = line[:_MAX_HEADING].replace("：", ":").partition(":")
    return _folded(head) if colon else ""


class _Signs(NamedTuple):
    """The words that tell lists apart, folded; phrases are those of several words."""

    key_points: re.Pattern[str]
    no_facts: frozenset[str]  # titles
    related: frozenset[str]
    phrases: tuple[str, ...]  # that begin such titles
    captions: frozenset[str]  # words before a colon: of a masthead, or of a picture's credit
    contact_phrases: tuple[str, ...]
    measured: re.Pattern[str]  # "200 g flour"
    counted: re.Pattern[str]  # that, and "4 eggs"

    def titles_no_facts(self, title: str) -> bool:
        """Returns whether a folded title says that its list leads elsewhere, or is a masthead's or a recipe's."""
        begin = re.split(r"\s*[:(]", title, maxsplit=1)[0]
        return begin in self.no_facts or _begins_with(title, self.phrases)

    def announces(self, item: str) -> bool:
        """Returns whether an item says first that it leads elsewhere, or how to call."""
        head = _before_colon(item)
        return head in self.related or head in self.captions or _begins_with(_folded(item), self.contact_phrases)


@lru_cache(maxsize=4)
def _signs(words: ReadingWords) -> _Signs:
    related, contact, recipe = (frozenset(map(_folded, each)) for each in (words.related, words.contact, words.recipe))
    units = "|".join(map(re.escape, sorted(words.kitchen_units, key=len, reverse=True))) or "(?!)"
    measure = rf"(?:{_AMOUNT})\s*(?:{units})(?![^\W\d_])|(?:{units})\s*(?:{_AMOUNT})"
    return _Signs(
        key_points=re.compile("|".join(map(_bounded, words.key_points)) or "(?!)", re.IGNORECASE),
        no_facts=related | contact | recipe,
        related=related,
        phrases=tuple(phrase for phrase in related | recipe if " " in phrase),
        captions=contact | frozenset(map(_folded, words.credit_words)),
        contact_phrases=tuple(phrase for phrase in contact if " " in phrase),
        measured=re.compile(measure, re.IGNORECASE),
        counted=re.compile(rf"{measure}|(?:{_AMOUNT})", re.IGNORECASE),
    )


def _begins_with(text: str, phrases: tuple[str, ...]) -> bool:
    """Returns whether a text begins with a phrase and goes on with another word, if at all."""
    return text.startswith(phrases) and any(text.startswith(each) and not text[len(each) :][:1].isalnum() for each in phrases)


def _bounded(phrase: str) -> str:
    """Returns the pattern of a phrase between words, where its script parts words."""
    return re.escape(phrase) if _UNSPACED.search(phrase) else rf"(?<!\w){re.escape(phrase)}(?!\w)"
