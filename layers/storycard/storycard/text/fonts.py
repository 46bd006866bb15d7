"""`assets/fonts/fonts.toml` into opened fonts: which file draws a family, weight and style, and who stands in."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from storycard.errors import AssetInvalid, shown
from storycard.text.outlines import winds_left
from storycard.text.style import FontStyle
from storycard.toml_reader import toml_table

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


class Fallback(NamedTuple):
    """A family that stands in for what a theme's own family lacks.

    `scripts` (ISO 15924) it is for, any when empty; `languages` (BCP 47 prefixes) it is for, any when empty. `genre`, "serif"
    or "sans", puts it before those of another genre in a theme that is set in its own. `instead_of` names families that have
    the letters, but not in the forms these languages write.
    """

    family: str
    scripts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    genre: str = ""
    instead_of: tuple[str, ...] = ()

    def serves(self, script: str, language: str) -> bool:
        tag = language.lower()
        spoken = any(tag == known.lower() or tag.startswith(f"{known.lower()}-") for known in self.languages)
        return (not self.scripts or script in self.scripts) and (not self.languages or spoken)


@dataclass(frozen=True, eq=False)
class FontLibrary:
    """Every font of an assets folder. `digest` changes when any file does, so that cards are named anew."""

    fonts: tuple[Font, ...]
    fallbacks: tuple[Fallback, ...]
    digest: str
    _matches: dict[FontStyle, Font] = field(default_factory=dict, init=False, repr=False)
    _local_forms: dict[tuple[FontStyle, str, str], tuple[Font, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _stand_ins: dict[tuple[FontStyle, str, str], tuple[Font, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def match(self, style: FontStyle) -> Font:
        """The font nearest to `style`: its family, then upright or italic, then the nearest weight.

        Raises AssetInvalid when the family is not in fonts.toml.
        """
        if style not in self._matches:
            family = [font for font in self.fonts if font.style.family == style.family]
            if not family:
                known = ", ".join(sorted({font.style.family for font in self.fonts}))
                raise AssetInvalid("family", f"one of {known}", shown(style.family))

            def distance(font: Font) -> tuple[bool, int]:
                return font.style.italic != style.italic, abs(font.style.weight - style.weight)

            self._matches[style] = min(family, key=distance)
        return self._matches[style]

    def local_forms(self, style: FontStyle, script: str, language: str) -> tuple[Font, ...]:
        """The fonts to try before `style`'s own, which has the letters but not as `language` writes them."""
        key = style, script, language
        if key not in self._local_forms:
            serving = (item for item in self.fallbacks if style.family in item.instead_of and item.serves(script, language))
            self._local_forms[key] = tuple(self._in_style(fallback, style) for fallback in serving)
        return self._local_forms[key]

    def stand_ins(self, style: FontStyle, script: str, language: str) -> tuple[Font, ...]:
        """The fonts to try for text of `script` in `language` that `style`'s own font cannot draw.

        They come in the list's order, but those of another genre than `style`'s family last.
        """
        key = style, script, language
        if key not in self._stand_ins:  # Japanese changes its script, and so asks again, at every other word
            genre = next((fallback.genre for fallback in self.fallbacks if fallback.family == style.family), "")
            serving = [item for item in self.fallbacks if item.family != style.family and item.serves(script, language)]
            serving.sort(key=lambda fallback: bool(genre and fallback.genre) and fallback.genre != genre)
            self._stand_ins[key] = tuple(self._in_style(fallback, style) for fallback in serving)
        return self._stand_ins[key]

    def last_resorts(self, style: FontStyle) -> Iterator[Font]:
        """Every stand-in, for a character that none meant for its script can draw."""
        for fallback in self.fallbacks:
            yield self._in_style(fallback, style)

    def _in_style(self, fallback: Fallback, style: FontStyle) -> Font:
        return self.match(FontStyle(fallback.family, style.weight, style.italic))


def load_fonts(folder: Path) -> FontLibrary:
    """The library of `folder`/fonts.toml and any list beside it, no font opened yet. Raises AssetInvalid naming entry and key.

    A list of another name holds a newsroom's own fonts, which rebuilding fonts.toml leaves alone.
    """
    own = sorted(path for path in folder.glob("*.toml") if path.name not in ("fonts.toml", "sources.toml"))
    fonts: list[Font] = []
    fallbacks: list[Fallback] = []
    digest = hashlib.sha256()  # a list carries each file's SHA-256 (a test holds them against the files): this hashes the fonts
    for path in (folder / "fonts.toml", *own):
        document = path.read_bytes()
        tables = toml_table(document, path.name)
        fonts += (_font(folder, f"{path.name}: font[{index}]", table) for index, table in enumerate(tables.get("font", [])))
        fallbacks += (
            _fallback(f"{path.name}: fallback[{index}]", table) for index, table in enumerate(tables.get("fallback", []))
        )
        digest.update(document)
    return FontLibrary(tuple(fonts), tuple(fallbacks), digest.hexdigest())


def _font(folder: Path, place: str, table: dict) -> Font:
    for key, kind, expected in (
        ("family", str, "text"),
        ("file", str, "a file name"),
        ("weight", int, "100 to 900"),
        ("sha256", str, "hex"),
    ):
        if not isinstance(table.get(key), kind):
            raise AssetInvalid(f"{place}.{key}", expected, shown(table.get(key)))
    style = FontStyle(table["family"], table["weight"], table.get("italic", False))
    measures = {key: table[key] for key in ("size_adjust", "word_space", "leading") if key in table}
    for key, value in measures.items():
        if not isinstance(value, float):
            raise AssetInvalid(f"{place}.{key}", "a number such as 1.1", shown(value))
    return Font(folder / table["file"], style, table.get("index", 0), **measures)


def _fallback(place: str, table: dict) -> Fallback:
    if not isinstance(table.get("family"), str):
        raise AssetInvalid(f"{place}.family", "text", shown(table.get("family")))
    scripts, languages, instead_of = (tuple(table.get(key, ())) for key in ("scripts", "languages", "instead_of"))
    return Fallback(table["family"], scripts, languages, table.get("genre", ""), instead_of)
