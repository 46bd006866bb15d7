"""Shapes text of one font, script and direction with HarfBuzz."""

from collections.abc import Sequence
from itertools import accumulate
from operator import add
from typing import NamedTuple

import uharfbuzz as hb

from storycard.language.tags import parse_tag
from storycard.text.fonts.font import Font

# Frank Ruhl Libre has small figures for Hebrew, but Latin words beside it, and the rest of a card, have them as tall as capitals.
_FEATURES = {"Hebr": {"locl": False}}
_UNSAFE_TO_BREAK = int(hb.GlyphFlags.UNSAFE_TO_BREAK)
_RUSSIAN = "x-hbotrus"  # OpenType's language system RUS, whose forms are those of all languages but a few


class ShapedGlyphs(NamedTuple):
    """Glyphs in visual order, left to right, as columns: an object for each glyph would take longer to make than to shape.

    `ids` are glyph IDs, 0 for a missing glyph. `xs` and `ys` are origins in em from the start of the text, `advances` are in em.
    `clusters` holds the code point at which each glyph's cluster starts, `infos` HarfBuzz's own records.
    """

    ids: tuple[int, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    advances: tuple[float, ...]
    clusters: tuple[int, ...]
    infos: Sequence[hb.GlyphInfo]


def shape(text: str, start: int, end: int, *, font: Font, script: str, rtl: bool, language: str) -> ShapedGlyphs:
    """Shapes `text[start:end]`; `script` is an ISO 15924 code, `language` a BCP 47 tag."""
    buffer = hb.Buffer()
    buffer.add_str(text[start:end])
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script or "Latn"
    foreign = script == "Cyrl" and font.cyrillic and parse_tag(language)[0] != font.cyrillic
    buffer.language = _RUSSIAN if foreign else language
    hb.shape(font.hb_font, buffer, _FEATURES.get(script, {}))
    upem = font.upem
    infos = buffer.glyph_infos
    positions = [position.position for position in buffer.glyph_positions or ()]
    x_offsets, y_offsets, advances, _ = zip(*positions, strict=True) if positions else ((), (), (), ())
    return ShapedGlyphs(
        ids=tuple([info.codepoint for info in infos]),
        xs=tuple([x / upem for x in map(add, accumulate(advances, initial=0), x_offsets)]),
        ys=tuple([y / upem for y in y_offsets]) if any(y_offsets) else (0.0,) * len(y_offsets),
        advances=tuple([advance / upem for advance in advances]),
        clusters=tuple([start + info.cluster for info in infos]),
        infos=infos,
    )


def is_safe_to_break_before(info: hb.GlyphInfo) -> bool:
    """Returns whether a split before this glyph's cluster leaves all glyphs as they are (HarfBuzz: no UNSAFE_TO_BREAK)."""
    return not int(info.flags) & _UNSAFE_TO_BREAK
