"""Trims full-width punctuation where it is half empty: between two marks, and at the start and end of a line.

Follows CSS Text 4 (`text-spacing-trim`), which states what clreq and jlreq ask for. Whether a mark is empty on the left, on the
right or on neither side is read from its glyph, because that differs between languages: "：" is centred in Japanese.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from storycard.text.fonts.font import InkBounds
from storycard.text.shaping.harfbuzz import ShapedGlyphs

_SCRIPTS = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})
_OPENING = frozenset("（〔［｛〈《「『【〖〘〚｟〝“‘")
_CLOSING = frozenset("）〕］｝〉》」』】〗〙〛｠〟”’、。，．：；")
_SPACE = "\u3000"  # half an em is enough between two clauses; a whole one looks like a hole
_MARKS = _OPENING | _CLOSING | {_SPACE}
_ALWAYS_WIDE = _MARKS - frozenset("“”‘’")
_MIDDLE = frozenset(f"・·‧{_SPACE}")
_BEFORE_OPENING = _OPENING | _CLOSING | _MIDDLE
_AFTER_CLOSING = _CLOSING | _MIDDLE
_FULL = 0.9  # em; a narrower glyph is proportional, or trimmed already
_EMPTY = 0.45  # of the advance: a mark whose ink leaves this much of one side free has an empty half


class EmptyHalves(NamedTuple):
    """The em that may be taken off the left and off the right of a glyph."""

    left: float
    right: float


_NONE = EmptyHalves(0.0, 0.0)


def may_trim(text: str, script: str) -> bool:
    """Returns whether a run of `script` (ISO 15924) may have full-width marks; quotation marks have that width in no other."""
    return not (_MARKS if script in _SCRIPTS else _ALWAYS_WIDE).isdisjoint(text)


def trim_between_marks(text: str, shaped: ShapedGlyphs, bounds: Sequence[InkBounds]) -> ShapedGlyphs:
    """Returns the glyphs, with ink `bounds` of their own, without the empty halves between two marks of `text`."""
    lefts, rights = [], []
    for cluster, advance, ink in zip(shaped.clusters, shaped.advances, bounds, strict=True):
        left, right = empty_halves(text[cluster], advance, ink.left, ink.right)
        lefts.append(left if cluster and text[cluster - 1] in _BEFORE_OPENING else 0.0)
        rights.append(right if text[cluster] == _SPACE or text[cluster + 1 : cluster + 2] in _AFTER_CLOSING else 0.0)
    trimmed = [left + right for left, right in zip(lefts, rights, strict=True)]
    before = accumulate(trimmed, initial=0.0)
    return shaped._replace(
        xs=tuple([x - moved - left for x, moved, left in zip(shaped.xs, before, lefts, strict=False)]),
        advances=tuple([advance - less for advance, less in zip(shaped.advances, trimmed, strict=True)]),
    )


def empty_halves(character: str, advance: float, left: float, right: float) -> EmptyHalves:
    """Returns the empty halves of a character's glyph, whose ink is from `left` to `right` em of its advance."""
    if character not in _MARKS or advance < _FULL:
        return _NONE
    if character in _OPENING:
        return EmptyHalves(advance / 2, 0.0) if left >= _EMPTY * advance else _NONE
    return EmptyHalves(0.0, advance / 2) if right <= (1 - _EMPTY) * advance else _NONE
