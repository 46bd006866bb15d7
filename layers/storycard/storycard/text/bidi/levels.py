"""Computes the embedding level of each character of a paragraph (UAX #9, Unicode 17.0).

Comments and docstrings name the rules as UAX #9 does. Rules W1 to I2 are in resolution.py, L1 and L2 in reordering.py. P1 does
not apply: the text is one paragraph. HarfBuzz does L3 and L4, combining marks and mirrored glyphs.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from storycard.text import icu
from storycard.text.bidi.resolution import ISOLATE_INITIATORS, IsolatingRunSequence, resolve_levels

_MAX_DEPTH = 125  # BD2
# Per formatting character: the parity of the level that it opens, and the class that it overrides its content with, if any.
_EMBEDDINGS = {"LRE": (0, ""), "RLE": (1, ""), "LRO": (0, "L"), "RLO": (1, "R")}
REMOVED_BY_X9 = frozenset({*_EMBEDDINGS, "PDF", "BN"})
# The blocks of right-to-left scripts, and the bidi controls. A text without any of them is left to right throughout.
_MAY_REORDER = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff\u200f\u202a-\u202e\u2066-\u2069]"
)


class _Status(NamedTuple):
    """An entry of the directional status stack (X1); `override` is "" for none."""

    level: int
    override: str
    isolate: bool


def may_reorder(text: str, rtl: bool) -> bool:
    """Returns whether any character of a paragraph may have another level than 0; `rtl` is the direction of the paragraph."""
    return rtl or (not text.isascii() and _MAY_REORDER.search(text) is not None)


def embedding_levels(text: str, rtl: bool) -> tuple[int, ...]:
    """Returns the resolved level of each code point of a paragraph (X1 to I2); odd levels are right to left.

    `rtl` is the direction of the paragraph. A character that X9 removes gets the level of the one before it, so that it splits
    no run.
    """
    base = int(rtl)
    if not may_reorder(text, rtl):
        return (0,) * len(text)
    classes = [icu.bidi_class(character) for character in text]
    levels, overridden = _explicit_levels(classes, base)
    for sequence in tuple(_isolating_run_sequences(text, classes, overridden, levels, base)):
        for index, level in zip(sequence.indices, resolve_levels(sequence), strict=True):
            levels[index] = level
    for index, bidi_class in enumerate(classes):
        if bidi_class in REMOVED_BY_X9:
            levels[index] = levels[index - 1] if index else base
    return tuple(levels)


def _explicit_levels(classes: Sequence[str], base: int) -> tuple[list[int], list[str]]:
    """Returns the explicit level and the class of each character after embeddings, overrides and isolates (X1 to X8)."""
    levels, overridden = [base] * len(classes), list(classes)
    ends = _isolate_ends(classes)
    stack = [_Status(base, "", False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    for index, bidi_class in enumerate(classes):
        if bidi_class == "PDI":
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack.pop().isolate:
                    pass
                valid_isolates -= 1
        elif bidi_class == "PDF" and not overflow_isolates:
            if overflow_embeddings:
                overflow_embeddings -= 1
            elif len(stack) > 1 and not stack[-1].isolate:
                stack.pop()
        levels[index] = stack[-1].level
        if bidi_class not in REMOVED_BY_X9 and stack[-1].override:
            overridden[index] = stack[-1].override
        if bidi_class not in _EMBEDDINGS and bidi_class not in ISOLATE_INITIATORS:
            continue
        isolate = bidi_class in ISOLATE_INITIATORS
        if bidi_class == "FSI":
            parity, override = _first_strong(classes, index + 1, ends.get(index, len(classes))), ""
        else:
            parity, override = _EMBEDDINGS.get(bidi_class, (int(bidi_class == "RLI"), ""))
        level = stack[-1].level + (1 if (stack[-1].level + 1) % 2 == parity else 2)
        if level <= _MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
            stack.append(_Status(level, override, isolate))
            valid_isolates += isolate
        elif isolate:
            overflow_isolates += 1
        elif not overflow_isolates:
            overflow_embeddings += 1
    return levels, overridden


def _isolate_ends(classes: Sequence[str]) -> dict[int, int]:
    """Maps each isolate initiator to its matching PDI; one without a match is left out (BD9)."""
    ends: dict[int, int] = {}
    open_isolates: list[int] = []
    for index, bidi_class in enumerate(classes):
        if bidi_class in ISOLATE_INITIATORS:
            open_isolates.append(index)
        elif bidi_class == "PDI" and open_isolates:
            ends[open_isolates.pop()] = index
    return ends


def _first_strong(classes: Sequence[str], start: int, end: int) -> int:
    """Returns the paragraph level that the first strong character outside an isolate gives, 0 without one (P2, P3)."""
    depth = 0
    for bidi_class in classes[start:end]:
        depth += (bidi_class in ISOLATE_INITIATORS) - (bidi_class == "PDI")
        if not depth and bidi_class in ("L", "R", "AL"):
            return int(bidi_class != "L")
    return 0


def _isolating_run_sequences(
    text: str, classes: Sequence[str], overridden: Sequence[str], levels: Sequence[int], base: int
) -> Iterator[IsolatingRunSequence]:
    """Joins level runs across isolates (BD13), without the characters that X9 removes, and finds their sos and eos (X10)."""
    kept = [index for index, bidi_class in enumerate(classes) if bidi_class not in REMOVED_BY_X9]
    ends = _isolate_ends(classes)
    around = [base, *(levels[index] for index in kept), base]
    before, after = dict(zip(kept, around, strict=False)), dict(zip(kept, around[2:], strict=True))
    unfinished: dict[int, list[int]] = {}  # keyed by the PDI that continues the sequence
    for level, members in groupby(kept, key=levels.__getitem__):
        run = list(members)
        indices = [*unfinished.pop(run[0], ()), *run]
        last = run[-1]
        if last in ends:
            unfinished[ends[last]] = indices
            continue
        following = base if classes[last] in ISOLATE_INITIATORS else after[last]
        yield IsolatingRunSequence(
            tuple(indices),
            "".join(text[index] for index in indices),
            tuple(overridden[index] for index in indices),
            level,
            max(level, before[indices[0]]),
            max(level, following),
        )
