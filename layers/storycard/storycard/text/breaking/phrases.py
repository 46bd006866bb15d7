"""Finds the phrases of Japanese and Chinese text, with BudouX's model and ICU's dictionary."""

import re
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from icu4py.breakers import WordBreaker

from storycard.language.tags import parse_tag
from storycard.language.word_lists import BreakWords
from storycard.text import icu

if TYPE_CHECKING:
    from budoux import Parser

_PAUSE = re.compile(r"[\s、。，；：！？―—…]+")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万萬亿億兆两兩")  # consecutive ones are one number


def phrase_ends(text: str, language: str, words: BreakWords) -> frozenset[int] | None:
    """Returns the offsets in `text` at which a phrase ends; None for a language other than Japanese and Chinese.

    A Japanese phrase (bunsetsu) is a word and its particles, by BudouX. BudouX's Chinese models split words, so a Chinese
    phrase is a word of ICU's dictionary and its particles, the enclitics and proclitics of `words`.
    """
    primary = parse_tag(language).primary
    if primary not in ("ja", "zh", "yue"):
        return None
    ends = _word_ends(text, language)
    if primary == "ja":
        ends &= set(accumulate(map(len, _japanese().parse(text))))
    else:
        before_single = {end for end in ends if end + 1 in ends}  # the next word is a single character
        ends -= {end for end in before_single if text[end] in words.enclitics}
        ends -= {end + 1 for end in before_single if text[end] in words.proclitics}
    ends = {end for end in ends if not _NUMERALS.issuperset(text[end - 1 : end + 1])}
    return frozenset(ends | {pause.end() for pause in _PAUSE.finditer(text)} | {len(text)})


def _word_ends(text: str, language: str) -> set[int]:
    codepoint_at = icu.codepoint_offsets(text)
    return {codepoint_at[unit_end] for _, unit_end in WordBreaker(text, language).segments()}


@cache
def _japanese() -> "Parser":
    import budoux  # imported lazily: it reads its model, which only Japanese needs

    return budoux.load_default_japanese_parser()
