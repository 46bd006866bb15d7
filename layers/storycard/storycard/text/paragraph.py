"""Shapes and measures a paragraph once, and sets lines of it at any width and size without shaping again."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from math import inf
from typing import NamedTuple

from storycard.language.word_lists import NO_BREAK_WORDS, BreakWords
from storycard.text.bidi.isolates import paragraph_levels
from storycard.text.bidi.reordering import visual_runs
from storycard.text.breaking.opportunities import Break, find_breaks
from storycard.text.fonts.font import NO_INK, Font, InkBounds
from storycard.text.fonts.library import FontLibrary
from storycard.text.shaping.itemising import FontRun, font_runs
from storycard.text.shaping.shaped_run import PlacedRun, ShapedRun, shape_run
from storycard.text.style import TextStyle

_ACCENT_OVERSHOOT = 0.25  # em; an accent on a capital may extend this far into the space above a text
_HYPHEN_WIDTH = 0.5  # em; wider than any font's hyphen


class Line(NamedTuple):
    """One set line: its text, its runs from left to right, its advance width in em, and the ink bounds of all its glyphs.

    `start_trim` is the empty part of a full-width mark at its start, in em, by which the line is narrower than its glyphs;
    `end_trim` is the one of a mark at its end, which the width includes.
    """

    text: str
    runs: tuple[PlacedRun, ...]
    width: float
    ink: InkBounds
    start_trim: float = 0.0
    end_trim: float = 0.0

    @property
    def visible_width(self) -> float:
        """The width in em without the empty part of a mark at its end."""
        return self.width - self.end_trim


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: `fit` is cached
class Paragraph:
    """A text that was shaped once, in em.

    `advances[i]` is the width in em of everything before code point i, with tracking and added word space. `line_starts` and
    `line_ends` are the same for lines that start or end there, where full-width marks lose their empty halves. `levels` are the
    embedding levels (bidi/isolates.py). `ascent` and `descent` are the em that a line needs above and below its baseline: the
    height of capitals, or more for stacked marks, and the depth of its deepest letter. `leading` is the style's, times that of
    the main font.
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
    line_starts: tuple[float, ...]
    line_ends: tuple[float, ...]
    ascent: float
    descent: float
    leading: float
    break_words: BreakWords
    _lines: dict[tuple[int, int, str], Line] = field(default_factory=dict, repr=False)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """The break opportunities. Most texts of a card have one line and need none."""
        return find_breaks(self.text, self.language, self.break_words)

    def with_breaks(self, breaks: tuple[Break, ...]) -> "Paragraph":
        """Returns the same text with other break opportunities. Both share the lines that were set."""
        other = replace(self)
        vars(other)["breaks"] = breaks
        return other

    @cached_property
    def edges(self) -> tuple[list[float], list[float]]:
        """The em at which lines start, the first and after each break, and at which they end, with room for their hyphens."""
        starts = [self.line_starts[start] for start in (0, *(place.next for place in self.breaks))]
        return starts, [starts[0] + self.line_width(0, place) for place in self.breaks]

    def line_width(self, start: int, place: Break) -> float:
        """Returns the width in em of the line from `start` to a break, with room for its hyphen."""
        return self.width(start, place.end) + (_HYPHEN_WIDTH if place.suffix else 0.0)

    @property
    def end(self) -> int:
        """The code point after the last one that is not a space."""
        return len(self.text.rstrip())

    def width(self, start: int, end: int) -> float:
        """Returns the width in em of `text[start:end]`, without the tracking after its last letter."""
        return self.line_ends[end] - self.line_starts[start] - self.style.tracking if end > start else 0.0

    @property
    def missing_glyphs(self) -> int:
        """The number of grapheme clusters that no font in the library has."""
        return sum(run.missing for run in self.runs)


@lru_cache(maxsize=64)  # a set of cards has the same texts in many sizes
def measure(
    text: str,
    language: str,
    rtl: bool,
    style: TextStyle,
    fonts: FontLibrary,
    break_words: BreakWords = NO_BREAK_WORDS,
    full_width_marks: bool = False,
) -> Paragraph:
    """Shapes `text`, which must not contain line breaks, and finds its break opportunities by the language's `break_words`."""
    runs = font_runs(text, language, style.font, fonts, full_width_marks=full_width_marks)
    levels = paragraph_levels(text, rtl)
    font = fonts.match(style.font)
    shaped_runs = _shape_runs(text, runs, levels, language, style)
    widths = [0.0] * len(text)
    for shaped in shaped_runs:
        for cluster, advance in zip(shaped.glyphs.clusters, shaped.glyphs.advances, strict=True):
            widths[cluster] += advance
    highest = max((max(shaped.glyphs.above, default=-inf) for shaped in shaped_runs), default=-inf)
    lowest = max((max(shaped.glyphs.below, default=-inf) for shaped in shaped_runs), default=-inf)
    advances = tuple(itertools.accumulate(widths, initial=0.0))
    line_starts, line_ends = _trimmed(advances, text, shaped_runs) if not rtl else (advances, advances)
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
        line_starts=line_starts,
        line_ends=line_ends,
        ascent=max(font.cap_height, highest - _ACCENT_OVERSHOOT),
        descent=max(0.0, lowest),
        leading=style.leading * _main_font(runs, advances, font).leading,
        break_words=break_words,
    )


def set_line(paragraph: Paragraph, start: int, end: int, suffix: str = "") -> Line:
    """Sets `text[start:end]` on one line, followed by `suffix`: the hyphen of a divided word, or an ellipsis."""
    key = start, end, suffix
    if key not in paragraph._lines:  # the same line is set again whenever leading or position changes
        paragraph._lines[key] = _set_line(paragraph, start, end, suffix)
    return paragraph._lines[key]


def _set_line(paragraph: Paragraph, start: int, end: int, suffix: str) -> Line:
    text, levels, shaped_runs = paragraph.text, paragraph.levels, paragraph.shaped_runs
    if suffix:
        text = text[:end] + suffix
        levels = paragraph_levels(text, paragraph.rtl)
        suffix_runs = font_runs(suffix, paragraph.language, paragraph.style.font, paragraph.fonts)
        moved_runs = [run._replace(start=end + run.start, end=end + run.end) for run in suffix_runs]
        shaped_runs = (
            *(before for before in shaped_runs if before.start < end),
            *_shape_runs(text, moved_runs, levels, paragraph.language, paragraph.style),
        )
    placed: list[PlacedRun] = []
    start_trim = paragraph.line_starts[start] - paragraph.advances[start]
    pen = -start_trim
    for visual in visual_runs(text, levels, paragraph.rtl, start, end + len(suffix)):
        inside = [shaped for shaped in shaped_runs if shaped.end > visual.start and shaped.start < visual.end]
        for shaped in reversed(inside) if visual.rtl else inside:
            first, last = max(shaped.start, visual.start), min(shaped.end, visual.end)
            if shaped.start < end:
                last = min(last, end)  # the suffix replaces the text after it
            if first >= last:
                continue
            run = shaped.place_part(first, last, pen) if shaped.rtl == visual.rtl else None
            if run is None:
                part = shape_run(
                    text, shaped.run, first, last, rtl=visual.rtl, language=paragraph.language, style=paragraph.style
                )
                run = part.place(pen)
            placed.append(run)
            pen += run.width
    trailing_space = next((run.trailing_space for run in reversed(placed) if run.width), 0.0)  # of the last visible run
    end_trim = 0.0 if suffix else paragraph.advances[end] - paragraph.line_ends[end]
    return Line(text[start : end + len(suffix)], tuple(placed), pen - trailing_space, _ink_bounds(placed), start_trim, end_trim)


def _trimmed(
    advances: tuple[float, ...], text: str, shaped_runs: Sequence[ShapedRun]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Returns `advances` for the starts and for the ends of lines, which have no empty halves of full-width marks."""
    trims = [trim for shaped in shaped_runs for trim in shaped.edge_trims(text)]
    if not trims:
        return advances, advances
    starts, ends = [*advances], [*advances]
    for offset, halves in trims:
        starts[offset] += halves.left
        ends[offset + 1] -= halves.right
    return tuple(starts), tuple(ends)


def _shape_runs(
    text: str, runs: Iterable[FontRun], levels: Sequence[int], language: str, style: TextStyle
) -> tuple[ShapedRun, ...]:
    """Shapes each part of each run that has one direction."""
    return tuple(
        shape_run(text, run, start, end, rtl=rtl, language=language, style=style)
        for run in runs
        for start, end, rtl in _level_runs(levels, run.start, run.end)
    )


def _ink_bounds(runs: Sequence[PlacedRun]) -> InkBounds:
    """Returns the union of the ink bounds of all glyphs of a line."""
    bounds = [
        (run.x + min(glyphs.lefts), run.x + max(glyphs.rights), max(glyphs.above), max(glyphs.below))
        for run in runs
        if (glyphs := run.glyphs).ids
    ]
    if not bounds:
        return NO_INK
    lefts, rights, above, below = zip(*bounds, strict=True)
    return InkBounds(min(lefts), max(rights), max(above), max(below))


def _main_font(runs: Sequence[FontRun], advances: Sequence[float], default: Font) -> Font:
    """Returns the font that sets most of a text's width, `default` for an empty text."""
    if len(runs) == 1:
        return runs[0].font
    widths: defaultdict[Font, float] = defaultdict(float)
    for run in runs:
        widths[run.font] += advances[run.end] - advances[run.start]
    return max(widths, key=widths.__getitem__, default=default)


def _level_runs(levels: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yields the start, the end and whether it is right to left, of each part of `levels[start:end]` that has one level."""
    if not any(levels):
        yield start, end, False
        return
    for level, members in itertools.groupby(range(start, end), key=levels.__getitem__):
        following = start + len(list(members))
        yield start, following, level % 2 == 1
        start = following
