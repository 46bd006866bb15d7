"""Text into stretches of one script and one font, grapheme clusters kept whole."""

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from storycard.text import icu
from storycard.text.fonts.font import Font
from storycard.text.fonts.library import FontLibrary
from storycard.text.graphemes import graphemes
from storycard.text.style import FontStyle

EMOJI = "Zsye"  # ISO 15924's own code for emoji
_UNDECIDED = frozenset({"Zyyy", "Zinh", "Zzzz"})  # common, inherited, unknown: these take their neighbours' script
_TEXT_STYLE, _EMOJI_STYLE = "\ufe0e", "\ufe0f"  # variation selectors that ask for one or the other


class FontRun(NamedTuple):
    """Code points `start` to `end` of one script, all drawn by one font; `missing` clusters no font has."""

    start: int
    end: int
    script: str
    font: Font
    missing: int


def font_runs(text: str, language: str, style: FontStyle, fonts: FontLibrary) -> tuple[FontRun, ...]:
    """`text` cut where its script or its font changes.

    A cluster of some script goes to the theme's own font, or else to the first stand-in that has it. One of no script (a
    space, a digit, a mark of punctuation) is drawn with its neighbours: those before it, or those after it at the start.
    A letter or sign that their font lacks is drawn by another, and leaves what follows it where it was; marks beside a script
    that has no italic are upright, too.
    """
    clusters = graphemes(text, language)
    if only := _one_run(text, clusters, language, style, fonts):
        return (only,)
    scripts = [_script(cluster) for cluster in clusters]
    following = _following(scripts)
    leading = next((index for index, script in enumerate(scripts) if script not in ("", EMOJI)), None)
    # The script being read, and the font that its letters are in: None before the first, and where no font has them.
    running = following[0] if following else ""
    home = None if leading is None else _font(clusters[leading], (scripts[leading],), language, style, fonts)
    own = fonts.match(style)
    runs: list[FontRun] = []
    start = end = 0
    open_font, open_script = home, running
    for cluster, script, after in zip(clusters, scripts, following, strict=True):
        if home and script in ("", running) and covers(home, cluster):
            font, script = home, running
        elif script == EMOJI:
            font = _font(cluster, (EMOJI, after), language, style, fonts)
        else:
            marks = style if script or not home else style._replace(italic=home.style.italic)
            font = _font(cluster, (script or running or after, after), language, marks, fonts)
            if script and (script != running or not home):
                home = font
            running = script = script or running or after
        if font is None or font is not open_font or script != open_script:
            if end > start:
                runs.append(FontRun(start, end, open_script, open_font or own, 0 if open_font else 1))
            start, open_font, open_script = end, font, script
        end += len(cluster)
    if end > start:
        runs.append(FontRun(start, end, open_script, open_font or own, 0 if open_font else 1))
    return tuple(runs)


def _one_run(text: str, clusters: Sequence[str], language: str, style: FontStyle, fonts: FontLibrary) -> FontRun | None:
    """The only run of a text in one script that one font can draw, as most are: the same as the long way finds, sooner."""
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
    """Whether a font can draw a whole grapheme cluster; what nobody sees needs no glyph."""
    return all(font.glyph(character) or icu.is_ignorable(character) or character.isspace() for character in cluster)


@lru_cache(maxsize=8192)
def _script(cluster: str) -> str:
    """The script a cluster is in, '' for one that takes its neighbours', and EMOJI for a picture."""
    if cluster.isascii():
        return "Latn" if cluster.isalpha() else ""
    if _EMOJI_STYLE in cluster or (any(map(icu.is_emoji, cluster)) and _TEXT_STYLE not in cluster):
        return EMOJI
    return next((name for name in map(icu.script, cluster) if name not in _UNDECIDED), "")


def _following(scripts: Sequence[str]) -> list[str]:
    """For each cluster, the first script at or after it that is one."""
    found: list[str] = []
    nearest = ""
    for script in reversed(scripts):
        nearest = script if script and script != EMOJI else nearest
        found.append(nearest)
    return found[::-1]


def _font(cluster: str, scripts: Sequence[str], language: str, style: FontStyle, fonts: FontLibrary) -> Font | None:
    """The font that draws a cluster: one with its local forms or the theme's own, then its script's or neighbour's, then any."""
    own = (*fonts.local_forms(style, scripts[0], language), fonts.match(style))
    stand_ins: Iterator[Font] = itertools.chain.from_iterable(fonts.stand_ins(style, script, language) for script in scripts)
    candidates = itertools.chain(() if EMOJI in scripts else own, stand_ins, own, fonts.last_resorts(style))
    return next((font for font in candidates if covers(font, cluster)), None)
