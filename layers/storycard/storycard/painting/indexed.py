"""A Scene without a photograph into an indexed picture: a third of the bytes to write, and of those to send."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from PIL import Image

from storycard.design import contrast
from storycard.layout.scene import Scene
from storycard.painting.glyph_raster import coverage
from storycard.painting.rgb import Painted

_COLOURS = 256
_STEPS = 8  # of coverage between two colours: none is further than 16/255 from what it should be, which no eye sees on an edge


class _Stain(NamedTuple):
    """One colour in the shape of a mask (mode L) over one colour of the palette."""

    mask: Image.Image
    box: tuple[int, int, int, int]
    colour: str
    beneath: int


def paint_indexed(scene: Scene, logo: Callable[[str, int], Image.Image]) -> Painted | None:
    """The picture of a scene (mode P), every colour exact but for coverage in steps; None where it takes more colours.

    That is with a photograph, a mark or an emoji in its own colours, a watermark, or text over two colours at once.
    """
    if scene.photograph or scene.watermark or not all(placed.colour for placed in scene.logos) or _has_emoji(scene):
        return None
    palette = list(dict.fromkeys([scene.background, *(rule.colour for rule in scene.rules)]))
    image = Image.new("L", (scene.width, scene.height))
    for rule in scene.rules:
        image.paste(palette.index(rule.colour), rule.rect.pixels)
    letters = [coverage(text.lines, text.font_px) for text in scene.texts]
    grounds = [_beneath(covered.box, scene, palette) if covered else 0 for covered in letters]
    stains: list[_Stain] = []
    for placed in scene.logos:
        mask = logo(placed.file, round(placed.rect.height)).getchannel("A")
        x, y = round(placed.rect.x), round(placed.rect.y)
        box = (x, y, x + mask.width, y + mask.height)
        stains.append(_Stain(mask, box, placed.colour, _beneath(box, scene, palette)))
    for text, covered, ground in zip(scene.texts, letters, grounds, strict=True):
        if covered:
            stains.append(_Stain(covered.mask, covered.box, text.colour, ground))
    blends = list(dict.fromkeys((stain.beneath, stain.colour) for stain in stains))
    if -1 in (stain.beneath for stain in stains) or len(palette) + _STEPS * len(blends) > _COLOURS:
        return None
    starts = {blend: len(palette) + index * _STEPS for index, blend in enumerate(blends)}
    for stain in stains:
        indices = _indices(stain.beneath, starts[stain.beneath, stain.colour])
        image.im.paste(stain.mask.im.point(indices, None), stain.box)  # Image.point would check each of 256 indices again
    colours = [contrast.rgb(colour) for colour in palette]
    for beneath, colour in blends:
        colours += _between(colours[beneath], contrast.rgb(colour))
    image.putpalette(bytes(value for colour in colours for value in colour))
    contrasts = (contrast.ratio(text.colour, palette[ground]) for text, ground in zip(scene.texts, grounds, strict=True))
    return Painted(image, tuple(contrasts))


def _has_emoji(scene: Scene) -> bool:
    runs = (run for text in scene.texts for placed in text.lines for run in placed.line.runs)
    return any(run.font.has_colours for run in runs)


def _beneath(box: tuple[int, int, int, int], scene: Scene, palette: Sequence[str]) -> int:
    """The index of the only colour behind a box (left, top, right, bottom in px), -1 where there are several."""
    for rule in reversed(scene.rules):
        left, top, right, bottom = rule.rect.pixels
        if left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom:
            return palette.index(rule.colour)
        if max(left, box[0]) < min(right, box[2]) and max(top, box[1]) < min(bottom, box[3]):
            return -1
    return 0


@cache
def _indices(beneath: int, start: int) -> list[int]:
    """For each coverage the index of its colour: `beneath` for none, then the blend's from `start` on."""
    nearest = ((value * _STEPS + 127) // 255 for value in range(256))
    return [start + step - 1 if step else beneath for step in nearest]


@cache
def _between(ground: tuple[int, ...], ink: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The colours from next to `ground` up to `ink` itself."""
    return [
        tuple(round(low + (high - low) * step / _STEPS) for low, high in zip(ground, ink, strict=True))
        for step in range(1, _STEPS + 1)
    ]
