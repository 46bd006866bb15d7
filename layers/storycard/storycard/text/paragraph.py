"""Text and its style into a measured Paragraph: how wide any stretch of it is, at any size, without shaping again."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from typing import NamedTuple

from storycard.text.bidi.levels import embedding_levels
from storycard.text.bidi.reordering import visual_runs
from storycard.text.breaking.opportunities import Break, breaks
from storycard.text.fonts.font import NO_INK, Font, Ink
from storycard.text.fonts.library import FontLibrary
from storycard.text.shaping.itemising import FontRun, font_runs
from storycard.text.shaping.shaped_run import PlacedRun, ShapedRun, shaped_run
from storycard.text.style import TextStyle

_OVERSHOOT = 0.25  # em; an accent on a capital may stand this far into the space above a text


class Line(NamedTuple):
    """One set line: the text drawn, its glyphs in visual order, its advance width in em, and what all of them cover."""

    text: str
    runs: tuple[PlacedRun, ...]
    width: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text shaped once in em, in `stretches` of one font and direction; `levels` are its embedding levels (UAX #9).

    `advances[i]` is the width in em of everything before code point i, with tracking and added word space. `ascent` and
    `descent` are what a line needs above and below its baseline: the capitals' height and the descenders' depth, more where
    marks are stacked; `leading` is the style's, as much greater as the font of most letters asks.
    """

    text: str
    language: str
    rtl: bool
    style: TextStyle
    font: Font
    fonts: FontLibrary
    runs: tuple[FontRun, ...]
    shaped_runs: tuple[ShapedRun, ...]
    levels: tuple[int, ...]
    advances: tuple[float, ...]
    ascent: float
    descent: float
    leading: float
    breaks: tuple[Break, ...]
    _lines: dict[tuple[int, int, str], Line] = field(default_factory=dict, init=False, repr=False, compare=False)

    def width(self, start: int, end: int) -> float:
        """The width in em of `text[start:end]`, without the tracking after its last letter."""
        return self.advances[end] - self.advances[start] - (self.style.tracking if end > start else 0)

    @property
    def missing_glyphs(self) -> int:
        """Grapheme clusters that no font in the library can draw."""
        return sum(run.missing for run in self.runs)


@lru_cache(maxsize=64)  # a set of cards says the same words in many sizes
def measure(text: str, language: str, rtl: bool, style: TextStyle, fonts: FontLibrary) -> Paragraph:
    """Shape `text` once and remember where it may break. `text` must hold no line breaks."""
    runs = font_runs(text, language, style.font, fonts)
    levels = embedding_levels(text, rtl)
    font = fonts.match(style.font)
    shaped_runs = _stretches(text, runs, levels, language, style)
    widths = [0.0] * len(text)
    for shaped in shaped_runs:
        for cluster, advance in zip(shaped.glyphs.clusters, shaped.glyphs.advances, strict=True):
            widths[cluster] += advance
    highest = max((max(shaped.glyphs.above, default=-inf) for shaped in shaped_runs), default=-inf)
    lowest = max((max(shaped.glyphs.below, default=-inf) for shaped in shaped_runs), default=-inf)
    advances = tuple(itertools.accumulate(widths, initial=0.0))
    return Paragraph(
        text=text,
        language=language,
        rtl=rtl,
        style=style,
        font=font,
        fonts=fonts,
        runs=runs,
        shaped_runs=shaped_runs,
        levels=levels,
        advances=advances,
        ascent=max(font.cap_height, highest - _OVERSHOOT),
        descent=max(font.descender, lowest),
        leading=style.leading * _main_font(runs, advances, font).leading,
        breaks=breaks(text, language),
    )


def set_line(paragraph: Paragraph, start: int, end: int, suffix: str = "") -> Line:
    """One line as it is drawn: `text[start:end]` and its hyphen or ellipsis, in visual order."""
    key = start, end, suffix
    if key not in paragraph._lines:  # a text is set anew where it is moved, or its lines stand further apart
        paragraph._lines[key] = _set_line(paragraph, start, end, suffix)
    return paragraph._lines[key]


def _set_line(paragraph: Paragraph, start: int, end: int, suffix: str) -> Line:
    whole, levels, shaped_runs = paragraph.text, paragraph.levels, paragraph.shaped_runs
    if suffix:
        whole = whole[:end] + suffix
        levels = embedding_levels(whole, paragraph.rtl)
        tail = font_runs(suffix, paragraph.language, paragraph.style.font, paragraph.fonts)
        runs = [run._replace(start=end + run.start, end=end + run.end) for run in tail]
        shaped_runs = (
            *(before for before in shaped_runs if before.start < end),
            *_stretches(whole, runs, levels, paragraph.language, paragraph.style),
        )
    placed: list[PlacedRun] = []
    pen = 0.0
    for direction in visual_runs(whole, levels, paragraph.rtl, start, end + len(suffix)):
        inside = [shaped for shaped in shaped_runs if shaped.end > direction.start and shaped.start < direction.end]
        for shaped in reversed(inside) if direction.rtl else inside:
            first, last = max(shaped.start, direction.start), min(shaped.end, direction.end)
            if shaped.start < end:
                last = min(last, end)  # a suffix takes the place of what follows
            if first >= last:
                continue
            run = shaped.part(first, last, pen) if shaped.rtl == direction.rtl else None
            if run is None:
                alone = shaped_run(
                    whole, shaped.run, first, last, rtl=direction.rtl, language=paragraph.language, style=paragraph.style
                )
                run = alone.part(first, last, pen)
            placed.append(run)
            pen += run.width
    trailing = placed[-1].trailing if placed else 0.0
    return Line(whole[start : end + len(suffix)], tuple(placed), pen - trailing, _around(placed))


def _stretches(
    text: str, runs: Iterable[FontRun], levels: Sequence[int], language: str, style: TextStyle
) -> tuple[ShapedRun, ...]:
    return tuple(
        shaped_run(text, run, start, end, rtl=leftwards, language=language, style=style)
        for run in runs
        for start, end, leftwards in _one_way(levels, run.start, run.end)
    )


def _around(runs: Sequence[PlacedRun]) -> Ink:
    """What all glyphs of a line cover together."""
    inks = [
        (run.x + min(glyphs.lefts), run.x + max(glyphs.rights), max(glyphs.above), max(glyphs.below))
        for run in runs
        if (glyphs := run.glyphs).ids
    ]
    if not inks:
        return NO_INK
    lefts, rights, above, below = zip(*inks, strict=True)
    return Ink(min(lefts), max(rights), max(above), max(below))


def _main_font(runs: Sequence[FontRun], advances: Sequence[float], own: Font) -> Font:
    """The font that takes most of a text's width, the style's own when there is none."""
    if len(runs) == 1:
        return runs[0].font
    taken: Counter[Font] = Counter()
    for run in runs:
        taken[run.font] += advances[run.end] - advances[run.start]
    return max(taken, key=taken.__getitem__, default=own)


def _one_way(levels: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it runs leftwards of each stretch of `levels` that is of one level."""
    if not any(levels):
        yield start, end, False
        return
    for level, members in itertools.groupby(range(start, end), key=levels.__getitem__):
        after = start + len(list(members))
        yield start, after, level % 2 == 1
        start = after
