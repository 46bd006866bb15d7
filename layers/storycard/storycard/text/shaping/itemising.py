"""Splits text into runs of one script and one font, without splitting a grapheme cluster."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from storycard.text import icu
from storycard.text.fonts.font import Font
from storycard.text.fonts.library import FontLibrary
from storycard.text.graphemes import graphemes
from storycard.text.style import FontStyle

EMOJI = "Zsye"  # the ISO 15924 code for emoji
_NO_SCRIPT = frozenset({"Zyyy", "Zinh", "Zzzz"})  # common, inherited, unknown: these take the script of their neighbours
_IDEOGRAPH = "一"
_FIGURES = "Latn"  # the script whose fonts have the figures that other fonts lack
_QUOTATIONS = (re.compile("“[^“”]*”"), re.compile("‘[^‘’]*’"))
_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f’']\d+)+")
_EAST_ASIAN = re.compile("[\u2e80-\uffef]")
_TEXT_SELECTOR, _EMOJI_SELECTOR = "\ufe0e", "\ufe0f"  # variation selectors for text and emoji presentation


class FontRun(NamedTuple):
    """Code points `start` to `end` of one script (ISO 15924) in one font; `missing` counts the clusters that no font has."""

    start: int
    end: int
    script: str
    font: Font
    missing: int


def font_runs(
    text: str, language: str, style: FontStyle, fonts: FontLibrary, *, full_width_marks: bool = False
) -> tuple[FontRun, ...]:
    """Splits `text` wherever its script (UAX #24) or its font changes.

    A cluster with a script gets the theme's own font, or else the first fallback that has it. A cluster without one (a space,
    a digit, punctuation) gets the font of the text before it, or of the text after it at the start. If that font lacks it,
    another font draws it, and the text after it returns to the font before. Beside letters in a fallback, that is a font of
    their weight, upright if they are, and the same for all of a number. With `full_width_marks`, quotation marks of East Asian
    text have its font, also beside Latin letters (clreq).
    """
    clusters = graphemes(text, language)
    if single := _single_run(text, clusters, language, style, fonts):
        return (single,)
    scripts = [_script(cluster) for cluster in clusters]
    next_scripts = _next_scripts(scripts)
    first_letter = next((index for index, script in enumerate(scripts) if script not in ("", EMOJI)), None)
    # The script of the current letters, and their font: None before the first letter and where no font has them.
    letter_script = next_scripts[0] if next_scripts else ""
    letter_font: Font | None = None
    if first_letter is not None:
        letter_font = _font(clusters[first_letter], (scripts[first_letter],), language, style, fonts)
    numbers = {place: number[0] for number in _NUMBER.finditer(text) for place in range(*number.span())}
    wide_marks = _east_asian_marks(text) if full_width_marks else frozenset()
    wide_font = _font(_IDEOGRAPH, ("Hani",), language, style, fonts) if wide_marks else None
    runs: list[FontRun] = []
    start = end = 0
    run_font, run_script = letter_font, letter_script
    font: Font | None

    def end_run() -> None:
        if end > start:
            runs.append(FontRun(start, end, run_script, run_font or fonts.match(style), 0 if run_font else 1))

    for cluster, script, next_script in zip(clusters, scripts, next_scripts, strict=True):
        if wide_font and end in wide_marks:
            font, script = wide_font, "Hani"
        elif letter_font and script in ("", letter_script) and covers(letter_font, numbers.get(end, cluster)):
            font, script = letter_font, letter_script
        elif script == EMOJI:
            font = _font(cluster, (EMOJI, next_script), language, style, fonts)
        else:
            candidates = script or letter_script or next_script, next_script
            if script or not letter_font:
                font = _font(cluster, candidates, language, style, fonts)
            else:
                font = _font_beside(letter_font, numbers.get(end, cluster), candidates, language, style, fonts)
            if script and (script != letter_script or not letter_font):
                letter_font = font
            letter_script = script = script or letter_script or next_script
        if font is None or font is not run_font or script != run_script:
            end_run()
            start, run_font, run_script = end, font, script
        end += len(cluster)
    end_run()
    return tuple(runs)


def _east_asian_marks(text: str) -> frozenset[int]:
    """Returns the offsets of the quotation marks that have East Asian text between or beside them."""
    found: list[int] = []
    for quotation in (match for pattern in _QUOTATIONS for match in pattern.finditer(text)):
        if _EAST_ASIAN.search(text[max(0, quotation.start() - 1) : quotation.end() + 1]):
            found += quotation.start(), quotation.end() - 1
    return frozenset(found)


def _single_run(text: str, clusters: Sequence[str], language: str, style: FontStyle, fonts: FontLibrary) -> FontRun | None:
    """Returns the only run of a text in one script and one font, as most are: a shortcut with the same result as the loop."""
    distinct = set(clusters)
    scripts = {*map(_script, distinct)} - {""}
    if len(scripts) != 1 or EMOJI in scripts:
        return None
    (script,) = scripts
    font = _font(next(filter(_script, clusters)), (script,), language, style, fonts)
    if font is None or not all(covers(font, cluster) for cluster in distinct):
        return None
    return FontRun(0, len(text), script, font, 0)


@lru_cache(maxsize=65536)
def covers(font: Font, cluster: str) -> bool:
    """Returns whether a font can draw a whole grapheme cluster; invisible characters need no glyph."""
    return all(font.glyph_id(character) or icu.is_ignorable(character) or character.isspace() for character in cluster)


@lru_cache(maxsize=8192)
def _script(cluster: str) -> str:
    """Returns the script of a cluster, "" if it takes its neighbours', EMOJI for an emoji."""
    if cluster.isascii():
        return "Latn" if cluster.isalpha() else ""
    if _EMOJI_SELECTOR in cluster or (any(map(icu.is_emoji, cluster)) and _TEXT_SELECTOR not in cluster):
        return EMOJI
    return next((name for name in map(icu.script, cluster) if name not in _NO_SCRIPT), "")


def _next_scripts(scripts: Sequence[str]) -> list[str]:
    """Returns for each cluster the script of the first letter at or after it, "" without one."""
    found: list[str] = []
    nearest = ""
    for script in reversed(scripts):
        nearest = script if script and script != EMOJI else nearest
        found.append(nearest)
    return found[::-1]


def _font_beside(
    letter_font: Font, text: str, scripts: tuple[str, ...], language: str, style: FontStyle, fonts: FontLibrary
) -> Font | None:
    """Returns the font for figures or marks that the font of the letters beside them lacks; None if there is none."""
    style = style._replace(italic=letter_font.style.italic)
    if letter_font.style.family == style.family:
        return _font(text, scripts, language, style, fonts)
    style = style._replace(weight=letter_font.style.weight)
    candidates = (fonts.match(style), *fonts.fallback_fonts(style, _FIGURES, language))
    alike = (font for font in candidates if font.style.weight == style.weight and covers(font, text))
    return next(alike, None) or _font(text, scripts, language, style, fonts)


@lru_cache(maxsize=8192)  # a character that no font has would be looked up in all of them each time
def _font(cluster: str, scripts: tuple[str, ...], language: str, style: FontStyle, fonts: FontLibrary) -> Font | None:
    """Returns the first font that can draw a cluster, None if there is none.

    It tries the fonts with localised forms and the theme's own, then the fallbacks of `scripts` in order, then all fallbacks.
    """
    own = (*fonts.localised_fonts(style, scripts[0], language), fonts.match(style))
    fallbacks: Iterator[Font] = itertools.chain.from_iterable(fonts.fallback_fonts(style, script, language) for script in scripts)
    candidates = itertools.chain(() if EMOJI in scripts else own, fallbacks, own, fonts.last_resort_fonts(style))
    return next((font for font in candidates if covers(font, cluster)), None)
