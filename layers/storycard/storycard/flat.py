"""A Scene without a photograph into an indexed picture: a third of the bytes to write, and of those to send."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PIL import Image

from storycard import contrast
from storycard.paint import Painted
from storycard.raster import coverage
from storycard.scene import Scene

_COLOURS = 256
_MOST_LEVELS = 24  # of coverage between two colours: an eye sees no edge between neighbours 11/255 apart
_FEWEST_LEVELS = 16


@dataclass(frozen=True, slots=True)
class _Stain:
    """One colour in the shape of a mask (mode L) over one colour of the palette."""

    mask: Image.Image
    box: tuple[int, int, int, int]
    colour: str
    beneath: int


def paint_flat(scene: Scene, mark: Callable[[str, int], Image.Image]) -> Painted | None:
    """The picture of a scene (mode P), every colour exact but for coverage in steps; None where it takes more colours.

    That is with a photograph, a mark or an emoji in its own colours, a watermark, or text over two colours at once.
    """
    if scene.photograph or scene.watermark or not all(placed.colour for placed in scene.marks) or _has_emoji(scene):
        return None
    palette = list(dict.fromkeys([scene.ground, *(rule.colour for rule in scene.rules)]))
    image = Image.new("L", (scene.width, scene.height))
    for rule in scene.rules:
        image.paste(palette.index(rule.colour), rule.rect.pixels)
    letters = [coverage(text.lines, text.font_px) for text in scene.texts]
    grounds = [_one_colour(image, covered.box) if covered else 0 for covered in letters]
    stains: list[_Stain] = []
    for placed in scene.marks:
        mask = mark(placed.file, round(placed.rect.height)).getchannel("A")
        x, y = round(placed.rect.x), round(placed.rect.y)
        box = (x, y, x + mask.width, y + mask.height)
        stains.append(_Stain(mask, box, placed.colour, _one_colour(image, box)))
    for text, covered, ground in zip(scene.texts, letters, grounds, strict=True):
        if covered:
            stains.append(_Stain(covered.mask, covered.box, text.colour, ground))
    blends = list(dict.fromkeys((stain.beneath, stain.colour) for stain in stains))
    levels = min(_MOST_LEVELS, (_COLOURS - len(palette)) // max(1, len(blends)))
    if -1 in (stain.beneath for stain in stains) or levels < _FEWEST_LEVELS:
        return None
    starts = {blend: len(palette) + index * levels for index, blend in enumerate(blends)}
    for stain in stains:
        image.paste(stain.mask.point(_indices(stain.beneath, starts[stain.beneath, stain.colour], levels)), stain.box)
    colours = [contrast.rgb(colour) for colour in palette]
    for beneath, colour in blends:
        colours += _between(colours[beneath], contrast.rgb(colour), levels)
    image.putpalette(bytes(value for colour in colours for value in colour))
    contrasts = (contrast.ratio(text.colour, palette[ground]) for text, ground in zip(scene.texts, grounds, strict=True))
    return Painted(image, tuple(contrasts))


def _has_emoji(scene: Scene) -> bool:
    runs = (run for text in scene.texts for placed in text.lines for run in placed.line.runs)
    return any(run.font.hb.face.has_color_paint for run in runs)


def _one_colour(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """The index of the only colour in a box, -1 where there are several."""
    colours = image.crop(box).getcolors(1)
    return colours[0][1] if colours else -1


@cache
def _indices(beneath: int, start: int, levels: int) -> list[int]:
    """For each coverage the index of its colour: `beneath` for none, then the blend's from `start` on."""
    nearest = ((value * levels + 127) // 255 for value in range(256))
    return [start + level - 1 if level else beneath for level in nearest]


@cache
def _between(ground: tuple[int, ...], ink: tuple[int, ...], levels: int) -> list[tuple[int, ...]]:
    """The colours from next to `ground` up to `ink` itself."""
    return [
        tuple(round(low + (high - low) * level / levels) for low, high in zip(ground, ink, strict=True))
        for level in range(1, levels + 1)
    ]
