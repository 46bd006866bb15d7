"""Paints a scene without a photograph as an indexed image, which has a third of the bytes of an RGB image to encode and send."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from PIL import Image

from storycard.design import contrast
from storycard.layout.scene import Scene
from storycard.painting.glyph_raster import rasterize
from storycard.painting.rgb import Painted

_MAX_COLOURS = 256
_LEVELS = 8  # of coverage between two colours: no pixel differs by more than 16 of 255, which is invisible on an edge


class _Fill(NamedTuple):
    """A coverage mask (mode L) painted in one colour over one background, an index in the palette."""

    mask: Image.Image
    box: tuple[int, int, int, int]
    colour: str
    background: int


def paint_indexed(scene: Scene, logo: Callable[[str, int], Image.Image]) -> Painted | None:
    """Returns the image of a scene (mode P), or None if that would need more colours.

    All colours are exact, but coverage is rounded to a few levels. More colours are needed for a photograph, a logo or an emoji
    in its own colours, a watermark, and text over two backgrounds. `logo` returns a drawing (RGBA) by file and height in px.
    """
    if scene.photograph or scene.watermark or not all(placed.colour for placed in scene.logos) or _has_emoji(scene):
        return None
    palette = list(dict.fromkeys([scene.background, *(rule.colour for rule in scene.rules)]))
    image = Image.new("L", (scene.width, scene.height))
    for rule in scene.rules:
        image.paste(palette.index(rule.colour), rule.rect.pixels)
    coverages = [rasterize(text.lines, text.font_px) for text in scene.texts]
    backgrounds = [_find_background(coverage.box, scene, palette) if coverage else 0 for coverage in coverages]
    fills: list[_Fill] = []
    for placed in scene.logos:
        mask = logo(placed.file, round(placed.rect.height)).getchannel("A")
        x, y = round(placed.rect.x), round(placed.rect.y)
        box = (x, y, x + mask.width, y + mask.height)
        fills.append(_Fill(mask, box, placed.colour, _find_background(box, scene, palette)))
    for text, coverage, background in zip(scene.texts, coverages, backgrounds, strict=True):
        if coverage:
            fills.append(_Fill(coverage.mask, coverage.box, text.colour, background))
    blends = list(dict.fromkeys((fill.background, fill.colour) for fill in fills))
    if any(fill.background < 0 for fill in fills) or len(palette) + _LEVELS * len(blends) > _MAX_COLOURS:
        return None
    first_indices = {blend: len(palette) + number * _LEVELS for number, blend in enumerate(blends)}
    for fill in fills:
        indices = _palette_indices(fill.background, first_indices[fill.background, fill.colour])
        image.im.paste(fill.mask.im.point(indices, None), fill.box)  # Image.point would validate all 256 indices each time
    colours = [contrast.rgb(colour) for colour in palette]
    for background, colour in blends:
        colours += _blend(colours[background], contrast.rgb(colour))
    image.putpalette(bytes(value for colour in colours for value in colour))
    contrasts = (
        contrast.ratio(text.colour, palette[background]) for text, background in zip(scene.texts, backgrounds, strict=True)
    )
    return Painted(image, tuple(contrasts))


def _has_emoji(scene: Scene) -> bool:
    runs = (run for text in scene.texts for placed in text.lines for run in placed.line.runs)
    return any(run.font.has_colours for run in runs)


def _find_background(box: tuple[int, int, int, int], scene: Scene, palette: Sequence[str]) -> int:
    """Returns the palette index of the only colour behind a box (left, top, right, bottom in px), or -1 if there are several."""
    for rule in reversed(scene.rules):
        left, top, right, bottom = rule.rect.pixels
        if left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom:
            return palette.index(rule.colour)
        if max(left, box[0]) < min(right, box[2]) and max(top, box[1]) < min(bottom, box[3]):
            return -1
    return 0


@cache
def _palette_indices(background: int, first: int) -> list[int]:
    """Returns the palette index for each coverage, 0 to 255: `background` for none, then those of the blend from `first` on."""
    levels = ((value * _LEVELS + 127) // 255 for value in range(256))
    return [first + level - 1 if level else background for level in levels]


@cache
def _blend(background: tuple[int, ...], colour: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Returns the colours of all levels of coverage, from nearly `background` up to `colour` itself."""
    return [
        tuple(round(low + (high - low) * level / _LEVELS) for low, high in zip(background, colour, strict=True))
        for level in range(1, _LEVELS + 1)
    ]
