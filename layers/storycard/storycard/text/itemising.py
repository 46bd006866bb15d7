"""Text into stretches of one script and one font, grapheme clusters kept whole."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storycard.text import icu
from storycard.text.fonts import Font, FontLibrary
from storycard.text.graphemes import graphemes
from storycard.text.style import FontStyle

EMOJI = "Zsye"  # ISO 15924's own code for emoji
_UNDECIDED = frozenset({"Zyyy", "Zinh", "Zzzz"})  # common, inherited, unknown: these take their neighbours' script
_TEXT_STYLE, _EMOJI_STYLE = "\ufe0e", "\ufe0f"  # variation selectors that ask for one or the other


@dataclass(frozen=True, slots=True)
class FontRun:
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
    """
    clusters = graphemes(text, language)
    scripts = [_script(cluster) for cluster in clusters]
    following = _following(scripts)
    leading = next((index for index, script in enumerate(scripts) if script not in ("", EMOJI)), None)
    first = None if leading is None else _font(clusters[leading], (scripts[leading],), language, style, fonts)
    own = fonts.match(style)
    runs: list[FontRun] = []
    start = end = 0
    current, running = first, following[0] if following else ""  # the open run's font, None where no font has it; its script
    for cluster, script, after in zip(clusters, scripts, following, strict=True):
        joins = current and running != EMOJI and script in ("", running) and covers(current, cluster)
        if not joins:
            if end > start:
                runs.append(FontRun(start, end, running, current or own, 0 if current else 1))
            running = script or (running if running != EMOJI else "") or after
            current = _font(cluster, (running, after), language, style, fonts)
            start = end
        end += len(cluster)
    if end > start:
        runs.append(FontRun(start, end, running, current or own, 0 if current else 1))
    return tuple(runs)


def covers(font: Font, cluster: str) -> bool:
    """Whether a font can draw a whole grapheme cluster; what nobody sees needs no glyph."""
    return all(font.glyph(character) or icu.is_ignorable(character) or character.isspace() for character in cluster)


def _script(cluster: str) -> str:
    """The script a cluster is in, '' for one that takes its neighbours', and EMOJI for a picture."""
    if cluster.isascii():
        return "Latn" if cluster.isalpha() else ""
    if _EMOJI_STYLE in cluster or (icu.is_emoji(cluster[0]) and _TEXT_STYLE not in cluster):
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
    """The font that draws a cluster: the theme's own, then those for its script or its neighbour's, then any that can."""
    own = (fonts.match(style),)
    stand_ins: Iterator[Font] = itertools.chain.from_iterable(fonts.stand_ins(style, script, language) for script in scripts)
    candidates = itertools.chain(() if EMOJI in scripts else own, stand_ins, own, fonts.last_resorts(style))
    return next((font for font in candidates if covers(font, cluster)), None)
