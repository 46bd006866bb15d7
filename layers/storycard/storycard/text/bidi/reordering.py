"""Splits a line into runs of one direction, in visual order (UAX #9, rules L1 and L2)."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from storycard.text import icu
from storycard.text.bidi.levels import REMOVED_BY_X9
from storycard.text.bidi.resolution import ISOLATE_INITIATORS

_WHITESPACE = frozenset({"WS", *ISOLATE_INITIATORS, "PDI", *REMOVED_BY_X9})  # L1 resets these at the end of a line


class BidiRun(NamedTuple):
    """Code points `start` to `end` of a line, which all have one embedding level."""

    start: int
    end: int
    level: int

    @property
    def rtl(self) -> bool:
        """Whether the run is read right to left."""
        return self.level % 2 == 1


def visual_runs(text: str, levels: Sequence[int], rtl: bool, start: int, end: int) -> tuple[BidiRun, ...]:
    """Returns the runs of the line `text[start:end]` from left to right; `text` and `levels` are the whole paragraph's."""
    if not any(levels[start:end]):
        return (BidiRun(start, end, 0),) if start < end else ()
    line = _reset_whitespace(text, levels, int(rtl), start, end)
    runs: list[BidiRun] = []
    offset = start
    for level, characters in groupby(line):
        runs.append(BidiRun(offset, offset + len(list(characters)), level))
        offset = runs[-1].end
    for level in range(max(line), 0, -1):
        runs = _reverse_runs(runs, level)
    return tuple(runs)


def _reset_whitespace(text: str, levels: Sequence[int], base: int, start: int, end: int) -> list[int]:
    """Gives separators, and whitespace before them or at the end of the line, the level of the paragraph (L1)."""
    line = list(levels[start:end])
    resets = True
    for index in range(len(line) - 1, -1, -1):
        bidi_class = icu.bidi_class(text[start + index])
        resets = bidi_class in ("B", "S") or (resets and bidi_class in _WHITESPACE)
        if resets:
            line[index] = base
    return line


def _reverse_runs(runs: Sequence[BidiRun], level: int) -> list[BidiRun]:
    """Reverses each sequence of runs at `level` or higher (one pass of L2)."""
    reordered: list[BidiRun] = []
    for is_reversed, group in groupby(runs, key=lambda run: run.level >= level):
        members = list(group)
        reordered += reversed(members) if is_reversed else members
    return reordered
