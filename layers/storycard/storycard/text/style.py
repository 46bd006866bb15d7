"""Describes how text is set: font style, tracking, word space and leading.

Themes and the text engine share these types, so that reading a theme does not load the engine.
"""

from typing import NamedTuple


class FontStyle(NamedTuple):
    """A font family, a weight from 100 to 900, upright or italic, and whether it is for small text."""

    family: str
    weight: int = 400
    italic: bool = False
    small: bool = False


class TextStyle(NamedTuple):
    """The style of a text except for its size. Tracking and added word space are in em; leading is a multiple of the size."""

    font: FontStyle
    tracking: float = 0.0
    word_space: float = 0.0
    leading: float = 1.2


def between(style: TextStyle, large: TextStyle, share: float) -> TextStyle:
    """Returns the style that is `share` (0 to 1) of the way from one to the other, in the font of the first."""
    tracking, word_space, leading = (
        round(one + share * (other - one), 4)
        for one, other in ((style.tracking, large.tracking), (style.word_space, large.word_space), (style.leading, large.leading))
    )
    return TextStyle(style.font, tracking, word_space, leading)
