"""Finds the direction in which a glyph's contours wind around their fill."""

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz

_Contours = list[list[tuple[float, float]]]


def is_counterclockwise(font: "uharfbuzz.Font", glyph: int) -> bool:
    """Returns whether the outline runs counterclockwise, as PostScript outlines do and TrueType outlines do not.

    The sign of the enclosed area decides. A curve counts as the polyline of its control points, whose area has the same sign.
    """
    contours: _Contours = []
    font.draw_glyph(glyph, _contour_collector(), contours)
    closed = ([*contour, contour[0]] for contour in contours)
    return sum(x0 * y1 - x1 * y0 for contour in closed for (x0, y0), (x1, y1) in pairwise(contour)) > 0


@cache
def _contour_collector() -> "uharfbuzz.DrawFuncs":
    import uharfbuzz as hb

    def move(x: float, y: float, contours: _Contours) -> None:
        contours.append([(x, y)])

    def line(x: float, y: float, contours: _Contours) -> None:
        contours[-1].append((x, y))

    def quadratic(x1: float, y1: float, x: float, y: float, contours: _Contours) -> None:
        contours[-1] += [(x1, y1), (x, y)]

    def cubic(x1: float, y1: float, x2: float, y2: float, x: float, y: float, contours: _Contours) -> None:
        contours[-1] += [(x1, y1), (x2, y2), (x, y)]

    functions = hb.DrawFuncs()
    functions.set_move_to_func(move)
    functions.set_line_to_func(line)
    functions.set_quadratic_to_func(quadratic)
    functions.set_cubic_to_func(cubic)
    return functions
