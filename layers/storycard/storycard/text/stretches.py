"""A stretch of text in one font and one direction into placed glyphs, once, and any part of it without shaping it again."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import uharfbuzz as hb

from storycard.text.fonts import Font, Ink
from storycard.text.itemising import FontRun
from storycard.text.shaping import Glyph, parts_before, shape
from storycard.text.style import TextStyle

_TRACKED = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor", ""})  # other scripts join their letters, or space them evenly
_WORD_SPACES = " \u00a0"


@dataclass(frozen=True, slots=True)
class PlacedRun:
    """Glyphs of one font in visual order, and what each covers from its origin: nothing for spaces and invisible controls.

    Their x counts from `x` em from the line's start, and `width` is their advance in em, of which `trailing` is space that the
    last one has after it.
    """

    font: Font
    glyphs: tuple[Glyph, ...]
    inks: tuple[Ink | None, ...]
    x: float
    width: float
    trailing: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Code points `start` to `end` as they are shaped together.

    `added` is the tracking and word space after each glyph, which `pens`, the em before each and after the last, count.
    """

    start: int
    end: int
    rtl: bool
    run: FontRun
    glyphs: tuple[Glyph, ...]
    inks: tuple[Ink | None, ...]
    added: tuple[float, ...]
    pens: tuple[float, ...]
    _shaped: Sequence[hb.GlyphInfo]

    def part(self, first: int, last: int, x: float) -> PlacedRun | None:
        """The glyphs of the code points `first` to `last`, from `x` em on; None where those alone would have others."""
        edges = self._edge(first), self._edge(last)
        if None in edges:
            return None
        left, right = sorted(edges)
        pen = self.pens[left]
        width = self.pens[right] - pen
        trailing = self.added[right - 1] if left < right else 0.0
        return PlacedRun(self.run.font, self.glyphs[left:right], self.inks[left:right], x - pen, width, trailing)

    def _edge(self, offset: int) -> int | None:
        """How many glyphs stand to the left of a cut at code point `offset`; None where it would change any."""
        glyphs = self.glyphs
        if not self.start < offset < self.end:
            return len(glyphs) if (offset <= self.start) == self.rtl else 0
        if self.rtl:
            edge = bisect_right(glyphs, -offset, key=lambda glyph: -glyph.cluster)
            after = edge - 1
        else:
            edge = after = bisect_left(glyphs, offset, key=lambda glyph: glyph.cluster)
        is_clean = 0 <= after < len(glyphs) and glyphs[after].cluster == offset and parts_before(self._shaped[after])
        return edge if is_clean else None


def stretch(text: str, run: FontRun, start: int, end: int, *, rtl: bool, language: str, style: TextStyle) -> Stretch:
    """`text[start:end]`, which lies in `run`, shaped by itself."""
    glyphs, infos = shape(text, start, end, font=run.font, script=run.script, rtl=rtl, language=language)
    added = _added(style, run, glyphs, text)
    advances = [glyph.advance for glyph in glyphs]
    if any(added):
        shifts = accumulate(added, initial=0.0)
        glyphs = tuple([Glyph(g.id, g.x + shift, g.y, g.advance, g.cluster) for g, shift in zip(glyphs, shifts, strict=False)])
        advances = [advance + more for advance, more in zip(advances, added, strict=True)]
    inks = tuple([run.font.ink(glyph.id) for glyph in glyphs])
    return Stretch(start, end, rtl, run, glyphs, inks, added, tuple(accumulate(advances, initial=0.0)), infos)


def _added(style: TextStyle, run: FontRun, glyphs: Sequence[Glyph], text: str) -> tuple[float, ...]:
    """What style and font add to each glyph's advance, in em: tracking after each, and more or less where words part."""
    is_tracked = run.script in _TRACKED
    tracking = style.tracking if is_tracked else 0.0
    word_space = run.font.word_space + (style.word_space if is_tracked else 0.0)
    if not tracking and not word_space:
        return (0.0,) * len(glyphs)
    return tuple(
        (tracking + (word_space if text[glyph.cluster] in _WORD_SPACES else 0.0)) if glyph.advance else 0.0 for glyph in glyphs
    )
