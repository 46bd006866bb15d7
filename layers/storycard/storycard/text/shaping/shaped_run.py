"""Shapes runs of text once, and returns parts of a run without shaping again."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add, neg, sub
from typing import NamedTuple

import uharfbuzz as hb

from storycard.text.fonts.font import Font
from storycard.text.shaping.full_width import EmptyHalves, empty_halves, may_trim, trim_between_marks
from storycard.text.shaping.harfbuzz import ShapedGlyphs, is_safe_to_break_before, shape
from storycard.text.shaping.itemising import FontRun
from storycard.text.shaping.mark_clearance import clear_marks, may_touch
from storycard.text.style import TextStyle

_TRACKED_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor", ""})  # others join their letters or space them evenly
_WORD_SPACES = " \u00a0"


class Glyphs(NamedTuple):
    """Glyphs in visual order, as columns, in em from one point on the baseline. `xs` and `ys` are their origins.

    `lefts`, `rights`, `above` and `below` are the ink bounds of each, as in InkBounds. `advances` include tracking and added
    word space. `clusters` holds the code point at which each glyph's cluster starts.
    """

    ids: tuple[int, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    advances: tuple[float, ...]
    clusters: tuple[int, ...]
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    above: tuple[float, ...]
    below: tuple[float, ...]

    def slice(self, first: int, last: int) -> "Glyphs":
        """Returns the glyphs with indices `first` to `last`."""
        return Glyphs._make([column[first:last] for column in self])


class PlacedRun(NamedTuple):
    """Glyphs of one font on a line; `x` is added to their positions, in em from the start of the line.

    `width` is their advance in em, including `trailing_space`: the tracking or word space after the last glyph.
    """

    font: Font
    glyphs: Glyphs
    x: float
    width: float
    trailing_space: float


@dataclass(frozen=True, slots=True)
class ShapedRun:
    """Code points `start` to `end`, shaped together in one font and direction.

    `added_space` is the tracking and word space after each glyph in em. `pen_positions` holds the em before each glyph, and
    after the last.
    """

    start: int
    end: int
    rtl: bool
    run: FontRun
    glyphs: Glyphs
    added_space: tuple[float, ...]
    pen_positions: tuple[float, ...]
    _infos: Sequence[hb.GlyphInfo]

    def edge_trims(self, text: str) -> Iterator[tuple[int, EmptyHalves]]:
        """Yields the code points of the paragraph's `text` that are trimmed where they begin or end a line, and by how much."""
        if not may_trim(text[self.start : self.end], self.run.script):
            return
        glyphs = self.glyphs
        columns = zip(glyphs.clusters, glyphs.advances, glyphs.lefts, glyphs.rights, self.pen_positions, strict=False)
        for cluster, advance, left, right, pen in columns:
            if any(halves := empty_halves(text[cluster], advance, left - pen, right - pen)):
                yield cluster, halves

    def place(self, x: float) -> PlacedRun:
        """Returns all glyphs of the run, starting `x` em from the start of the line."""
        return self._place(0, len(self.glyphs.ids), x)

    def place_part(self, first: int, last: int, x: float) -> PlacedRun | None:
        """Returns the glyphs of code points `first` to `last`, starting at `x` em; None if that text must be shaped by itself."""
        first_cut, last_cut = self._cut_index(first), self._cut_index(last)
        if first_cut is None or last_cut is None:
            return None
        return self._place(min(first_cut, last_cut), max(first_cut, last_cut), x)

    def _place(self, left: int, right: int, x: float) -> PlacedRun:
        pen = self.pen_positions[left]
        width = self.pen_positions[right] - pen
        trailing_space = self.added_space[right - 1] if left < right else 0.0
        return PlacedRun(self.run.font, self.glyphs.slice(left, right), x - pen, width, trailing_space)

    def _cut_index(self, offset: int) -> int | None:
        """Returns the number of glyphs to the left of a cut at code point `offset`; None if the cut would change any glyph."""
        clusters = self.glyphs.clusters
        if not self.start < offset < self.end:
            return len(clusters) if (offset <= self.start) == self.rtl else 0
        if self.rtl:
            cut = bisect_right(clusters, -offset, key=neg)
            following = cut - 1  # in reading order
        else:
            cut = following = bisect_left(clusters, offset)
        starts_cluster = 0 <= following < len(clusters) and clusters[following] == offset
        return cut if starts_cluster and is_safe_to_break_before(self._infos[following]) else None


def shape_run(text: str, run: FontRun, start: int, end: int, *, rtl: bool, language: str, style: TextStyle) -> ShapedRun:
    """Shapes `text[start:end]`, a part of `run`, by itself."""
    shaped = shape(text, start, end, font=run.font, script=run.script, rtl=rtl, language=language)
    if run.script in _TRACKED_SCRIPTS and not rtl and may_touch(text[start:end]):
        shaped = clear_marks(text, shaped, run.font, style.tracking)
    bounds = run.font.ink_bounds(shaped.ids)
    if may_trim(text[start:end], run.script):
        shaped = trim_between_marks(text, shaped, bounds)
    ids, xs, ys, advances, clusters, infos = shaped
    added_space = _added_space(style, run, shaped, text)
    if any(added_space):
        xs = tuple(map(add, xs, accumulate(added_space, initial=0.0)))
        advances = tuple(map(add, advances, added_space))
    lefts, rights, above, below = zip(*bounds, strict=True) if ids else ((), (), (), ())
    lefts, rights = tuple(map(add, xs, lefts)), tuple(map(add, xs, rights))
    if any(ys):
        above, below = tuple(map(add, ys, above)), tuple(map(sub, below, ys))
    glyphs = Glyphs(ids, xs, ys, advances, clusters, lefts, rights, above, below)
    return ShapedRun(start, end, rtl, run, glyphs, added_space, tuple(accumulate(advances, initial=0.0)), infos)


def _added_space(style: TextStyle, run: FontRun, shaped: ShapedGlyphs, text: str) -> tuple[float, ...]:
    """Returns the em that style and font add to each glyph's advance: tracking, and word space for spaces."""
    is_tracked = run.script in _TRACKED_SCRIPTS
    tracking = style.tracking if is_tracked else 0.0
    word_space = run.font.word_space + (style.word_space if is_tracked else 0.0)
    if not tracking and not word_space:
        return (0.0,) * len(shaped.ids)
    after_space = tracking + word_space
    return tuple(
        [
            (after_space if text[cluster] in _WORD_SPACES else tracking) if advance else 0.0
            for cluster, advance in zip(shaped.clusters, shaped.advances, strict=True)
        ]
    )
