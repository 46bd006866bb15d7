"""Reads one font file with HarfBuzz: metrics and ink bounds in em."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from storycard.errors import AssetInvalid
from storycard.text.fonts.outlines import winds_left
from storycard.text.style import FontStyle

if TYPE_CHECKING:
    import uharfbuzz


class Ink(NamedTuple):
    """What a glyph covers, in em from a point on its baseline: left, right, and reach above and below it."""

    left: float
    right: float
    above: float
    below: float


NO_INK = Ink(inf, -inf, -inf, -inf)  # adds nothing to what others cover


@dataclass(frozen=True, eq=False)
class Font:
    """One font file, mapped into memory when first used; metrics are in em (1.0 is the size of the type).

    `size_adjust` enlarges a font whose letters look small beside the theme's at one size (CSS Fonts 5 has it, too);
    `word_space` is em added to its spaces; `leading` is how many times a theme's leading its lines stand apart at least.
    """

    path: Path
    style: FontStyle
    index: int = 0  # which face of a collection (.ttc)
    size_adjust: float = 1.0
    word_space: float = 0.0
    leading: float = 1.0
    _glyphs: dict[str, int] = field(default_factory=dict, init=False, repr=False)
    _inks: dict[int, Ink] = field(default_factory=dict, init=False, repr=False)
    _windings: dict[int, bool] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def hb(self) -> "uharfbuzz.Font":
        import uharfbuzz as hb  # 40 ms that a function serving stored cards never spends

        face = hb.Face(hb.Blob.from_file_path(str(self.path)), self.index)
        if not face.glyph_count:
            raise AssetInvalid(self.path.name, "an OpenType font", "a file without glyphs")
        return hb.Font(face)

    @cached_property
    def has_colours(self) -> bool:
        """Whether its glyphs bring their own colours (COLRv1), as emoji do."""
        return self.hb.face.has_color_paint

    @cached_property
    def upem(self) -> float:
        """How many of the font's units there are to an em of type."""
        return self.hb.face.upem / self.size_adjust

    @cached_property
    def cap_height(self) -> float:
        """How far H reaches above the baseline, in em."""
        return self._extents("H").y_bearing / self.upem

    @cached_property
    def stem_bearing(self) -> float:
        """The space a font leaves before the stem of H, in em: what type moves out by to stand flush with a rule."""
        return self._extents("H").x_bearing / self.upem

    @cached_property
    def descender(self) -> float:
        """How far g, p and q reach below the baseline: a positive number of em."""
        extents = self._extents("p")
        return -(extents.y_bearing + extents.height) / self.upem

    def _extents(self, character: str) -> "uharfbuzz.GlyphExtents":
        """Of a letter that type is measured by. Raises AssetInvalid when the font cannot draw it."""
        extents = self.hb.get_glyph_extents(self.glyph(character))
        if not extents:
            raise AssetInvalid(self.path.name, f"a font that draws {character}, by which type is measured", "none")
        return extents

    def glyph(self, character: str) -> int:
        """The glyph of one character, 0 when the font has none."""
        if character not in self._glyphs:
            self._glyphs[character] = self.hb.get_nominal_glyph(ord(character)) or 0
        return self._glyphs[character]

    def inks(self, glyphs: Iterable[int]) -> list[Ink]:
        """What each glyph covers, from its origin; NO_INK for one that covers nothing (a space, a control) or is missing."""
        for glyph in set(glyphs) - self._inks.keys():
            extents = self.hb.get_glyph_extents(glyph) if glyph else None
            empty = not extents or not extents.width or not extents.height
            self._inks[glyph] = NO_INK if empty else self._in_em(extents)
        return [self._inks[glyph] for glyph in glyphs]

    def winds_left(self, glyph: int) -> bool:
        """Whether a glyph's outline runs counterclockwise round what it fills, as PostScript's do and TrueType's do not."""
        if glyph not in self._windings:
            self._windings[glyph] = winds_left(self.hb, glyph)
        return self._windings[glyph]

    def _in_em(self, extents: "uharfbuzz.GlyphExtents") -> Ink:
        left, top, upem = extents.x_bearing, extents.y_bearing, self.upem
        return Ink(left / upem, (left + extents.width) / upem, top / upem, (-top - extents.height) / upem)
