"""How text is asked to look: the vocabulary themes and the text engine share, without loading the engine."""

from typing import NamedTuple


class FontStyle(NamedTuple):
    """A family, a weight from 100 to 900, upright or italic."""

    family: str
    weight: int = 400
    italic: bool = False


class TextStyle(NamedTuple):
    """How a role is set, size apart: font style, tracking and added word space in em, leading as a multiple of the size."""

    font: FontStyle
    tracking: float = 0.0
    word_space: float = 0.0
    leading: float = 1.2
