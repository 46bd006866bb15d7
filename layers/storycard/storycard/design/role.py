"""Defines Role: how one text of a card is set."""

from dataclasses import dataclass
from functools import lru_cache

from storycard.text.style import TextStyle, between

MIN_FONT_PX = 25  # on a card 1080 px wide: a feed 400 px wide shows it at 9 px
SMALL_PX = 42  # px of a reference format: below that, some fonts have strokes that a feed loses
LEADINGS = 0.8, 2.5  # the least and the greatest leading that a theme may set, in em


@dataclass(frozen=True, slots=True)
class Role:
    """How one part of a card is set. Sizes are px on a composition's reference format."""

    style: TextStyle
    min_px: int
    max_px: int
    max_lines: int
    colour: str
    capitals: bool = False  # set in capitals, in scripts that have them
    fill: str = ""  # the colour of a box drawn under the text, "" for none
    round: bool = False  # whether the ends of that box are round
    dense: float = 1.0  # the smallest size of Chinese, Japanese and Korean, as a multiple of `min_px`
    # The style of the largest sizes, towards which leading and tracking change; None for no change.
    large: TextStyle | None = None

    def style_at(self, px: float) -> TextStyle:
        """Returns the style at a size, from `style` to `large` in steps."""
        style, small = self.style, px < SMALL_PX
        if self.large:
            style = between(style, self.large, next(share for above, share in _LARGE_SHARES if px > above))
        return style if style.font.small == small else style._replace(font=style.font._replace(small=small))


# Pairs of a size in px of the reference format and the share of `large` in the style of type above that size: 0 is the role's
# `style`, 1 its `large`. The largest size comes first.
_LARGE_SHARES = ((160, 1.0), (110, 0.67), (72, 0.33), (0, 0.0))
# Type sizes in px of the reference format: close enough for every text to fill its area.
_STEPS = (*range(24, 100, 2), *range(100, 200, 4), *range(200, 600, 4))


@lru_cache(maxsize=1024)
def sizes(min_px: int, max_px: int, scale: float) -> tuple[int, ...]:
    """Returns the type sizes from `min_px` to `max_px`, both included, each times `scale`, in px; none if the range is empty."""
    steps = {min_px, max_px, *(step for step in _STEPS if min_px < step < max_px)} if min_px <= max_px else ()
    return tuple(sorted({round(step * scale) for step in steps}))
