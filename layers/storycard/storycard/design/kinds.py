"""Names the kinds of card: headline, bullet, quote, and the numbered ones: questions, and the slides of a carousel."""

import re

KINDS = ("headline", "bullet", "quote")  # the kinds of a card set, unless others are requested
QUESTION = "question"  # all questions of an article, whose kinds are question-1 to question-12
CAROUSEL = "carousel"  # all slides of an article, whose kinds are carousel-1 to carousel-12
SERIES = (QUESTION, CAROUSEL)
EXAMPLES = (*KINDS, *(f"{series}-1" for series in SERIES))  # one kind of each sort, for messages
MAX_SLIDES = MAX_QUESTIONS = 12
_NUMBERED = re.compile(rf"({'|'.join(SERIES)})-([1-9]|1[0-2])")


def is_kind(name: str) -> bool:
    """Returns whether `name` is the kind of one card: one of KINDS, one question, or one slide of a carousel."""
    return name in KINDS or _NUMBERED.fullmatch(name) is not None


def series_of(kind: str) -> str:
    """Returns the series of a numbered kind, such as "carousel" for "carousel-3", and any other kind unchanged."""
    numbered = _NUMBERED.fullmatch(kind)
    return numbered[1] if numbered else kind


def may_show_photo(kind: str) -> bool:
    """Returns whether cards of a kind have a place for the article's photograph, in some theme and format."""
    return kind in ("headline", f"{CAROUSEL}-1")


def number_in(series: str, kind: str) -> int | None:
    """Returns the number that a kind has in its series, from 1; None for a kind that is not of this series."""
    numbered = _NUMBERED.fullmatch(kind)
    return int(numbered[2]) if numbered and numbered[1] == series else None
