"""Japanese or Chinese text into the phrases a reader takes in at once, by BudouX's models."""

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser

_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue")


def phrase_ends(text: str, language: str) -> frozenset[int] | None:
    """The offsets in `text` where a phrase ends; None for a language whose spaces say it."""
    parser = _parser(language.lower())
    return frozenset(accumulate(map(len, parser.parse(text)))) if parser else None


@lru_cache(maxsize=8)
def _parser(language: str) -> "Parser | None":
    primary = language.partition("-")[0]
    if primary not in ("ja", "zh", "yue"):
        return None
    import budoux  # reads its model from disk, which no other language needs

    if primary == "ja":
        return budoux.load_default_japanese_parser()
    if language.startswith(_TRADITIONAL):
        return budoux.load_default_traditional_chinese_parser()
    return budoux.load_default_simplified_chinese_parser()
