"""A stretch of text in one font, script and direction into placed glyphs, by HarfBuzz."""

from typing import NamedTuple

import uharfbuzz as hb

from storycard.text.fonts import Font, Ink


class Glyph(NamedTuple):  # a third of the time that a frozen dataclass takes to make, and there are thousands in a set
    """One glyph: x and y in em from its run's start, advance in em, and the code point its cluster starts at."""

    id: int
    x: float
    y: float
    advance: float
    cluster: int


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
    """What a placed glyph covers, from where its x and y count; None where nothing is seen of it."""
    covered = font.ink(glyph.id)
    if covered is None:
        return None
    x, y = glyph.x, glyph.y
    return Ink(x + covered.left, x + covered.right, y + covered.above, covered.below - y)
