"""Text and its style into a measured Paragraph: how wide any stretch of it is, at any size, without shaping again."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from storycard.text.bidi import embedding_levels, visual_runs
from storycard.text.breaking import Break, breaks
from storycard.text.fonts import Font, FontLibrary, Ink
from storycard.text.itemising import FontRun, font_runs
from storycard.text.shaping import Glyph, ink, shape
from storycard.text.style import TextStyle

_TRACKED = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor", ""})  # other scripts join their letters, or space them evenly
_OVERSHOOT = 0.25  # em; an accent on a capital may stand this far into the space above a text
_WORD_SPACES = " \u00a0"


@dataclass(frozen=True, slots=True)
class PlacedRun:
    """Glyphs of one font; their x and y are em from the line's start on the baseline."""

    font: Font
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: the text drawn, its glyphs in visual order, its advance width in em.

    `inks` is what each glyph covers, in em from the line's start; nothing for spaces and invisible controls.
    """

    text: str
    runs: tuple[PlacedRun, ...]
    width: float
    inks: tuple[Ink, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text shaped once in em; `levels` are the embedding levels of its code points (UAX #9).

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
    inks: list[Ink] = []
    widths = [0.0] * len(text)
    for run in runs:
        for start, end, leftwards in _one_way(levels, run.start, run.end):
            for glyph in shape(text, start, end, font=run.font, script=run.script, rtl=leftwards, language=language):
                widths[glyph.cluster] += glyph.advance + _added(style, run, glyph, text)
                if covered := ink(glyph, run.font):
                    inks.append(covered)
    ascent = max(font.cap_height, max((covered.above for covered in inks), default=0.0) - _OVERSHOOT)
    descent = max((font.descender, *(covered.below for covered in inks)))
    advances = tuple(itertools.accumulate(widths, initial=0.0))
    leading = style.leading * _main_font(runs, advances, font).leading
    places = breaks(text, language)
    return Paragraph(text, language, rtl, style, font, fonts, runs, levels, advances, ascent, descent, leading, places)


def set_line(paragraph: Paragraph, start: int, end: int, suffix: str = "") -> Line:
    """Shape one line by itself, as it is drawn: `text[start:end]` and its hyphen or ellipsis, in visual order."""
    key = start, end, suffix
    if key not in paragraph._lines:  # a text is set anew where it is moved, or its lines stand further apart
        paragraph._lines[key] = _set_line(paragraph, start, end, suffix)
    return paragraph._lines[key]


def _set_line(paragraph: Paragraph, start: int, end: int, suffix: str) -> Line:
    whole, levels = paragraph.text, paragraph.levels
    runs = [run if run.end <= end else replace(run, end=end) for run in paragraph.runs if run.end > start and run.start < end]
    if suffix:
        whole = whole[:end] + suffix
        levels = embedding_levels(whole, paragraph.rtl)
        tail = font_runs(suffix, paragraph.language, paragraph.style.font, paragraph.fonts)
        runs += [FontRun(end + run.start, end + run.end, run.script, run.font, 0) for run in tail]
    placed: list[PlacedRun] = []
    inks: list[Ink] = []
    pen = trailing = 0.0
    for direction in visual_runs(whole, levels, paragraph.rtl, start, end + len(suffix)):
        inside = [run for run in runs if run.end > direction.start and run.start < direction.end]
        for run in reversed(inside) if direction.rtl else inside:
            first, last = max(run.start, direction.start, start), min(run.end, direction.end)
            glyphs = shape(whole, first, last, font=run.font, script=run.script, rtl=direction.rtl, language=paragraph.language)
            moved: list[Glyph] = []
            for glyph in glyphs:
                moved.append(at_pen := Glyph(glyph.id, glyph.x + pen, glyph.y, glyph.advance, glyph.cluster))
                if covered := ink(at_pen, run.font):
                    inks.append(covered)
                trailing = _added(paragraph.style, run, glyph, whole)
                pen += trailing
            placed.append(PlacedRun(run.font, tuple(moved)))
            pen += sum(glyph.advance for glyph in glyphs)
    return Line(whole[start : end + len(suffix)], tuple(placed), pen - trailing, tuple(inks))


def _added(style: TextStyle, run: FontRun, glyph: Glyph, text: str) -> float:
    """What style and font add to a glyph's advance, in em: tracking after each, and more or less where words part."""
    if not glyph.advance:
        return 0.0
    is_space = text[glyph.cluster] in _WORD_SPACES
    added = run.font.word_space if is_space else 0.0
    if run.script in _TRACKED:
        added += style.tracking + (style.word_space if is_space else 0.0)
    return added


def _main_font(runs: Sequence[FontRun], advances: Sequence[float], own: Font) -> Font:
    """The font that takes most of a text's width, the style's own when there is none."""
    taken: Counter[Font] = Counter()
    for run in runs:
        taken[run.font] += advances[run.end] - advances[run.start]
    return max(taken, key=taken.__getitem__, default=own)


def _one_way(levels: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it runs leftwards of each stretch of `levels` that is of one level."""
    for level, members in itertools.groupby(range(start, end), key=levels.__getitem__):
        after = start + len(list(members))
        yield start, after, level % 2 == 1
        start = after
