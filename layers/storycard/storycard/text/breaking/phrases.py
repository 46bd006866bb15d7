"""Japanese or Chinese text into the phrases a reader takes in at once: by BudouX's model, and by ICU's dictionary."""

import re
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from icu4py.breakers import WordBreaker

from storycard.text import icu

if TYPE_CHECKING:
    from budoux import Parser

_PAUSE = re.compile(r"[\s、。，；：！？―—…]+")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万萬亿億兆两兩")  # a row of them is one number
_CHINESE_ENCLITICS = "的地得了着著过過们們吗嗎呢吧员員者人力上内內里裡"  # lean on the word before them
_CHINESE_PROCLITICS = "在和與与及是对對从從将將把被给給为為向由以于於或最不没沒很更"  # and on the word after them


def phrase_ends(text: str, language: str) -> frozenset[int] | None:
    """The offsets in `text` where a phrase ends; None for a language whose spaces say it.

    Japanese phrases are a word and what leans on it (bunsetsu). BudouX's models for Chinese cut words in two, so there a
    phrase is a word of the dictionary and its particles.
    """
    primary = language.lower().partition("-")[0]
    if primary not in ("ja", "zh", "yue"):
        return None
    ends = _word_ends(text, language)
    if primary == "ja":
        ends &= set(accumulate(map(len, _japanese().parse(text))))
    else:
        alone = {end for end in ends if end + 1 in ends}  # after which a word of one character comes
        ends -= {end for end in alone if text[end] in _CHINESE_ENCLITICS}
        ends -= {end + 1 for end in alone if text[end] in _CHINESE_PROCLITICS}
    ends = {end for end in ends if not _NUMERALS.issuperset(text[end - 1 : end + 1])}
    return frozenset(ends | {pause.end() for pause in _PAUSE.finditer(text)} | {len(text)})


def _word_ends(text: str, language: str) -> set[int]:
    codepoint_at = icu.codepoint_offsets(text)
    return {codepoint_at[unit_end] for _, unit_end in WordBreaker(text, language).segments()}


@cache
def _japanese() -> "Parser":
    import budoux  # reads its model from disk, which no other language needs

    return budoux.load_default_japanese_parser()
