"""Measures the contrast of texts with what is painted behind them (WCAG 2.2).

Contrast is judged over patches of about a letter's size, since a bright spot narrower than a stroke hides no letter.
"""

from PIL import Image

from storycard.design.contrast import PATCH, patch_ratio
from storycard.layout.scene import Rect, Text


def contrast_behind(image: Image.Image, text: Text, origin: tuple[int, int] = (0, 0)) -> float:
    """Returns the WCAG contrast of a text with the patches of `image` (RGB) behind its worst line, 1 to 21.

    `image` is the card, or the part of it that begins at `origin` (px).
    """
    return min(patch_ratio(_patches(image, box, text.font_px, origin), text.colour) for box in text.line_boxes)


def _patches(image: Image.Image, box: Rect, font_px: int, origin: tuple[int, int]) -> list[tuple[int, ...]]:
    """Returns the mean colours of the patches of half the font size in `box`."""
    left, top, right, bottom = (edge - start for edge, start in zip(box.pixels, origin * 2, strict=True))
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height)
    if right <= left or bottom <= top:
        return []
    side = max(1, round(PATCH * font_px))
    right, bottom = _without_sliver(left, right, side), _without_sliver(top, bottom, side)
    small = image.reduce(side, (left, top, right, bottom))
    pixels = small.tobytes()
    return list(zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True))


def _without_sliver(start: int, end: int, side: int) -> int:
    """Returns the end of the patches from `start` on; the last may be narrower, but not than half of one."""
    rest = (end - start) % side
    return end - rest if rest < side / 2 and end - start >= side else end
