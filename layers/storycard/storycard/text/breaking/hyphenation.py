"""A word into the places where its language divides it, by the patterns that LibreOffice uses (pyphen)."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen


def hyphen_points(word: str, language: str) -> tuple[int, ...]:
    """The offsets in `word` where a hyphen may stand; none for a language without patterns."""
    patterns = _patterns(language)
    return tuple(patterns.positions(word)) if patterns else ()


@lru_cache(maxsize=8)
def _patterns(language: str) -> "Pyphen | None":
    import pyphen  # reads a dictionary from disk: only for the rare word that is wider than its card

    name = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=name) if name else None
