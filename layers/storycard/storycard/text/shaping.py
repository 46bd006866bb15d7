"""A stretch of text in one font, script and direction into glyphs, by HarfBuzz; and text into such stretches."""

import itertools
from dataclasses import dataclass

import uharfbuzz as hb

from storycard.text import icu
from storycard.text.fonts import Font, FontLibrary
from storycard.text.graphemes import graphemes
from storycard.text.style import FontStyle

_UNDECIDED = frozenset({"Zyyy", "Zinh", "Zzzz"})  # common, inherited, unknown: these take their neighbours' script


@dataclass(frozen=True, slots=True)
class FontRun:
    """Code points `start` to `end` of one script, all drawn by one font; `missing` clusters no font has."""

    start: int
    end: int
    script: str
    font: Font
    missing: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: x and y in em from its run's start, advance in em, and the code point its cluster starts at."""

    id: int
    x: float
    y: float
    advance: float
    cluster: int


@dataclass(frozen=True, slots=True)
class Ink:
    """What a glyph covers, in em from its line's start: left, right, and reach above and below the baseline."""

    left: float
    right: float
    above: float
    below: float


def font_runs(text: str, language: str, style: FontStyle, fonts: FontLibrary) -> tuple[FontRun, ...]:
    """`text` cut where its script or its font changes, whole grapheme clusters kept in one font.

    A cluster stays in the run's font if that font has it, else goes to the theme's font, else to the first stand-in that
    has it. Spaces and punctuation join the run before them.
    """
    own = fonts.match(style)
    runs: list[FontRun] = []
    offset = 0
    for cluster in graphemes(text, language):
        end = offset + len(cluster)
        script = next((name for name in map(icu.script, cluster) if name not in _UNDECIDED), "")
        before = runs[-1] if runs else None
        if before and script in ("", before.script) and _covers(before.font, cluster):
            font, missing = before.font, 0
        else:
            candidates = itertools.chain((own,), fonts.stand_ins(style, script, language))
            font = next((font for font in candidates if _covers(font, cluster)), None)
            font, missing = (font, 0) if font else (own, 1)
        if before and before.font is font and (script in ("", before.script) or not before.script):
            runs[-1] = FontRun(before.start, end, before.script or script, font, before.missing + missing)
        else:
            runs.append(FontRun(offset, end, script or (before.script if before else ""), font, missing))
        offset = end
    return tuple(runs)


def shape(text: str, start: int, end: int, *, font: Font, script: str, rtl: bool, language: str) -> tuple[Glyph, ...]:
    """The glyphs of `text[start:end]` in visual order, left to right; a missing one has the ID 0."""
    buffer = hb.Buffer()
    buffer.add_str(text[start:end])
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script or "Latn"
    buffer.language = language
    hb.shape(font.hb, buffer, {})
    upem = font.upem
    glyphs: list[Glyph] = []
    pen = 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        x, y = (pen + position.x_offset) / upem, position.y_offset / upem
        glyphs.append(Glyph(info.codepoint, x, y, position.x_advance / upem, start + info.cluster))
        pen += position.x_advance
    return tuple(glyphs)


def ink(glyph: Glyph, font: Font) -> Ink | None:
    """What a glyph covers; None for one that covers nothing (a space, an invisible control) or is missing."""
    extents = font.hb.get_glyph_extents(glyph.id) if glyph.id else None
    if not extents or not extents.width or not extents.height:
        return None
    upem = font.upem
    left, top = glyph.x + extents.x_bearing / upem, glyph.y + extents.y_bearing / upem
    return Ink(left, left + extents.width / upem, top, -top - extents.height / upem)


def _covers(font: Font, cluster: str) -> bool:
    return all(font.glyph(character) or icu.is_ignorable(character) or character.isspace() for character in cluster)
