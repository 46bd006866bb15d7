"""Pairs the quotation marks in running text, replaces typed ones and strips enclosing ones."""

import re
from functools import lru_cache
from typing import NamedTuple

from storycard.editing.apostrophes import (
    CLOSING_PUNCTUATION,
    OPENING_PUNCTUATION,
    TYPED,
    apostrophe,
    find_apostrophes,
    is_wordy,
    set_letters,
)
from storycard.language.language import Language

_SINGLE = "'‘’‚‛‹›"
_DOUBLE = '"“”„‟«»'
_BRACKETS = {"「": "」", "『": "』", "《": "》", "〈": "〉"}
_MARKS = frozenset(_SINGLE + _DOUBLE).union(_BRACKETS, _BRACKETS.values())
_MARK = re.compile(f"[{''.join(_MARKS)}]")
_MOST_MARKS = 1_000  # a text with more is no prose, and its marks are not paired: ten times the longest line of prose has fewer
_FEET_AND_INCHES = re.compile(r"(?<!\w)\d+’ ?\d+(?:\.\d+)?[\"”]")
_INCHES = re.compile(r"(?<!\d)[\d¼-¾⅐-⅞]{1,3}$")
# The marks within a quotation whose own are not the language's.
_INNER = {"»«": "›‹", "„“": "‚‘", "“”": "‘’", "””": "’’"}


class Pair(NamedTuple):
    """The offsets of a quotation's two marks in a text."""

    start: int
    end: int


def curl_quotes(text: str, language: Language, *, within_quotation: bool = False) -> str:
    """Replaces typed marks with the language's own, outer and inner in turn.

    A mark without a partner stays, unless it is an apostrophe.
    """
    if _MARKS.isdisjoint(text):
        return text
    text = set_letters(text, language)
    apostrophes = find_apostrophes(text, language)
    marks = language.marks
    outer, inner = marks.open.strip() + marks.close.strip(), marks.inner_open + marks.inner_close
    characters = list(text)
    pairs = _pair_marks(text, apostrophes)
    around: list[Pair] = []  # the pairs that enclose the current one, the outermost first
    is_inner: dict[Pair, bool] = {}
    moved_in: set[Pair] = set()
    for pair in pairs:
        while around and around[-1].end < pair.start:
            around.pop()
        written = text[pair.start] + text[pair.end]
        # Many newspapers quote in single marks: keep the editor's choice where the language has such marks.
        outermost_is_inner = within_quotation or (written[0] in _SINGLE and inner[0] in _SINGLE)
        wants_inner = not is_inner[around[-1]] if around else outermost_is_inner
        # Typeset marks change only within a quotation: the outermost pair, and those that alternate with it.
        if within_quotation and (written == inner and around[-1] in moved_in if around else written == outer):
            moved_in.add(pair)
        if pair in moved_in or written[0] in TYPED or written[1] in TYPED:
            within = text[around[-1].start] + text[around[-1].end] if around else outer
            own_inner = inner if within == outer else _INNER.get(within, inner)
            characters[pair.start], characters[pair.end] = tuple(own_inner if wants_inner else outer)
            if written == "«»":  # French guillemets leave their spaces behind
                characters[pair.start + 1] = characters[pair.start + 1].strip()
                characters[pair.end - 1] = characters[pair.end - 1].strip()
            is_inner[pair] = wants_inner
        else:
            is_inner[pair] = written[0] in _SINGLE or (written == inner != outer)
        around.append(pair)
    paired = {index for pair in pairs for index in (pair.start, pair.end)}
    for index in apostrophes - paired:
        characters[index] = apostrophe(text, index, language)
    for match in re.finditer('"', text):
        if match.start() not in paired and _INCHES.search(text, max(0, match.start() - 3), match.start()):
            characters[match.start()] = "″"
    return "".join(characters)


def strip_outer_marks(text: str) -> str:
    """Returns `text` without the marks and spaces that enclose all of it, one pair within the other."""
    pairs = set(find_pairs(text))
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or text[end - 1].isspace() or Pair(start, end - 1) in pairs):
        enclosed = Pair(start, end - 1) in pairs
        start += enclosed or text[start].isspace()
        end -= enclosed or (start < end and text[end - 1].isspace())
    return text[start:end]


def find_pairs(text: str, language: Language | None = None) -> tuple[Pair, ...]:
    """Returns the quotations in `text` in the order they begin, by the apostrophes of its language if that is known."""
    return _pair_marks(text, find_apostrophes(text, language))


@lru_cache(maxsize=128)  # each card of a set has the same texts
def _pair_marks(text: str, apostrophes: frozenset[int]) -> tuple[Pair, ...]:
    """Pairs the marks, unless there are too many. The characters beside a mark tell whether it opens or closes."""
    marks = [(found.start(), found[0]) for found in _MARK.finditer(text)]
    if len(marks) > _MOST_MARKS:
        return ()
    no_marks = apostrophes.union(
        index for match in _FEET_AND_INCHES.finditer(text) for index in range(match.start(), match.end())
    )
    waiting: dict[str, list[int]] = {}  # offsets of the marks that are open, by the mark: each is opened and closed once
    pairs: list[Pair] = []
    roles: dict[int, str] = {}
    for index, mark in marks:
        if index in no_marks:
            continue
        partner = max((opened[-1] for other, opened in waiting.items() if opened and _could_pair(other, mark)), default=None)
        roles[index] = _role(text, index, roles.get(index - 1, ""), can_close=partner is not None)
        if roles[index] == "open":
            waiting.setdefault(mark, []).append(index)
        elif roles[index] == "close" and partner is not None:
            pairs.append(Pair(partner, index))
            for opened in waiting.values():
                while opened and opened[-1] >= partner:
                    opened.pop()
    return tuple(sorted(pairs, key=lambda pair: pair.start))


def _could_pair(opened: str, mark: str) -> bool:
    if opened in _BRACKETS:
        return _BRACKETS[opened] == mark
    if {opened, mark} == {"’", "'"}:  # an apostrophe that is already curled
        return False
    return (opened in _SINGLE and mark in _SINGLE) or (opened in _DOUBLE and mark in _DOUBLE)


def _role(text: str, index: int, role_before: str, *, can_close: bool) -> str:
    """Returns "open" or "close" for the mark at `index`, or "" for an apostrophe or a prime."""
    mark, before, after = text[index], text[index - 1 : index] or " ", text[index + 1 : index + 2] or " "
    starts = before.isspace() or before in OPENING_PUNCTUATION or role_before == "open"
    starts = starts or (mark in _DOUBLE and before in "'’" and text[index - 2 : index - 1].isalpha() and after.isalnum())
    ends = after.isspace() or after in CLOSING_PUNCTUATION or after in _MARKS
    if mark in _BRACKETS or (mark == "«" and after.isspace() and starts):  # spaced as in French
        return "open"
    if mark in _BRACKETS.values() or (mark == "»" and before.isspace() and ends):
        return "close"
    if mark in TYPED and before.isdigit() and not (can_close and (ends or after.isalpha()) and not _is_inch(text, index)):
        return ""
    if starts and not after.isspace():
        return "close" if ends and can_close and not before.isspace() and role_before != "open" else "open"
    if ends:
        return "" if before.isspace() else "close"
    if mark in _SINGLE and mark not in TYPED and is_wordy(before):
        return ""
    return "close" if can_close else "open"


def _is_inch(text: str, index: int) -> bool:
    """Returns whether the double mark after a digit means inches, as in "a 15" screen": a later one closes the quotation."""
    if text[index] != '"':
        return False
    later = next((later for later in range(index + 1, len(text)) if text[later] in _DOUBLE), 0)
    return later > 0 and not text[later - 1].isspace() and not text[later + 1 : later + 2].isalnum()
