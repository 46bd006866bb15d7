"""Finds and removes the text of an article that a reader without an account may not see.

None of it may appear on a card, because cards are public.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from storycard.language.reading_words import ReadingWords

# Values of ANS's `content_restrictions.content_code` that leave a story open. The schema lists none: each newsroom has its own
# codes, so any other code counts as closed.
_OPEN_CODES = frozenset({"", "0", "free", "none", "open", "public", "unrestricted"})
_MAX_TERMS = 5_000  # characters
_CLOSED_SIGNALS = re.compile(r"(?:^|.*[:/#])(?:paid|plus|locked|closed|subscribers?|subscription|members?)", re.IGNORECASE)
# The bounds keep a search linear in texts made of nothing but beginnings.
_DIVIDER = re.compile(r"<!--\s{0,9}(?:members-only\s{0,9}-->|wp:jetpack/paywall\b)")
_BLOCK_START = re.compile(
    r"<!--\s{0,9}(?:kg-gated-block:begin\b(?P<gate>[^\n>]{0,300}?)-->|wp:premium-content/subscriber-view\b)"
)
_BLOCK_END = re.compile(r"<!--\s{0,9}(?:kg-gated-block:end|/wp:premium-content/subscriber-view)\s{0,9}-->")
_OPEN_GATE = re.compile(r"\bnonMember:[\"']?true\b")


def is_closed_code(code: str) -> bool:
    """Returns whether an access code or level, such as "premium" or "metered", closes an article. "" and "free" do not."""
    return code.strip().lower() not in _OPEN_CODES


def closes_text(signals: Iterable[str], usage_terms: str, words: ReadingWords) -> bool:
    """Returns whether a signal ("premium", "sig:paid") or a sentence ("For subscribers only.") closes an article's text."""
    closed_terms = _closed_terms(words)
    terms = [usage_terms[:_MAX_TERMS], *(signal[:_MAX_TERMS] for signal in signals)]
    return any(closed_terms.search(term) for term in terms) or any(_CLOSED_SIGNALS.fullmatch(term) for term in terms[1:])


@lru_cache(maxsize=4)
def _closed_terms(words: ReadingWords) -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase).replace(r"\ ", "[ -]") for phrase in words.subscribers_only)
    return re.compile(rf"\b(?:{phrases or '(?!)'})", re.IGNORECASE)


def text_before_divider(markup: str) -> str | None:
    """Returns the HTML before the divider at which the public preview ends; None if there is no divider.

    Ghost writes `<!--members-only-->`, Jetpack `<!-- wp:jetpack/paywall -->`.
    """
    divider = _DIVIDER.search(markup)
    return markup[: divider.start()] if divider else None


def without_closed_blocks(markup: str) -> str:
    """Returns the HTML without blocks that only members see. A block without an end reaches to the end of the text.

    Ghost encloses them in `<!--kg-gated-block:begin nonMember:false ...-->` and `:end`, Jetpack in a `subscriber-view` block.
    """
    open_parts, position = [], 0
    while start := _BLOCK_START.search(markup, position):
        open_parts.append(markup[position : start.start()])
        position = start.end()
        if not _OPEN_GATE.search(start["gate"] or ""):
            end = _BLOCK_END.search(markup, position)
            position = end.end() if end else len(markup)
    return "".join([*open_parts, markup[position:]])
