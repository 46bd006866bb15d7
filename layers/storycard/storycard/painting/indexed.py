"""Paints a scene without a photograph as an indexed image, which has a third of the bytes of an RGB image to encode and send."""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from PIL import Image

from storycard.design import contrast
from storycard.layout.scene import Rule, Scene, Text
from storycard.painting.glyph_raster import Coverage, rasterize
from storycard.painting.legibility import contrast_behind
from storycard.painting.panels import panel_pieces
from storycard.painting.rgb import Painted

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

_MAX_COLOURS = 256
_ANY_COVERAGE = [0] + [255] * 255
_STEP = 44  # of 255, between two levels of coverage: no pixel differs by more than half of it, which is invisible on an edge


class _Mask(NamedTuple):
    """A coverage mask (mode L), its box on the card (left, top, right, bottom in px), and the colour that it is painted in."""

    mask: Image.Image
    box: tuple[int, int, int, int]
    colour: str


class _TooManyColours(Exception):
    """A scene needs more colours than a palette holds."""


class _Canvas:
    """An image of palette indices (mode L) and its palette: the colours of background and panels first, then their blends."""

    def __init__(self, scene: Scene) -> None:
        self._colours = list(dict.fromkeys([scene.background, *(rule.colour for rule in scene.rules)]))
        self._rules = scene.rules
        self._palette = [contrast.rgb(colour) for colour in self._colours]
        self._firsts: dict[tuple[int, str], int] = {}  # the first index of each blend of two colours
        self._painted: list[tuple[int, int, int, int]] = []  # the boxes of texts and logos
        self.image = Image.new("L", (scene.width, scene.height))

    def fill(self, box: tuple[int, int, int, int], colour: str) -> None:
        """Fills a box."""
        self.image.paste(self._colours.index(colour), box)

    def backgrounds(self, box: tuple[int, int, int, int], mask: Image.Image) -> tuple[int, ...]:
        """Returns the palette indices of the colours behind a mask. Raises _TooManyColours if a blend is one of them."""
        for rule in reversed(self._rules):
            where = _relation(rule, box)
            if where == "inside":
                return (self._colours.index(rule.colour),)
            if where == "across":
                counts = self.image.crop(box).histogram(mask)
                found = tuple(index for index, count in enumerate(counts) if count) or (0,)
                if found[-1] >= len(self._colours):
                    raise _TooManyColours
                return found
        return (0,)

    def paint_panel(self, painted: _Mask) -> None:
        """Paints a panel, which may lie over the edge of another: there it is blended with what was behind the other."""
        solid = list(range(256))
        for (background, colour), first in self._firsts.items():
            count = self._count_entries(background, colour)
            solid[first : first + count] = [background] * count
        behind = self.image.crop(painted.box).point(solid)
        self._blend(painted, behind, [index for index, count in enumerate(behind.histogram(painted.mask)) if count])

    def paint(self, painted: _Mask) -> None:
        """Paints a mask over the solid colours behind it. Raises _TooManyColours if that needs a 257th colour."""
        found = self.backgrounds(painted.box, painted.mask)
        if len(found) == 1 and self._is_one_colour(painted.box):
            self.image.im.paste(self._blended(painted, found[0]), painted.box)
        else:
            self._blend(painted, self.image.crop(painted.box) if len(found) > 1 else None, found)
        self._painted.append(painted.box)

    def _is_one_colour(self, box: tuple[int, int, int, int]) -> bool:
        """Returns whether a box has one solid colour, so that a mask can replace its pixels, which is three times as fast."""
        return not (any(_overlap(box, other) for other in self._painted) or self.has_edge(box))

    def has_edge(self, box: tuple[int, int, int, int]) -> bool:
        """Returns whether the edge of a rule crosses a box."""
        return any(_relation(rule, box) == "across" for rule in self._rules)

    def _blend(self, painted: _Mask, behind: Image.Image | None, found: Sequence[int]) -> None:
        """Paints a mask over each of the colours that are `found` in `behind`; None if there is only one."""
        for background in found:
            where = painted.mask.im.point(_ANY_COVERAGE, None)
            if behind:
                same = behind.im.point([255 * (index == background) for index in range(256)], None)
                where = where.chop_darker(same)
            self.image.im.paste(self._blended(painted, background), painted.box, where)

    def _blended(self, painted: _Mask, background: int) -> "ImagingCore":
        """Returns a mask as palette indices over one colour."""
        first, levels = self._first(background, painted.colour), self._count_levels(background, painted.colour)
        full = self._colours.index(painted.colour) if painted.colour in self._colours else first + levels - 1
        # Image.point would validate all 256 indices each time.
        blended: ImagingCore = painted.mask.im.point(_palette_indices(background, first, full, levels), None)
        return blended

    def finish(self) -> Image.Image:
        """Gives the image its palette, and returns it."""
        self.image.putpalette(bytes(value for colour in self._palette for value in colour))
        return self.image

    def solid(self) -> frozenset[int]:
        """Returns the palette indices of the colours that are no blends."""
        colours = (*self._colours, *(colour for _, colour in self._firsts))
        return frozenset(self._palette.index(contrast.rgb(colour)) for colour in colours)

    def crop(self, box: tuple[int, int, int, int]) -> Image.Image:
        """Returns a copy of a part of the image in RGB."""
        part = self.image.crop(box)
        part.putpalette(bytes(value for colour in self._palette for value in colour))
        return part.convert("RGB")

    def colour(self, index: int) -> str:
        """Returns one of the solid colours."""
        return self._colours[index]

    def _first(self, background: int, colour: str) -> int:
        if (background, colour) not in self._firsts:
            self._firsts[background, colour] = len(self._palette)
            blend = _blend(self._palette[background], contrast.rgb(colour), self._count_levels(background, colour))
            self._palette += blend[: self._count_entries(background, colour)]
            if len(self._palette) > _MAX_COLOURS:
                raise _TooManyColours
        return self._firsts[background, colour]

    def _count_levels(self, background: int, colour: str) -> int:
        return count_levels(self._palette[background], contrast.rgb(colour))

    def _count_entries(self, background: int, colour: str) -> int:
        """Returns how many entries a blend takes: the last level of a colour that a panel has needs none of its own."""
        return self._count_levels(background, colour) - (colour in self._colours)


def count_levels(background: tuple[int, ...], colour: tuple[int, ...]) -> int:
    """Returns how many levels of coverage a blend has: 6 between black and white, and fewer between closer colours."""
    return max(1, math.ceil(max(abs(low - high) for low, high in zip(background, colour, strict=True)) / _STEP))


def paint_indexed(scene: Scene, logo: Callable[[str, int], Image.Image]) -> Painted | None:
    """Returns the image of a scene (mode P), or None if that would need more colours.

    All colours are exact, but coverage is rounded to a few levels. More colours are needed for a photograph, a logo or an emoji
    in its own colours, a watermark, and text over the edge of a disc. `logo` returns a drawing (RGBA) by file and height in px.
    """
    if scene.photograph or scene.watermark or not all(placed.colour for placed in scene.logos) or _has_emoji(scene):
        return None
    try:
        return _paint(scene, logo)
    except _TooManyColours:
        return None


def _paint(scene: Scene, logo: Callable[[str, int], Image.Image]) -> Painted:
    canvas = _Canvas(scene)
    for rule in scene.rules:
        boxes, corners = panel_pieces(rule)
        for box in boxes:
            canvas.fill(box, rule.colour)
        for corner, box in corners:
            canvas.paint_panel(_inside(_Mask(corner, box, rule.colour), scene))
    masks = [rasterize(text.lines, text.font_px) for text in scene.texts]
    contrasts = [_contrast(canvas, text, coverage) for text, coverage in zip(scene.texts, masks, strict=True)]
    for placed in scene.logos:
        mask = logo(placed.file, round(placed.rect.height)).getchannel("A")
        x, y = round(placed.rect.x), round(placed.rect.y)
        canvas.paint(_Mask(mask, (x, y, x + mask.width, y + mask.height), placed.colour))
    for text, coverage in zip(scene.texts, masks, strict=True):
        if coverage:
            canvas.paint(_Mask(coverage.mask, coverage.box, text.colour))
    return Painted(canvas.finish(), tuple(contrasts), canvas.solid())


def _contrast(canvas: _Canvas, text: Text, coverage: Coverage | None) -> float:
    """Returns the contrast of a text with what is behind it, before any text is painted."""
    found = canvas.backgrounds(coverage.box, coverage.mask) if coverage else (0,)
    if len(found) == 1 and not any(canvas.has_edge(box.pixels) for box in text.line_boxes):
        return contrast.ratio(text.colour, canvas.colour(found[0]))
    lefts, tops, rights, bottoms = zip(*(box.pixels for box in text.line_boxes), strict=True)
    left, top = max(0, min(lefts)), max(0, min(tops))
    right, bottom = min(canvas.image.width, max(rights)), min(canvas.image.height, max(bottoms))
    return contrast_behind(canvas.crop((left, top, max(left, right), max(top, bottom))), text, (left, top))


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _relation(rule: Rule, box: tuple[int, int, int, int]) -> Literal["inside", "across", "outside"]:
    """Returns where a box is: inside of what a rule fills, across its edge, or outside of it."""
    left, top, right, bottom = rule.rect.pixels
    if not _overlap(box, (left, top, right, bottom)):
        return "outside"
    inset = math.ceil(rule.outline or (1 - math.sqrt(0.5)) * rule.radius)  # of the largest rectangle that the corners leave
    fits = left + inset <= box[0] and top + inset <= box[1] and box[2] <= right - inset and box[3] <= bottom - inset
    if not fits or rule.minus or rule.corner or rule.fade or rule.arrow:
        return "across"
    return "outside" if rule.outline else "inside"


def _inside(painted: _Mask, scene: Scene) -> _Mask:
    """Returns the part of a mask that is on the card."""
    left, top, right, bottom = painted.box
    box = max(0, left), max(0, top), min(scene.width, right), min(scene.height, bottom)
    if box == painted.box:
        return painted
    return painted._replace(mask=painted.mask.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top)), box=box)


def _has_emoji(scene: Scene) -> bool:
    runs = (run for text in scene.texts for placed in text.lines for run in placed.line.runs)
    return any(run.font.has_colours for run in runs)


@cache
def _palette_indices(background: int, first: int, full: int, levels: int) -> list[int]:
    """Returns the palette index for each coverage, 0 to 255: `background` for none, `full` for all, blends from `first` on."""
    rounded = ((value * levels + 127) // 255 for value in range(256))
    return [full if level == levels else first + level - 1 if level else background for level in rounded]


@cache
def _blend(background: tuple[int, ...], colour: tuple[int, ...], levels: int) -> list[tuple[int, ...]]:
    """Returns the colours of all levels of coverage, from nearly `background` up to `colour` itself."""
    return [
        tuple(round(low + (high - low) * level / levels) for low, high in zip(background, colour, strict=True))
        for level in range(1, levels + 1)
    ]
