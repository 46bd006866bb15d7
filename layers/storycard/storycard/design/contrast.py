"""Computes the contrast ratio of two colours, 1 to 21, and the ratio that text needs (WCAG 2.2).

https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from collections.abc import Sequence
from functools import lru_cache

PATCH = 0.5  # of the font size: the side of the patches over which contrast is judged, about the width of a letter
_EXCEPT = 0.05  # share of a text's patches that may have less contrast: a bright spot hides no word

TEXT_RATIO = 4.5  # WCAG 2.2, 1.4.3
LARGE_RATIO = 3.0
LARGE_PX = 64  # on a card 1080 px wide: a feed 400 px wide shows it at 24 px, where large text begins


@lru_cache(maxsize=256)
def ratio(one: str, other: str) -> float:
    """Returns the contrast ratio of two colours (#rrggbb)."""
    return luminance_ratio(luminance(rgb(one)), luminance(rgb(other)))


def luminance_ratio(one: float, other: float) -> float:
    """Returns the contrast ratio of two relative luminances (0 to 1)."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    """Returns the relative luminance of an sRGB colour, 0 to 1."""
    red, green, blue = (value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=256)
def rgb(colour: str) -> tuple[int, ...]:
    """Returns red, green and blue of #rrggbb, 0 to 255 each."""
    return tuple(bytes.fromhex(colour[1:]))


def required_ratio(font_px: float, card_width: int) -> float:
    """Returns the contrast ratio that text of this size needs on a card this wide (px)."""
    return LARGE_RATIO if font_px * 1080 / card_width >= LARGE_PX else TEXT_RATIO


def patch_ratio(patches: Sequence[tuple[int, ...]], ink: str) -> float:
    """Returns the contrast of a text with the patches behind it: the lowest, without the lowest twentieth. 21 without patches."""
    letters = luminance(rgb(ink))
    by_patch = {patch: luminance_ratio(letters, luminance(patch)) for patch in set(patches)}  # most are alike off a photograph
    ratios = sorted(by_patch[patch] for patch in patches)
    return ratios[int(_EXCEPT * len(ratios))] if ratios else 21.0
