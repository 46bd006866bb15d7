"""Splits a text into words and says of each what decides whether the next may begin a line."""

import re
from typing import NamedTuple

_WORD = re.compile(r"\S+")
_OPENING = "\"'“‘«„‚‹([{¿¡"
_CLOSING = "\"'”’»“‘›)]}.,:;!?…،؛؟。"
_FIGURE = re.compile(r"(?:[A-Z]{1,3})?[$€£¥₹₩₽₺₴₦₱₫฿₪]?[+\-−]?\d+(?:[.,:’'/–-]\d+)*[\w%‰º°]{0,3}[€£$₽%]?")
_BEFORE_APOSTROPHE = re.compile(r"(\w+)['’](?=\w)")
_LONG_WORD = 4  # letters: headlines in title case have shorter ones in small letters
_TITLE_CASE = 0.8  # share of its long words that begin with a capital


class Token(NamedTuple):
    """A word of a text. Its core is what remains without punctuation around it and without an elided article."""

    start: int  # offset in the text
    core_start: int  # offset in the text
    core: str
    key: str  # the core in lower case
    closing: str  # the punctuation after the core
    opened: bool  # whether punctuation stands before the core
    capital: bool  # whether the core begins with a capital
    figure: bool  # whether the core is a number, perhaps with a currency or a unit


def split_words(text: str, elided: frozenset[str]) -> list[Token]:
    """Returns the words of `text` in order. The `elided` articles before an apostrophe are left out of their cores."""
    return [_token(match, elided) for match in _WORD.finditer(text)]


def is_title_case(text: str) -> bool:
    """Returns whether nearly all long words are capitalised, so that two capitals in a row do not indicate a name."""
    words = [word for word in text.split() if len(word) >= _LONG_WORD and word.isalpha()]
    return sum(word[0].isupper() for word in words) > _TITLE_CASE * len(words)


def _token(match: re.Match[str], elided: frozenset[str]) -> Token:
    word = match[0]
    if word.isalpha():  # as most are
        return Token(match.start(), match.start(), word, word.casefold(), "", False, word[0].isupper(), False)
    bare = word.lstrip(_OPENING)
    whole = bare.rstrip(_CLOSING)
    article = _BEFORE_APOSTROPHE.match(whole)
    core = whole[article.end() :] if article and article[1].lower() in elided else whole
    figure = not core.isalpha() and _FIGURE.fullmatch(core) is not None
    core_start = match.start() + len(word) - len(bare) + len(whole) - len(core)
    return Token(
        match.start(),
        core_start,
        core,
        core.casefold(),
        bare[len(whole) :],
        bare != word,
        core[:1].isupper() and not figure,
        figure,
    )
