"""Parses BCP 47 language tags for all other modules, and returns the direction of their languages by ICU."""

from collections.abc import Callable
from ctypes import c_char_p, c_int8
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from storycard.article import LANGUAGE
from storycard.language.icu_library import icu_function

_NO_LANGUAGE = frozenset({"und", "mul", "zxx"})  # undetermined, several, not linguistic (ISO 639-2)
# What `uloc_isRightToLeft` does not resolve: Dari, an alias of fa-AF in CLDR, and Nastaliq, a variant of Arabic script.
_ALIASES = MappingProxyType({"prs": "fa", "Aran": "Arab"})


class LanguageTag(NamedTuple):
    """The subtags that decide how text is set: `primary` in lower case, `script` as "Latn", `region` as "BR"; "" if absent."""

    primary: str
    script: str
    region: str


@lru_cache(maxsize=256)
def parse_tag(tag: str) -> LanguageTag:
    """Returns the subtags of `tag`, in any case. Variants, extensions and private-use subtags are ignored."""
    primary, *rest = tag.split("-")
    script = region = ""
    for subtag in rest:
        if len(subtag) == 1:  # an extension or private use begins here
            break
        if len(subtag) == 4 and subtag.isalpha():
            script = script or subtag.title()
        elif (len(subtag) == 2 and subtag.isalpha()) or (len(subtag) == 3 and subtag.isdigit()):
            region = region or subtag.upper()
    return LanguageTag(primary.lower(), script, region)


def shorter_tags(tag: str) -> tuple[str, ...]:
    """Returns `tag` and its prefixes in lower case, the longest first: ("zh-hant-hk", "zh-hant", "zh")."""
    parts = tag.lower().split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def language_tag(value: str) -> str:
    """Returns a locale or tag such as "en_US.UTF-8" or "pt-br" as a BCP 47 tag, or "" if it names no language."""
    tag = value.strip().replace("_", "-").partition(".")[0]
    primary = parse_tag(tag).primary
    return tag if LANGUAGE.fullmatch(tag) and len(primary) in (2, 3) and primary not in _NO_LANGUAGE else ""


@lru_cache(maxsize=256)
def is_rtl(tag: str) -> bool:
    """Returns whether text in a BCP 47 tag's language runs right to left. A script subtag decides first, then the region."""
    locale = "_".join(_ALIASES.get(subtag, subtag) for subtag in parse_tag(tag) if subtag)
    return bool(_is_right_to_left()(locale.encode("ascii")))


@cache
def _is_right_to_left() -> Callable[[bytes], int]:
    return icu_function("uloc_isRightToLeft", c_int8, [c_char_p])
