"""A stretch of text in one font, script and direction into placed glyphs, by HarfBuzz."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import uharfbuzz as hb

from storycard.text.fonts.font import Font


class Shaped(NamedTuple):
    """Glyphs in visual order, left to right, column by column: an object for each would take longer than shaping them.

    IDs, 0 for a missing glyph; x and y in em from the stretch's start, and advances in em; the code point that each one's
    cluster starts at; and what else HarfBuzz knows of it.
    """

    ids: tuple[int, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    advances: tuple[float, ...]
    clusters: tuple[int, ...]
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
    positions = [position.position for position in buffer.glyph_positions or ()]
    x_offsets, y_offsets, advances, _ = zip(*positions, strict=True) if positions else ((), (), (), ())
    return Shaped(
        ids=tuple([info.codepoint for info in infos]),
        xs=tuple([(pen + offset) / upem for pen, offset in zip(accumulate(advances, initial=0), x_offsets, strict=False)]),
        ys=tuple([offset / upem for offset in y_offsets]),
        advances=tuple([advance / upem for advance in advances]),
        clusters=tuple([start + info.cluster for info in infos]),
        infos=infos,
    )


def parts_before(info: hb.GlyphInfo) -> bool:
    """Whether text that is cut before this glyph's cluster has the same glyphs on either side as it has in one."""
    return not info.flags & hb.GlyphFlags.UNSAFE_TO_BREAK
