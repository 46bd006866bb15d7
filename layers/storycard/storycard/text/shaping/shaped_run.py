"""A stretch of text in one font and one direction into placed glyphs, once, and any part of it without shaping it again."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add, neg, sub
from typing import NamedTuple

import uharfbuzz as hb

from storycard.text.fonts.font import Font
from storycard.text.shaping.harfbuzz import Shaped, parts_before, shape
from storycard.text.shaping.itemising import FontRun
from storycard.text.style import TextStyle

_TRACKED = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor", ""})  # other scripts join their letters, or space them evenly
_WORD_SPACES = " \u00a0"


class Glyphs(NamedTuple):
    """Glyphs in visual order, column by column, in em from one point on their baseline: `xs` and `ys` are their origins.

    What each covers goes from `lefts` to `rights` and from `above` the baseline to `below` it, as with NO_INK for spaces and
    invisible controls. `advances` have in them what style and font add; a glyph's cluster starts at its code point in `clusters`.
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

    def part(self, first: int, last: int) -> "Glyphs":
        return Glyphs(*[column[first:last] for column in self])


class PlacedRun(NamedTuple):
    """Glyphs of one font, `x` em to the right of the line's start.

    `width` is their advance in em, of which `trailing` is space that the last one has after it.
    """

    font: Font
    glyphs: Glyphs
    x: float
    width: float
    trailing: float


@dataclass(frozen=True, slots=True)
class ShapedRun:
    """Code points `start` to `end` as they are shaped together.

    `added` is the tracking and word space after each glyph, and `pens` the em before each and after the last.
    """

    start: int
    end: int
    rtl: bool
    run: FontRun
    glyphs: Glyphs
    added: tuple[float, ...]
    pens: tuple[float, ...]
    _infos: Sequence[hb.GlyphInfo]

    def part(self, first: int, last: int, x: float) -> PlacedRun | None:
        """The glyphs of the code points `first` to `last`, from `x` em on; None where those alone would have others."""
        edges = self._edge(first), self._edge(last)
        if None in edges:
            return None
        left, right = sorted(edges)
        pen = self.pens[left]
        width = self.pens[right] - pen
        trailing = self.added[right - 1] if left < right else 0.0
        return PlacedRun(self.run.font, self.glyphs.part(left, right), x - pen, width, trailing)

    def _edge(self, offset: int) -> int | None:
        """How many glyphs stand to the left of a cut at code point `offset`; None where it would change any."""
        clusters = self.glyphs.clusters
        if not self.start < offset < self.end:
            return len(clusters) if (offset <= self.start) == self.rtl else 0
        if self.rtl:
            edge = bisect_right(clusters, -offset, key=neg)
            after = edge - 1
        else:
            edge = after = bisect_left(clusters, offset)
        is_clean = 0 <= after < len(clusters) and clusters[after] == offset and parts_before(self._infos[after])
        return edge if is_clean else None


def shaped_run(text: str, run: FontRun, start: int, end: int, *, rtl: bool, language: str, style: TextStyle) -> ShapedRun:
    """`text[start:end]`, which lies in `run`, shaped by itself."""
    shaped = shape(text, start, end, font=run.font, script=run.script, rtl=rtl, language=language)
    ids, xs, ys, advances, clusters, infos = shaped
    added = _added(style, run, shaped, text)
    if any(added):
        xs = tuple(map(add, xs, accumulate(added, initial=0.0)))
        advances = tuple(map(add, advances, added))
    lefts, rights, above, below = zip(*run.font.inks(ids), strict=True) if ids else ((), (), (), ())
    lefts, rights = tuple(map(add, xs, lefts)), tuple(map(add, xs, rights))
    if any(ys):
        above, below = tuple(map(add, ys, above)), tuple(map(sub, below, ys))
    glyphs = Glyphs(ids, xs, ys, advances, clusters, lefts, rights, above, below)
    return ShapedRun(start, end, rtl, run, glyphs, added, tuple(accumulate(advances, initial=0.0)), infos)


def _added(style: TextStyle, run: FontRun, shaped: Shaped, text: str) -> tuple[float, ...]:
    """What style and font add to each glyph's advance, in em: tracking after each, and more or less where words part."""
    is_tracked = run.script in _TRACKED
    tracking = style.tracking if is_tracked else 0.0
    word_space = run.font.word_space + (style.word_space if is_tracked else 0.0)
    if not tracking and not word_space:
        return (0.0,) * len(shaped.ids)
    between = tracking + word_space
    return tuple(
        [
            (between if text[cluster] in _WORD_SPACES else tracking) if advance else 0.0
            for cluster, advance in zip(shaped.clusters, shaped.advances, strict=True)
        ]
    )
