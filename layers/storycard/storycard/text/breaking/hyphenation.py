"""Finds hyphenation points with LibreOffice's patterns (pyphen)."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen


def hyphen_points(word: str, language: str) -> tuple[int, ...]:
    """Returns the offsets at which a hyphen may divide `word`; none for a language without patterns."""
    patterns = _patterns(language)
    return tuple(patterns.positions(word)) if patterns else ()


@lru_cache(maxsize=8)
def _patterns(language: str) -> "Pyphen | None":
    import pyphen  # imported lazily: it reads dictionaries, which only the rare word wider than its card needs

    name = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=name) if name else None
