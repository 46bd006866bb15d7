"""Places fitted lines in a rectangle with optical margins: stems meet its edge, and opening quotation marks hang outside."""

import math
from collections.abc import Sequence
from typing import Literal

from storycard.design.composition import Part
from storycard.design.role import Role
from storycard.layout.scene import PlacedLine, Rect, Text
from storycard.text.fitting import Fitted
from storycard.text.fonts.font import NO_INK, Font
from storycard.text.paragraph import Line, Paragraph

Align = Literal["start", "centre", "end"]

HANGING_MARKS = frozenset("“”„‟«»‹›‘’‚‛\"'「『")
_ROUNDING_ERROR = 1e-6  # px: without it, ink that ends exactly at a pixel's edge could count as covering the next pixel
_MARK_SPACES = "\u00a0\u202f"  # between a quotation mark and its words in French


def most_hang(part: Part) -> float:
    """Returns how many px the opening marks of a part's lines hang outside its area at most."""
    return math.inf if part.align == "start" and not part.bar else 0.0


def place_lines(
    name: str, role: Role, paragraph: Paragraph, fitted: Fitted, room: Rect, *, align: Align, rtl: bool, hang: float
) -> Text:
    """Places the lines from the top of `room` (px) down, along its leading or trailing edge, or centred.

    The quotation marks that a line opens with are placed outside the edge, by up to `hang` px. Baselines are whole px at equal
    distances, so that the strokes of every line are as sharp as those of the first.
    """
    on_right = (align == "end") != rtl
    size = fitted.font_px
    baseline = round(room.y + paragraph.ascent * size)
    hung = [min(_mark_width(line), hang / size) for line in fitted.lines]
    bearing = _bearing(fitted.lines, hung, paragraph.font if align == "start" else None, on_right)
    placed: list[PlacedLine] = []
    ink_boxes: list[Rect] = []
    for line, marks in zip(fitted.lines, hung, strict=True):
        if align == "centre":
            x = room.x + (room.width - line.visible_width * size) / 2
        else:
            x = room.right - (line.width - bearing - marks) * size if on_right else room.x - (bearing + marks) * size
        placed.append(PlacedLine(line, x, baseline))
        ink = line.ink
        if ink != NO_INK:
            left, top = x + ink.left * size, baseline - ink.above * size
            ink_boxes.append(Rect(left, top, x + ink.right * size - left, baseline + ink.below * size - top))
        baseline += round(fitted.leading * size)
    box = bounding_box(ink_boxes) if ink_boxes else Rect(room.x, room.y, 0, 0)
    return Text(name, paragraph.text, tuple(placed), room, size, role.colour, box, fitted.truncated, paragraph.missing_glyphs)


def bounding_box(rects: Sequence[Rect]) -> Rect:
    """Returns the smallest rectangle of whole px that contains all of `rects`."""
    left = math.floor(min(rect.x for rect in rects) + _ROUNDING_ERROR)
    top = math.floor(min(rect.y for rect in rects) + _ROUNDING_ERROR)
    right = math.ceil(max(rect.right for rect in rects) - _ROUNDING_ERROR)
    bottom = math.ceil(max(rect.bottom for rect in rects) - _ROUNDING_ERROR)
    return Rect(left, top, right - left, bottom - top)


def _bearing(lines: Sequence[Line], hung: Sequence[float], font: Font | None, on_right: bool) -> float:
    """Returns the empty space at the text's edge, in em. The text moves out by it to be flush with what is above and below.

    Text in the theme's own `font` moves by the bearing of a stem, so that stems meet the edge and the T and the o of other
    lines overhang a little, as a typesetter would have it. Text in another font moves by the lines' average bearing, which
    keeps them aligned with one another. Hanging marks (`hung` em of each line) do not count as part of the edge.
    """
    if font and lines[0].runs[-1 if on_right else 0].font is font:
        return font.stem_bearing
    bearings: list[float] = []
    for line, marks in zip(lines, hung, strict=True):
        starts = (
            line.width - run.x - right if on_right else run.x + left
            for run in line.runs
            for left, right in zip(run.glyphs.lefts, run.glyphs.rights, strict=True)
        )
        edge = min((start - marks for start in starts if start >= marks or not marks), default=math.inf)
        if edge < math.inf:
            bearings.append(edge)
    return max(0.0, sum(bearings) / len(bearings)) if bearings else 0.0


def _mark_width(line: Line) -> float:
    """Returns the advance in em of the quotation marks that a line opens with and of the space after them; 0 if none."""
    if line.text[:1] not in HANGING_MARKS:
        return 0.0
    marks = len(line.text) - len(line.text.lstrip("".join(HANGING_MARKS) + _MARK_SPACES))
    glyphs = [glyph for run in line.runs for glyph in zip(run.glyphs.clusters, run.glyphs.advances, strict=True)]
    first, _ = min(glyphs)
    return sum(advance for cluster, advance in glyphs if cluster < first + marks) - line.start_trim
