"""Reads one font file with HarfBuzz: metrics and ink bounds in em."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from storycard.errors import AssetInvalid
from storycard.text.fonts.outlines import is_counterclockwise
from storycard.text.style import FontStyle

if TYPE_CHECKING:
    import uharfbuzz


class InkBounds(NamedTuple):
    """The bounding box of ink, in em from a point on the baseline: left and right, height above and depth below it."""

    left: float
    right: float
    above: float
    below: float


NO_INK = InkBounds(inf, -inf, -inf, -inf)  # the neutral element of a union of bounds


@dataclass(frozen=True, eq=False)
class Font:
    """One font file, mapped into memory on first use. Metrics are in em (1.0 is the font size).

    `size_adjust` enlarges a font whose letters look small beside the theme's at the same size (size-adjust in CSS Fonts 5).
    `word_space` is added to the font's spaces, in em. `leading` multiplies the theme's leading. `cyrillic` is the language
    (BCP 47) whose forms of Cyrillic letters the font has unless a text is shaped as Russian; "" for the forms of most languages.
    """

    path: Path
    style: FontStyle
    index: int = 0  # of the face in a collection (.ttc)
    size_adjust: float = 1.0
    word_space: float = 0.0
    leading: float = 1.0
    cyrillic: str = ""
    _glyph_ids: dict[str, int] = field(default_factory=dict, init=False, repr=False)
    _ink_bounds: dict[int, InkBounds] = field(default_factory=dict, init=False, repr=False)
    _windings: dict[int, bool] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def hb_font(self) -> "uharfbuzz.Font":
        """The HarfBuzz font. Raises AssetInvalid for a file that is not a font."""
        import uharfbuzz as hb  # imported lazily: it takes 40 ms, which a function that serves stored cards never needs

        face = hb.Face(hb.Blob.from_file_path(str(self.path)), self.index)
        if not face.glyph_count:
            raise AssetInvalid(self.path.name, "an OpenType font", "a file without glyphs")
        return hb.Font(face)

    @cached_property
    def has_colours(self) -> bool:
        """Whether the glyphs have their own colours (COLRv1), as emoji do."""
        return bool(self.hb_font.face.has_color_paint)

    @cached_property
    def upem(self) -> float:
        """Font units per em, reduced by `size_adjust`."""
        units: int = self.hb_font.face.upem
        return units / self.size_adjust

    @cached_property
    def cap_height(self) -> float:
        """The height of H above the baseline, in em."""
        return self._letter_bounds("H").above

    @cached_property
    def stem_bearing(self) -> float:
        """The left side bearing of H, in em: text moves out by it so that stems align with a rule."""
        return self._letter_bounds("H").left

    def glyph_id(self, character: str) -> int:
        """Returns the glyph ID of one character, 0 if the font has none."""
        if character not in self._glyph_ids:
            self._glyph_ids[character] = self.hb_font.get_nominal_glyph(ord(character)) or 0
        return self._glyph_ids[character]

    def ink_bounds(self, glyphs: Iterable[int]) -> list[InkBounds]:
        """Returns the ink bounds of each glyph from its origin; NO_INK for a blank one (a space, a control) and for glyph 0."""
        for glyph in set(glyphs) - self._ink_bounds.keys():
            extents = self.hb_font.get_glyph_extents(glyph) if glyph else None
            empty = not extents or not extents.width or not extents.height
            self._ink_bounds[glyph] = NO_INK if empty else self._in_em(extents)
        return [self._ink_bounds[glyph] for glyph in glyphs]

    def is_counterclockwise(self, glyph: int) -> bool:
        """Returns whether a glyph's outline runs counterclockwise, as PostScript outlines do and TrueType outlines do not."""
        if glyph not in self._windings:
            self._windings[glyph] = is_counterclockwise(self.hb_font, glyph)
        return self._windings[glyph]

    def _letter_bounds(self, character: str) -> InkBounds:
        """Returns the ink bounds of a letter that metrics are taken from. Raises AssetInvalid if it has no outline."""
        extents = self.hb_font.get_glyph_extents(self.glyph_id(character))
        if not extents:
            raise AssetInvalid(self.path.name, f"a font with the letter {character}, from which metrics are taken", "none")
        return self._in_em(extents)

    def _in_em(self, extents: "uharfbuzz.GlyphExtents") -> InkBounds:
        left, top, upem = extents.x_bearing, extents.y_bearing, self.upem
        return InkBounds(left / upem, (left + extents.width) / upem, top / upem, (-top - extents.height) / upem)
