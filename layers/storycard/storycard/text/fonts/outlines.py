"""A glyph's outline into the way it winds round what it fills."""

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz

_Contours = list[list[tuple[float, float]]]


def winds_left(font: "uharfbuzz.Font", glyph: int) -> bool:
    """Whether it runs counterclockwise, as PostScript outlines do and TrueType's do not: by the sign of its area.

    A curve counts as the line through its control points, which encloses area of the same sign.
    """
    contours: _Contours = []
    font.draw_glyph(glyph, _collector(), contours)
    closed = ([*contour, contour[0]] for contour in contours)
    return sum(x0 * y1 - x1 * y0 for contour in closed for (x0, y0), (x1, y1) in pairwise(contour)) > 0


@cache
def _collector() -> "uharfbuzz.DrawFuncs":
    import uharfbuzz as hb

    def move(x: float, y: float, contours: _Contours) -> None:
        contours.append([(x, y)])

    def line(x: float, y: float, contours: _Contours) -> None:
        contours[-1].append((x, y))

    def curve(*values: float | _Contours) -> None:
        *numbers, contours = values
        contours[-1].extend(zip(numbers[::2], numbers[1::2], strict=True))

    functions = hb.DrawFuncs()
    functions.set_move_to_func(move)
    functions.set_line_to_func(line)
    functions.set_quadratic_to_func(curve)
    functions.set_cubic_to_func(curve)
    return functions
