"""A stretch of text in one font, script and direction into placed glyphs, by HarfBuzz."""

from collections.abc import Sequence
from typing import NamedTuple

import uharfbuzz as hb

from storycard.text.fonts import Font


class Glyph(NamedTuple):  # a third of the time that a frozen dataclass takes to make, and there are thousands in a set
    """One glyph: x and y in em from its run's start, advance in em, and the code point its cluster starts at."""

    id: int
    x: float
    y: float
    advance: float
    cluster: int


class Shaped(NamedTuple):
    """Glyphs in visual order, left to right, a missing one with the ID 0; and what else HarfBuzz knows of each."""

    glyphs: tuple[Glyph, ...]
    infos: Sequence[hb.GlyphInfo]


def shape(text: str, start: int, end: int, *, font: Font, script: str, rtl: bool, language: str) -> Shaped:
    """The glyphs of `text[start:end]`."""
    buffer = hb.Buffer()
    buffer.add_str(text[start:end])
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script or "Latn"
    buffer.language = language
    hb.shape(font.hb, buffer, {})
    upem = font.upem
    infos = buffer.glyph_infos
    glyphs: list[Glyph] = []
    pen = 0
    for info, position in zip(infos, buffer.glyph_positions, strict=True):
        x_offset, y_offset, advance, _ = position.position
        glyphs.append(Glyph(info.codepoint, (pen + x_offset) / upem, y_offset / upem, advance / upem, start + info.cluster))
        pen += advance
    return Shaped(tuple(glyphs), infos)


def parts_before(info: hb.GlyphInfo) -> bool:
    """Whether text that is cut before this glyph's cluster has the same glyphs on either side as it has in one."""
    return not info.flags & hb.GlyphFlags.UNSAFE_TO_BREAK
