"""Names the kinds of card: headline, bullet, quote, and the slides of a carousel."""

import re

KINDS = ("headline", "bullet", "quote")  # the kinds of a card set, unless others are requested
CAROUSEL = "carousel"  # all slides of an article, whose kinds are carousel-1 to carousel-12
MAX_SLIDES = 12
_SLIDE = re.compile(r"carousel-([1-9]|1[0-2])")


def is_kind(name: str) -> bool:
    """Returns whether `name` is the kind of one card: one of KINDS, or one slide of a carousel."""
    return name in KINDS or _SLIDE.fullmatch(name) is not None


def slide_number(kind: str) -> int | None:
    """Returns the number of a carousel's slide, from 1; None for any other kind."""
    slide = _SLIDE.fullmatch(kind)
    return int(slide[1]) if slide else None
