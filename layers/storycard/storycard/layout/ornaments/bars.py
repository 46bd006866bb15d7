"""Places the bars behind the lines of a text, from the card's leading edge to behind each line's last letter."""

import math
from collections.abc import Callable, Iterator

from storycard.design.composition import Part
from storycard.layout.scene import Rect, Rule, Text, rounded

_GAP, _END, _LOWER = 0.06, 0.14, 0.025  # em: between bars, behind the last letter, and below the capitals' middle
_PADDING, _LOST = 0.06, 0.05  # em: around letters that are higher or deeper than the bar, if they are so by more than this
_TALL_LETTERS, _DEEP_LETTERS = 1.4, 0.26  # of the capitals, and em: a script with higher or deeper letters is centred by its ink


def bars(text: Text, part: Part, capitals: float, mirror: Callable[[Rect], Rect]) -> Iterator[Rule]:
    """Yields the bars of a text. `capitals` is their height in px; `mirror` converts to left-to-right layout and back."""
    size, first = text.font_px, text.lines[0]
    if len(text.lines) > 1:
        pitch = text.lines[1].baseline - first.baseline
    else:
        pitch = part.role.style.leading * first.line.runs[0].font.leading * size
    above, below = (max(getattr(line.line.ink, side) for line in text.lines) * size for side in ("above", "below"))
    height, middle = pitch - _GAP * size, capitals / 2 - _LOWER * size
    if above > _TALL_LETTERS * capitals or below > _DEEP_LETTERS * size:
        middle = (above - below) / 2
        if above + below > height:  # letters would be lost between the bars
            height = math.ceil(pitch)
    for line in text.lines:
        end = mirror(Rect(line.x, 0, line.line.width * size, 0)).right + _END * size
        ink = line.line.ink
        above, below = _reach(ink.above, size, height / 2 + middle), _reach(ink.below, size, height / 2 - middle)
        yield Rule(mirror(rounded(Rect(0, line.baseline - above, end, above + below))), part.bar)


def _reach(ink: float, size: int, usual: float) -> float:
    """Returns how many px a bar reaches above or below the baseline: as usual, or around letters that would be lost beside it."""
    return (ink + _PADDING) * size if ink * size > usual + _LOST * size else usual
