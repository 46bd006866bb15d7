"""Tells the languages that are written from right to left, by ICU (CLDR's likely subtags and the directions of scripts)."""

from collections.abc import Callable
from ctypes import c_char_p, c_int8
from functools import cache, lru_cache
from types import MappingProxyType

from storycard.language.icu_library import icu_function
from storycard.language.tags import parse_tag

# What `uloc_isRightToLeft` does not resolve: Dari, an alias of fa-AF in CLDR, and Nastaliq, a variant of Arabic script.
_ALIASES = MappingProxyType({"prs": "fa", "Aran": "Arab"})


@lru_cache(maxsize=256)
def is_rtl(tag: str) -> bool:
    """Returns whether text in a BCP 47 tag's language runs right to left. A script subtag decides first, then the region."""
    locale = "_".join(_ALIASES.get(subtag, subtag) for subtag in parse_tag(tag) if subtag)
    return bool(_is_right_to_left()(locale.encode("ascii")))


@cache
def _is_right_to_left() -> Callable[[bytes], int]:
    return icu_function("uloc_isRightToLeft", c_int8, [c_char_p])
