"""Draws text with Storycard on a white picture, in the position that Chromium uses."""

from collections.abc import Sequence

from PIL import Image

from storycard.layout.scene import PlacedLine, Rect, Scene, Text
from storycard.painting.rgb import paint
from storycard.text.fitting import Box, fit
from storycard.text.paragraph import Line, Paragraph, set_line
from support.chromium.page import FONT_PX, MARGIN, PITCH, Setting


def lines_from(paragraph: Paragraph, starts: Sequence[int]) -> list[Line]:
    """Sets the text in lines that start at `starts`, with hyphens at soft hyphens."""
    lines = []
    for start, following in zip(starts, [*starts[1:], len(paragraph.text)], strict=True):
        place = next((place for place in paragraph.breaks if place.next == following), None)
        end = place.end if place else start + len(paragraph.text[start:following].rstrip())
        lines.append(set_line(paragraph, start, end, place.suffix if place else ""))
    return lines


def own_lines(paragraph: Paragraph, width: float) -> Sequence[Line] | None:
    """Sets the text in lines of `width` px with Storycard's own breaks; None if a word is wider."""
    fitted = fit(paragraph, Box(width, height=1e6, max_lines=len(paragraph.text)), (FONT_PX,))
    return fitted.lines if fitted else None


def picture(paragraph: Paragraph, lines: Sequence[Line], setting: Setting) -> Image.Image:
    """Draws `lines` in the box and on the baselines of `setting`, with a margin of MARGIN px."""
    placed = []
    for index, line in enumerate(lines):
        indent = setting.width - line.width * FONT_PX if paragraph.rtl else 0
        placed.append(PlacedLine(line, MARGIN + indent, MARGIN + setting.baseline + index * PITCH))
    width = round(setting.width) + 2 * MARGIN
    height = round(max(setting.height, len(lines) * PITCH)) + 2 * MARGIN
    box = Rect(0, 0, width, height)
    text = Text("", paragraph.text, tuple(placed), box, FONT_PX, "#000000", box, truncated=False, missing_glyphs=0)
    return paint(Scene(width, height, "#ffffff", None, (), (), (text,)), _no_mark).image


def _no_mark(name: str, height: int) -> Image.Image:
    raise AssertionError(f"expected no logo to be drawn, got {name}")
