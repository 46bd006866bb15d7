"""Finds the phrases of text without spaces between words, as in Japanese and Chinese, with BudouX and ICU's dictionary."""

import json
import re
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from icu4py.breakers import WordBreaker

from storycard.language.word_lists import DICTIONARY, BreakWords
from storycard.text import icu

if TYPE_CHECKING:
    from budoux import Parser

_PAUSE = re.compile(r"[\s、。，；：！？―—…]+")


def phrase_ends(text: str, language: str, words: BreakWords) -> frozenset[int] | None:
    """Returns the offsets in `text` at which a phrase ends; None for a language that has no phrases by its `words`.

    A phrase is a word of ICU's dictionary and its particles: the enclitics and proclitics of `words`, or what BudouX's model
    keeps together. Consecutive numerals are one number.
    """
    if not words.phrases:
        return None
    ends = _word_ends(text, language)
    if words.phrases != DICTIONARY:
        ends &= set(accumulate(map(len, _parser(words.phrases).parse(text))))
    before_single = {end for end in ends if end + 1 in ends}  # the next word is a single character
    ends -= {end for end in before_single if text[end] in words.enclitics}
    ends -= {end + 1 for end in before_single if text[end] in words.proclitics}
    numerals = set(words.numerals)
    ends = {end for end in ends if not numerals.issuperset(text[end - 1 : end + 1])}
    return frozenset(ends | {pause.end() for pause in _PAUSE.finditer(text)} | {len(text)})


def _word_ends(text: str, language: str) -> set[int]:
    codepoint_at = icu.codepoint_offsets(text)
    return {codepoint_at[unit_end] for _, unit_end in WordBreaker(text, language).segments()}


@cache
def _parser(model: str) -> "Parser":
    import budoux  # imported lazily: only some languages need it

    return budoux.Parser(json.loads((Path(budoux.__file__).parent / f"models/{model}.json").read_text("utf-8")))
