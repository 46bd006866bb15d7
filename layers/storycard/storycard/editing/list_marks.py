"""Strips the marks of lists that editors type before key facts."""

import re
from collections.abc import Sequence

from storycard.language.language import Language

_MARK = re.compile(r"(?:[•‣⁃◦∙●○▪▫■□◆◇❖►▶▸➤➢✓✔]|[·・*\-–—](?=\s)|\(?(?:\d{1,2}|[a-z])\)(?=\s)|\d\ufe0f?\u20e3)\s*(?=\S)")
_NUMBER = re.compile(r"(\d{1,2})\.\s+(?=\S)")


def without_list_marks(texts: Sequence[str], language: Language) -> tuple[str, ...]:
    """Returns the items of a list without the marks typed before them: "• ", "- ", "1) ", "1. ".

    Where "1. " may be an ordinal, as in German, it is a mark only if the items are numbered from 1, or if a word that begins
    sentences follows: "1. Die".
    """
    numbers = [_NUMBER.match(text) for text in texts]
    counted = len(texts) > 1 and [number and int(number[1]) for number in numbers] == list(range(1, len(texts) + 1))
    numbered = counted or not language.break_words.ordinals
    return tuple(
        text[number.end() :] if number and (numbered or _starts_sentence(text[number.end() :], language)) else _without_mark(text)
        for text, number in zip(texts, numbers, strict=True)
    )


def _starts_sentence(text: str, language: Language) -> bool:
    return text[0].isupper() and language.break_words.not_names.has(text.split()[0].casefold())


def _without_mark(text: str) -> str:
    mark = _MARK.match(text)
    return text[mark.end() :] if mark else text
