"""Builds a test font of solid blocks, one em wide and high, so that a width in em is a number of letters.

A hyphen is half an em wide, `g` descends one em below the baseline, `Ấ` rises two em above it. `¶` also covers the em before it,
and its outline has the opposite winding. A second family has Greek letters half an em wide. Neither has Cyrillic.
"""

from pathlib import Path
from string import ascii_letters, digits

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from storycard.text.fonts.font import Font
from storycard.text.fonts.library import Fallback, FontLibrary
from storycard.text.paragraph import Paragraph, measure
from storycard.text.style import FontStyle, TextStyle

_EM = 1000
_BLANK = " \u00a0\u00ad"
_BELOW = {"g": -_EM}
_ABOVE = {"Ấ": 2 * _EM}
_BACK = {"¶": -_EM}
_LATIN = f"{ascii_letters}{digits}äöüßẤ.,:;!?–—…“”„«»()'¶"
_GREEK = "αβγδεΑΒΓΔΕ"


def block_fonts(folder: Path) -> FontLibrary:
    """Writes both families to `folder` and returns their library."""
    blocks = _write_font(folder / "blocks.ttf", dict.fromkeys(_LATIN, _EM) | {"-": _EM // 2})
    greek = _write_font(folder / "greek.ttf", dict.fromkeys(f"{_GREEK}Hp", _EM // 2))
    fonts = (Font(blocks, FontStyle("Blocks")), Font(greek, FontStyle("Greek")))
    return FontLibrary(fonts, (Fallback("Greek", scripts=("Grek",)),), "blocks")


def block_paragraph(
    text: str, fonts: FontLibrary, *, language: str = "en", rtl: bool = False, leading: float = 1.0, **style: float
) -> Paragraph:
    """Measures `text` in the block font; `style` takes the fields of TextStyle. Lines touch at the default leading."""
    return measure(text, language, rtl, TextStyle(FontStyle("Blocks"), leading=leading, **style), fonts)


def _write_font(path: Path, widths: dict[str, int]) -> Path:
    names = {character: f"u{ord(character):04X}" for character in (*widths, *_BLANK)}
    glyphs = {".notdef": _block(_EM, 0, _EM)} | {names[character]: TTGlyphPen(None).glyph() for character in _BLANK}
    metrics = dict.fromkeys(glyphs, (_EM, 0)) | {names["\u00ad"]: (0, 0)}
    for character, width in widths.items():
        glyphs[names[character]] = _block(
            width, _BELOW.get(character, 0), _ABOVE.get(character, _EM), left=_BACK.get(character, 0)
        )
        metrics[names[character]] = (width, _BACK.get(character, 0))
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(character): name for character, name in names.items()})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=_EM, descent=0)
    builder.setupPost()
    builder.save(path)
    return path


def _block(right: int, bottom: int, top: int, left: int = 0) -> object:
    corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
    pen = TTGlyphPen(None)
    pen.moveTo(corners[0])
    for corner in corners[1:] if left == 0 else corners[:0:-1]:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
