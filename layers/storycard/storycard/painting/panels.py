"""Draws the coverage masks of panels that are not plain rectangles: round corners, discs, outlines, crescents, arrows."""

import itertools
from collections.abc import Iterator
from functools import lru_cache

from PIL import Image, ImageDraw

from storycard.layout.scene import Rule

# Of a scrim: places from its transparent end (0) to its opaque one (1), and the opacity there.
_FADE = ((0.0, 0.0), (0.14, 0.6), (0.34, 0.88), (0.6, 0.96), (1.0, 1.0))
_ARROW_STROKE = 0.17  # of an arrow's height
_SAMPLES = 4  # per pixel and direction: sixteen grades on an edge


def panel_mask(rule: Rule) -> Image.Image:
    """Returns the mask (L) of a rule, as large as its rectangle in whole px."""
    left, top, right, bottom = rule.rect.pixels
    minus = rule.minus and (rule.minus.x - left, rule.minus.y - top, rule.minus.width)
    if rule.fade:
        return _fade_mask(right - left, bottom - top, rule.fade)
    if rule.arrow:
        return _arrow(right - left, bottom - top, rule.arrow)
    return _mask(right - left, bottom - top, rule.radius, rule.outline, minus, rule.corner)


def panel_pieces(rule: Rule) -> tuple[list[tuple[int, int, int, int]], list[tuple[Image.Image, tuple[int, int, int, int]]]]:
    """Returns the boxes that a rule fills, and the masks (L) of the rest with their boxes: left, top, right and bottom in px.

    Only the corners of a rounded panel need masks, which take much longer to paint than boxes.
    """
    left, top, right, bottom = rule.rect.pixels
    width, height = right - left, bottom - top
    if rule.is_plain:
        return [(left, top, right, bottom)], []
    side = max(int(rule.radius + 0.999), round(rule.outline))
    if rule.fade or rule.corner or rule.minus or rule.arrow or 2 * side >= min(width, height):
        return [], [(panel_mask(rule), (left, top, right, bottom))]
    edge = round(rule.outline) or side
    boxes = [
        (left + side, top, right - side, top + edge),
        (left + side, bottom - edge, right - side, bottom),
        (left, top + side, left + edge, bottom - side),
        (right - edge, top + side, right, bottom - side),
    ]
    if not rule.outline:
        boxes.append((left + side, top + side, right - side, bottom - side))
    corner = _mask(2 * side + 1, 2 * side + 1, rule.radius, rule.outline, None, "").crop((0, 0, side, side))
    mirrored = corner.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    upper, lower = (top, top + side), (bottom - side, bottom)
    masks = []
    for mask, (start, end) in ((corner, (left, left + side)), (mirrored, (right - side, right))):
        masks.append((mask, (start, upper[0], end, upper[1])))
        masks.append((mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (start, lower[0], end, lower[1])))
    return boxes, masks


def rounded_mask(width: int, height: int, radius: float) -> Image.Image:
    """Returns the mask (L) of a rectangle with round corners, in px."""
    return _mask(width, height, radius, 0, None, "")


@lru_cache(maxsize=32)  # the cards of a set have few different panels
def _mask(
    width: int, height: int, radius: float, outline: float, minus: tuple[float, float, float] | None, corner: str
) -> Image.Image:
    if corner:
        return _half(width, height, corner)
    mask = _rounded(width, height, radius)
    if outline:
        inside = round(outline)
        hole = _rounded(width - 2 * inside, height - 2 * inside, max(0.0, radius - outline))
        mask.paste(0, (inside, inside), hole)
    if minus:
        x, y, side = minus
        disc = _rounded(round(side), round(side), side / 2)
        mask.paste(0, (round(x), round(y)), disc)
    return mask


def _rounded(width: int, height: int, radius: float) -> Image.Image:
    """Returns the mask of a rectangle with round corners; only one of them is drawn, and mirrored."""
    mask = Image.new("L", (width, height), 255)
    radius = min(radius, width / 2, height / 2)
    if radius > 0:
        corner = _quarter(radius)
        mirrored = corner.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        right, bottom = width - corner.width, height - corner.height
        for picture, x, y in ((corner, 0, 0), (mirrored, right, 0)):
            mask.paste(picture, (x, y))
            mask.paste(picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (x, bottom))
    return mask


@lru_cache(maxsize=32)
def _quarter(radius: float) -> Image.Image:
    """Returns the upper left quarter of a disc."""
    side = int(radius + 0.999)
    large = Image.new("L", (side * _SAMPLES, side * _SAMPLES))
    end = 2 * radius * _SAMPLES - 1
    ImageDraw.Draw(large).ellipse((0, 0, end, end), fill=255)
    return large.reduce(_SAMPLES)


def fade_bands(rule: Rule) -> Iterator[tuple[tuple[int, int, int, int], int]]:
    """Yields the bands of a scrim that fades out upwards: the box of each, as in `panel_pieces`, and its opacity, 0 to 255."""
    left, top, right, bottom = rule.rect.pixels
    for opacity, rows in itertools.groupby(_opacities(bottom - top)):
        end = top + len(list(rows))
        yield (left, top, right, end), opacity
        top = end


@lru_cache(maxsize=16)
def _fade_mask(width: int, height: int, fade: str) -> Image.Image:
    """Returns the mask of a scrim that is opaque at one side and fades out towards the other, steeply at its end."""
    values = _opacities(height if fade == "bottom" else width)
    if fade == "bottom":
        return Image.frombytes("L", (1, height), values).resize((width, height), Image.Resampling.NEAREST)
    row = Image.frombytes("L", (width, 1), values if fade == "right" else values[::-1])
    return row.resize((width, height), Image.Resampling.NEAREST)


@lru_cache(maxsize=32)
def _opacities(length: int) -> bytes:
    """Returns the opacity, 0 to 255, of each px from the transparent end of a scrim to the opaque one."""
    return bytes(_opacity((place + 0.5) / length) for place in range(length))


def _opacity(place: float) -> int:
    """Returns the opacity, 0 to 255, at a place from the transparent end (0) to the opaque one (1) of a scrim."""
    (start, low), (end, high) = next(pair for pair in itertools.pairwise(_FADE) if place <= pair[1][0])
    return round(255 * (low + (high - low) * (place - start) / (end - start)))


def _half(width: int, height: int, corner: str) -> Image.Image:
    """Returns the mask of the half of a rectangle above a diagonal, which has its right angle at the upper `corner`."""
    right, bottom = width * _SAMPLES, height * _SAMPLES
    large = Image.new("L", (right, bottom))
    ImageDraw.Draw(large).polygon([(0, 0), (right, 0), (0 if corner == "left" else right, bottom)], fill=255)
    return large.reduce(_SAMPLES)


@lru_cache(maxsize=16)
def _arrow(width: int, height: int, side: str) -> Image.Image:
    """Returns the mask of an arrow whose point is in the middle of the side it points to."""
    large = Image.new("L", (width * _SAMPLES, height * _SAMPLES))
    right, bottom = large.width - 1, large.height - 1
    stroke = round(_ARROW_STROKE * bottom)
    tip, middle, back = right - stroke * 0.7, bottom / 2, right - bottom / 2 - stroke / 2
    draw = ImageDraw.Draw(large)
    draw.line([(0, middle), (tip, middle)], fill=255, width=stroke)
    draw.line([(back, stroke / 3), (tip, middle), (back, bottom - stroke / 3)], fill=255, width=stroke, joint="curve")
    small = large.reduce(_SAMPLES)
    return small if side == "right" else small.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
