"""Places bars behind the lines of a text, from the card's leading edge to behind each line's last letter."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from storycard.design.composition import Part
from storycard.layout.scene import Rect, Rule, Text, rounded
from storycard.text.paragraph import Paragraph

_GAP, _END, _LOWER = 0.05, 0.14, 0.05  # em: between bars, behind the last letter, and below the capitals' middle
_PADDING, _LOST = 0.06, 0.05  # em: around letters that are higher or deeper than the bar, if they are so by more than this
_TALL_LETTERS, _DEEP_LETTERS = 1.4, 0.26  # of the capitals, and em: a script with higher or deeper letters is centred by its ink


def with_room_for_bars(paragraph: Paragraph, part: Part, capitals: float) -> Paragraph:
    """Returns the paragraph with enough leading for a gap between bars around its letters. `capitals` is their height in em.

    In the theme's own font, the bars of lines with an accented capital may touch those above: more leading would cost its size.
    """
    if not part.bar:
        return paragraph
    above = max((max(run.glyphs.above, default=0.0) for run in paragraph.shaped_runs), default=0.0)
    usual = paragraph.leading - _GAP
    pokes = all(run.font is not paragraph.font for run in paragraph.runs) and _pokes(above, paragraph.descent, capitals, usual)
    if not (pokes or _is_tall(above, paragraph.descent, capitals)):
        return paragraph
    return replace(paragraph, leading=max(paragraph.leading, _height(above, paragraph.descent) + _GAP))


def bars(text: Text, part: Part, capitals: float, mirror: Callable[[Rect], Rect]) -> Iterator[Rule]:
    """Yields the bars of a text. `capitals` is their height in px; `mirror` converts to left-to-right layout and back."""
    size, first = text.font_px, text.lines[0]
    cap_height = capitals / size
    above, below = (max(getattr(line.line.ink, side) for line in text.lines) for side in ("above", "below"))
    is_tall = _is_tall(above, below, cap_height)
    if len(text.lines) > 1:
        pitch = (text.lines[1].baseline - first.baseline) / size
    else:
        pitch = part.role.style.leading * first.line.runs[0].font.leading
        pitch = max(pitch, _height(above, below) + _GAP) if is_tall else pitch
    height, middle = pitch - _GAP, _middle(cap_height)
    pokes = _pokes(above, below, cap_height, height) and _height(above, below) < height + 1 / size
    is_high = above > height / 2 + middle - _PADDING and above + below < height  # such as ideographs
    if is_tall or pokes or is_high:
        middle = (above - below) / 2
    for line in text.lines:
        end = mirror(Rect(line.x, 0, line.line.visible_width * size, 0)).right + _END * size
        ink = line.line.ink
        top, bottom = size * _reach(ink.above, height / 2 + middle), size * _reach(ink.below, height / 2 - middle)
        yield Rule(mirror(rounded(Rect(0, line.baseline - top, end, top + bottom))), part.bar)


def _is_tall(above: float, below: float, capitals: float) -> bool:
    """Returns whether letters are much higher or deeper than capitals (all in em), so that bars are placed around their ink."""
    return above > _TALL_LETTERS * capitals or below > _DEEP_LETTERS


def _pokes(above: float, below: float, capitals: float, height: float) -> bool:
    """Returns whether letters would be lost beside a bar of some height (em) in the middle of the capitals."""
    middle = _middle(capitals)
    return above > height / 2 + middle + _LOST or below > height / 2 - middle + _LOST


def _middle(capitals: float) -> float:
    """Returns the em from the baseline up to the middle of a bar behind capitals."""
    return capitals / 2 - _LOWER


def _height(above: float, below: float) -> float:
    """Returns the em that a bar around letters has."""
    return above + below + 2 * _PADDING


def _reach(ink: float, usual: float) -> float:
    """Returns how many em a bar reaches above or below the baseline: as usual, or around letters that would be lost beside it."""
    return ink + _PADDING if ink > usual + _LOST else usual
