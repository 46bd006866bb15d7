"""A paragraph into the embedding level of each character, and a line of it into runs in the order they are drawn.

The rules carry their names in UAX #9 (Unicode 17.0); W1 to I2 are in bidi_sequence.py. P1 does not come up: text here is one
paragraph. L3 and L4, marks and mirrored glyphs, are HarfBuzz's.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from storycard.text import icu
from storycard.text.bidi.resolution import INITIATORS, IsolatingRunSequence, resolved_levels

_MAX_DEPTH = 125  # BD2
# Each opens an embedding: its direction as a level's lowest bit, and what it makes of all characters in it.
_EMBEDDINGS = {"LRE": (0, ""), "RLE": (1, ""), "LRO": (0, "L"), "RLO": (1, "R")}
_REMOVED = frozenset({*_EMBEDDINGS, "PDF", "BN"})  # by X9
_RESET_AT_LINE_END = frozenset({"WS", *INITIATORS, "PDI"})  # L1
# The blocks of right-to-left scripts, and the controls that turn a text: without any of them all of it runs left to right.
_MAY_TURN = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff\u200f\u202a-\u202e\u2066-\u2069]"
)


class BidiRun(NamedTuple):
    """Code points `start` to `end` of a line, all of one level."""

    start: int
    end: int
    level: int

    @property
    def rtl(self) -> bool:
        """Whether the run is drawn leftwards."""
        return self.level % 2 == 1


class _Status(NamedTuple):
    """An entry of the directional status stack (BD, X1): `override` is '' for none."""

    level: int
    override: str
    isolate: bool


def embedding_levels(text: str, rtl: bool) -> tuple[int, ...]:
    """The level of each code point of a paragraph whose direction is `rtl`, odd for leftwards, as X1 to I2 resolve it.

    A character that X9 removes has the level of the one before it, so that it divides nothing.
    """
    base = int(rtl)
    if not rtl and not _MAY_TURN.search(text):
        return (0,) * len(text)
    classes = [icu.bidi_class(character) for character in text]
    levels, overridden = _explicit(classes, base)
    for sequence in tuple(_isolating_run_sequences(text, classes, overridden, levels, base)):
        for index, level in zip(sequence.indices, resolved_levels(sequence), strict=True):
            levels[index] = level
    for index, kind in enumerate(classes):
        if kind in _REMOVED:
            levels[index] = levels[index - 1] if index else base
    return tuple(levels)


def visual_runs(text: str, levels: Sequence[int], rtl: bool, start: int, end: int) -> tuple[BidiRun, ...]:
    """The runs of the line `text[start:end]` in visual order, left to right; `levels` are the whole paragraph's (L1, L2)."""
    base = int(rtl)
    if not any(levels[start:end]):
        return (BidiRun(start, end, 0),) if start < end else ()
    line = list(levels[start:end])
    trailing = True  # what ends the line, or comes before a tab, has the paragraph's level
    for index in range(len(line) - 1, -1, -1):
        kind = icu.bidi_class(text[start + index])
        trailing = kind in ("B", "S") or (trailing and (kind in _RESET_AT_LINE_END or kind in _REMOVED))
        if trailing:
            line[index] = base
    runs: list[BidiRun] = []
    at = start
    for level, characters in groupby(line):
        runs.append(BidiRun(at, at + len(list(characters)), level))
        at = runs[-1].end
    for least in range(max(line), 0, -1):
        turned: list[BidiRun] = []
        for is_turned, group in groupby(runs, key=lambda run, least=least: run.level >= least):
            members = list(group)
            turned += reversed(members) if is_turned else members
        runs = turned
    return tuple(runs)


def _explicit(classes: Sequence[str], base: int) -> tuple[list[int], list[str]]:
    """The levels that embeddings, overrides and isolates give, and the classes that overrides leave (X1 to X8)."""
    levels, overridden = [base] * len(classes), list(classes)
    ends = _isolate_ends(classes)
    stack = [_Status(base, "", False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    for index, kind in enumerate(classes):
        if kind == "PDI":
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack.pop().isolate:
                    pass
                valid_isolates -= 1
        elif kind == "PDF" and not overflow_isolates:
            if overflow_embeddings:
                overflow_embeddings -= 1
            elif len(stack) > 1 and not stack[-1].isolate:
                stack.pop()
        levels[index] = stack[-1].level
        if kind not in _REMOVED and stack[-1].override:
            overridden[index] = stack[-1].override
        if kind not in _EMBEDDINGS and kind not in INITIATORS:
            continue
        isolate = kind in INITIATORS
        if kind == "FSI":
            parity, override = _first_strong(classes, index + 1, ends.get(index, len(classes))), ""
        else:
            parity, override = _EMBEDDINGS.get(kind, (int(kind == "RLI"), ""))
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
    """By each isolate initiator the PDI that matches it, when one does (BD9)."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for index, kind in enumerate(classes):
        if kind in INITIATORS:
            opened.append(index)
        elif kind == "PDI" and opened:
            ends[opened.pop()] = index
    return ends


def _first_strong(classes: Sequence[str], start: int, end: int) -> int:
    """The level of a text by its first letter outside an isolate, 0 when it has none (P2, P3)."""
    depth = 0
    for kind in classes[start:end]:
        depth += (kind in INITIATORS) - (kind == "PDI")
        if not depth and kind in ("L", "R", "AL"):
            return int(kind != "L")
    return 0


def _isolating_run_sequences(
    text: str, classes: Sequence[str], overridden: Sequence[str], levels: Sequence[int], base: int
) -> Iterator[IsolatingRunSequence]:
    """The level runs, those on either side of an isolate joined (BD13), without what X9 removes; and what is round each (X10)."""
    kept = [index for index, kind in enumerate(classes) if kind not in _REMOVED]
    ends = _isolate_ends(classes)
    around = [base, *(levels[index] for index in kept), base]
    before, after = dict(zip(kept, around, strict=False)), dict(zip(kept, around[2:], strict=True))
    unfinished: dict[int, list[int]] = {}  # by the PDI that goes on with them
    for level, members in groupby(kept, key=levels.__getitem__):
        run = list(members)
        indices = [*unfinished.pop(run[0], ()), *run]
        last = run[-1]
        if last in ends:
            unfinished[ends[last]] = indices
            continue
        following = base if classes[last] in INITIATORS else after[last]
        yield IsolatingRunSequence(
            tuple(indices),
            "".join(text[index] for index in indices),
            tuple(overridden[index] for index in indices),
            level,
            max(level, before[indices[0]]),
            max(level, following),
        )
