"""A fitted text and its room into a placed Text, its edge where the eye sees it: stems aligned, quotation marks outside."""

import math
from collections.abc import Sequence

from storycard.design.theme import Role
from storycard.layout.scene import PlacedLine, Rect, Text
from storycard.text.fitting import Fitted
from storycard.text.fonts.font import NO_INK, Font
from storycard.text.paragraph import Line, Paragraph

HANGING = frozenset("“”„‟«»‹›‘’‚‛\"'「『")  # marks that stand outside the text edge, so that the letters align
_SLACK = 1e-6  # px: ink that ends with a pixel covers none of the next, however its place was added up
_MARK_SPACES = "\u00a0\u202f"  # what French sets between a mark and its words


def placed_text(
    name: str, role: Role, paragraph: Paragraph, fitted: Fitted, room: Rect, *, at_end: bool, rtl: bool, hang: bool
) -> Text:
    """The lines from the top of `room` (px), on its leading edge or `at_end`; opening marks stand outside if they `hang`.

    Baselines are whole px, as far apart from one another: every line's strokes then are as sharp as the first one's.
    """
    on_right = at_end != rtl
    size = fitted.font_px
    baseline = round(room.y + paragraph.ascent * size)
    hung = [_mark_width(line) if hang else 0.0 for line in fitted.lines]
    bearing = _bearing(fitted.lines, hung, None if at_end else paragraph.font, on_right)
    placed: list[PlacedLine] = []
    inked: list[Rect] = []
    for line, marks in zip(fitted.lines, hung, strict=True):
        x = room.right - (line.width - bearing - marks) * size if on_right else room.x - (bearing + marks) * size
        placed.append(PlacedLine(line, x, baseline))
        ink = line.ink
        if ink != NO_INK:
            left, top = x + ink.left * size, baseline - ink.above * size
            inked.append(Rect(left, top, x + ink.right * size - left, baseline + ink.below * size - top))
        baseline += round(fitted.leading * size)
    box = _around(inked) if inked else Rect(room.x, room.y, 0, 0)
    return Text(name, paragraph.text, tuple(placed), room, size, role.colour, box, fitted.truncated, paragraph.missing_glyphs)


def _bearing(lines: Sequence[Line], hung: Sequence[float], font: Font | None, on_right: bool) -> float:
    """The empty em at a text's edge, by which it moves out to stand flush with what is above and below it.

    In the theme's own `font` a stem meets the leading edge, not a box: T and o then stick out a little, as they should.
    Elsewhere it is what the lines leave empty on average, so that they stay aligned as their font has it. The marks that hang
    (`hung` em of each line) are no part of the edge.
    """
    if font and lines[0].runs[-1 if on_right else 0].font is font:
        return font.stem_bearing
    empty: list[float] = []
    for line, marks in zip(lines, hung, strict=True):
        starts = (
            line.width - run.x - right if on_right else run.x + left
            for run in line.runs
            for left, right in zip(run.glyphs.lefts, run.glyphs.rights, strict=True)
        )
        edge = min((start - marks for start in starts if start >= marks or not marks), default=math.inf)
        if edge < math.inf:
            empty.append(edge)
    return max(0.0, sum(empty) / len(empty)) if empty else 0.0


def _mark_width(line: Line) -> float:
    """The advance in em of the quotation marks a line opens with and of the space after them, 0 when it opens with none."""
    if line.text[:1] not in HANGING:
        return 0.0
    marks = len(line.text) - len(line.text.lstrip("".join(HANGING) + _MARK_SPACES))
    glyphs = [glyph for run in line.runs for glyph in zip(run.glyphs.clusters, run.glyphs.advances, strict=True)]
    first, _ = min(glyphs)
    return sum(advance for cluster, advance in glyphs if cluster < first + marks)


def _around(inked: Sequence[Rect]) -> Rect:
    """The smallest rectangle of whole px that holds all of `inked`."""
    left, top = math.floor(min(line.x for line in inked) + _SLACK), math.floor(min(line.y for line in inked) + _SLACK)
    right, bottom = math.ceil(max(line.right for line in inked) - _SLACK), math.ceil(max(line.bottom for line in inked) - _SLACK)
    return Rect(left, top, right - left, bottom - top)
