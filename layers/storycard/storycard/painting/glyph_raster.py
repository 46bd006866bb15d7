"""Set lines of type into pixels: the coverage of their letters, and pictures of the glyphs that bring their own colours."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import uharfbuzz as hb
from PIL import Image, ImageColor

from storycard.layout.scene import PlacedLine
from storycard.text.fonts.font import Font

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

InColour = Callable[[int, Font, tuple[float, ...]], None]
_BOTTOM_UP = -1  # the order of HarfBuzz's rows, in Pillow's words
_PLACES = 4  # in a px where a glyph may stand, as in browsers: an eighth of a px to either side is not seen
_APART = 0.5  # px: what nearer letters cover of one pixel adds up only when they are drawn together
_LETTERS_KEPT = 2048  # of some 3 KB each: a theme takes 1,700, and finds nine of ten there from the second set on


class Coverage(NamedTuple):
    """How much of each pixel is covered (mode L), and where on the card: left, top, right and bottom in px."""

    mask: Image.Image
    box: tuple[int, int, int, int]


# A mask, and its box: both as in Coverage, but that the mask is what Pillow's core has of it, which to ask for takes time.
_Part = tuple["ImagingCore", int, int, int, int]
# A glyph with ink in px: its font and ID, its origin on the card, y upwards as HarfBuzz has it, and where what it covers begins
# and ends. A plain tuple: there are hundreds on a card, and a named one takes six times as long to make.
_Letter = tuple[Font, int, float, float, float, float]


def coverage(lines: Sequence[PlacedLine], font_px: int, in_colour: InColour | None = None) -> Coverage | None:
    """How much of each pixel letters cover; None where there is nothing to see.

    Glyphs that bring their own colours go to `in_colour`, or nowhere.
    """
    parts = [part for placed in lines for part in _parts(placed, font_px, in_colour)]
    if not parts:
        return None
    _, lefts, tops, rights, bottoms = zip(*parts, strict=True)
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    mask = Image.new("L", (right - left, bottom - top))
    # What Image.paste does, without the time it takes to look at its arguments: as long again, for hundreds of letters.
    paste = mask.im.paste
    for part, x, y, end, below in parts:
        paste(255, (x - left, y - top, end - left, below - top), part)
    return Coverage(mask, (left, top, right, bottom))


def _parts(placed: PlacedLine, font_px: int, in_colour: InColour | None) -> list[_Part]:
    """What the letters of a line cover, those that touch together.

    Each stands at one of a few places in a px: letters that look the same then take fewer bytes, and are drawn once. None is
    moved by more than can be seen, and neither the first nor the last: a line's edges stay.
    """
    parts: list[_Part] = []
    knots = _knots(placed, font_px)
    last = len(knots) - 1
    for index, letters in enumerate(knots):
        font, glyph, x, y, _, _ = letters[0]
        place = round(x * _PLACES) / _PLACES if 0 < index < last else x
        if len(letters) > 1 or font.has_colours:
            parts += _touching(letters, place - x, font_px, in_colour)
            continue
        column, row = math.floor(place), math.floor(y)
        mask, left, top, right, bottom = _letter(font, glyph, font_px, place - column, y - row)
        parts.append((mask, column + left, top - row, column + right, bottom - row))
    return parts


def _knots(placed: PlacedLine, font_px: int) -> list[list[_Letter]]:
    """The letters of a line from left to right, those together whose boxes all but touch."""
    knots: list[list[_Letter]] = []
    reached = -math.inf
    for run in placed.line.runs:
        font, start = run.font, placed.x + run.x * font_px
        ids, xs, ys, _, _, lefts, rights, _, _ = run.glyphs
        for glyph, x, y, left, right in zip(ids, xs, ys, lefts, rights, strict=True):
            if left > right:  # nothing to see, or a missing glyph: it would draw a box, and is counted in the manifest instead
                continue
            left, right = start + left * font_px, start + right * font_px
            letter = (font, glyph, start + x * font_px, y * font_px - placed.baseline, left, right)
            if left > reached + _APART:
                knots.append([letter])
            else:
                knots[-1].append(letter)
            if right > reached:
                reached = right
    return knots


@lru_cache(maxsize=_LETTERS_KEPT)
def _letter(font: Font, glyph: int, font_px: int, x: float, y: float) -> _Part:
    """One glyph whose origin is `x` px to the right of a pixel's lower left corner and `y` px above it."""
    scale = font_px / font.upem
    raster = hb.RasterDraw()
    raster.transform = (scale, 0, 0, scale, x, y)
    raster.draw_glyph(font.hb_font, glyph)
    return _drawn(raster)


def _touching(letters: Sequence[_Letter], move: float, font_px: int, in_colour: InColour | None) -> list[_Part]:
    """What letters cover that lie beside or over each other, or bring their own colours, `move` px to the right."""
    # Where outlines that wind in opposite ways lie over each other, as a mark may over its letter, one raster would leave a
    # hole: each glyph goes to the first raster where it lies over nothing, or over what winds as it does.
    rasters: list[hb.RasterDraw] = []
    reached: list[tuple[float, bool]] = []  # how far right each raster is taken, and which way its last glyph winds
    for font, glyph, x, y, left, right in letters:
        scale = font_px / font.upem
        transform = (scale, 0, 0, scale, x + move, y)
        if font.has_colours:
            if in_colour:
                in_colour(glyph, font, transform)
            continue
        winding = font.is_counterclockwise(glyph)
        free = next((index for index, (end, way) in enumerate(reached) if end + 1 <= left or way == winding), len(rasters))
        if free == len(rasters):
            rasters.append(hb.RasterDraw())
            reached.append((right, winding))
        reached[free] = (max(right, reached[free][0]), winding)
        rasters[free].transform = transform
        rasters[free].draw_glyph(font.hb_font, glyph)
    return [_drawn(raster) for raster in rasters]


def _drawn(raster: hb.RasterDraw) -> _Part:
    picture = raster.render()
    extents = picture.extents
    mask = Image.frombytes("L", (extents.width, extents.height), picture.buffer, "raw", "L", extents.stride, _BOTTOM_UP)
    left, top = extents.x_origin, -extents.y_origin - extents.height
    return mask.im, left, top, left + mask.width, top + mask.height


def paint_glyph(image: Image.Image, glyph_id: int, font: Font, transform: tuple[float, ...], colour: str) -> None:
    """Draw one glyph that brings its own colours (COLRv1), such as an emoji, on a card (RGB)."""
    painter = hb.RasterPaint()
    painter.transform = transform
    painter.foreground = hb.Color(*ImageColor.getrgb(colour), 255)
    outline = font.hb_font.get_glyph_extents(glyph_id)
    if outline and painter.set_glyph_extents(outline):
        painter.paint_glyph(font.hb_font, glyph_id)
        picture = painter.render()
        extents = picture.extents
        size = (extents.width, extents.height)
        premultiplied = Image.frombytes("RGBa", size, picture.buffer, "raw", "BGRa", extents.stride, _BOTTOM_UP)
        pixels = premultiplied.convert("RGBA")
        image.paste(pixels, (extents.x_origin, -extents.y_origin - extents.height), pixels)
