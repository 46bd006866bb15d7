"""Finds what belongs on one line in Chinese and Japanese: katakana words, numbers with their counters, short names in brackets.

Sources: jlreq, clreq and JIS X 4051. A line may end inside them only if the text would become too small.
"""

import re
from functools import lru_cache

from storycard.language.word_lists import BreakWords
from storycard.text.breaking.bonds import Bond

_WORD = re.compile("[ァ-ヺーｦ-ﾟ]{2,}|[０-９Ａ-Ｚａ-ｚ]{2,}")  # UAX #14 allows breaks inside full-width Latin words too
_BEFORE_PARTICLE = re.compile("(?<=[ァ-ヺーｦ-ﾟ]{2})(?=[ぁ-ん])")
# Titles, and quotations of a word or two.
_BRACKETED = re.compile("《[^《》]{1,8}》|〈[^〈〉]{1,8}〉|「[^「」]{1,5}」|『[^『』]{1,5}』|“[^“”]{1,5}”|‘[^‘’]{1,5}’")
_FOREIGN_NAME = re.compile(r"\w{1,2}(?:[·・‧]\w{1,2})+")  # with two characters, if it has them, of the first and the last part


def east_asian_bonds(text: str, words: BreakWords) -> dict[int, Bond]:
    """Returns the bonds between the characters of `text` and those before them, by the offsets of the former."""
    found: dict[int, Bond] = {}
    for name in (*_FOREIGN_NAME.finditer(text), *_BRACKETED.finditer(text)):
        found.update(dict.fromkeys(range(name.start() + 1, name.end()), Bond.NAME))
    found.update((place.start(), Bond.NAME) for place in _BEFORE_PARTICLE.finditer(text))
    for word in _WORD.finditer(text):
        found.update(dict.fromkeys(range(word.start() + 1, word.end()), Bond.UNIT))
    for number in _numbers(words.numerals, words.multiples).finditer(text):
        first = number.start() - (text[number.start() - 1 : number.start()] in words.before_number.whole)
        last = number.end() + _counter_length(text, number.end(), words)
        if last > number.end() or number[0][0].isdigit():
            found.update(dict.fromkeys(range(first + 1, last), Bond.UNIT))
        if text[last - 1] in words.date_parts and text[last : last + 1].isdigit():
            found[last] = Bond.NAME
    return found


@lru_cache(maxsize=8)
def _numbers(numerals: str, multiples: str) -> re.Pattern[str]:
    """Compiles the pattern of numbers in digits, which `multiples` may follow, and in `numerals`."""
    return re.compile(rf"\d+(?:[.,．，]\d+)*{_any_of(multiples)}*|{_any_of(numerals)}+")


def _any_of(characters: str) -> str:
    return f"[{re.escape(characters)}]" if characters else "(?!)"


def _counter_length(text: str, start: int, words: BreakWords) -> int:
    """Returns the length of the longest counter at `start`, 0 without one."""
    return max((len(counter) for counter in words.after_number.whole if text.startswith(counter, start)), default=0)
