"""Merges similar colours of a palette, because lossless images of up to 16 colours have two pixels in a byte."""

import itertools
from functools import lru_cache
from typing import NamedTuple

from PIL import Image

# Two pixels of up to 16 colours share a byte, which saves a tenth of the bytes and a sixth of the time to compress them.
FEW_COLOURS = 16
_MOST_APART = 32  # of 255 in any channel: no pixel changes by more than half of it, which is invisible on an edge

_Colour = tuple[int, ...]


class Merged(NamedTuple):
    """Fewer colours, and for each of 256 indices of the former palette its index among them."""

    indices: tuple[int, ...]
    colours: tuple[_Colour, ...]


def with_few_colours(image: Image.Image, solid: frozenset[int]) -> Image.Image:
    """Returns an image in mode P with at most 16 colours, or the image itself if it has more after similar ones are merged.

    The palette indices in `solid` keep their colours exactly.
    """
    palette = image.getpalette() or []
    merged = merge_similar(tuple(zip(*[iter(palette)] * 3, strict=True)), solid)
    if not merged:
        return image
    fewer = image.point(merged.indices)
    fewer.putpalette(bytes(value for colour in merged.colours for value in colour))
    return fewer


@lru_cache(maxsize=64)  # the cards of a set have few palettes
def merge_similar(colours: tuple[_Colour, ...], exact: frozenset[int]) -> Merged | None:
    """Returns at most 16 colours that look like `colours` on the edges of letters; None if more are needed.

    The most similar ones are merged first, to the colour between them. The indices in `exact` keep their colours.
    """
    pairs = itertools.permutations(range(len(colours)), 2)
    distances = sorted(
        (_distance(colours[kept], colours[dropped]) * (2 if kept in exact else 1), kept, dropped)
        for kept, dropped in pairs
        if dropped not in exact and (kept in exact or kept < dropped)
    )
    groups = {index: [colour] for index, colour in enumerate(colours)}
    into: dict[int, int] = {}
    for distance, kept, dropped in distances:
        if distance > (_MOST_APART if len(groups) > FEW_COLOURS else 0):
            break
        if kept in groups and len(groups.get(dropped, ())) == 1:
            groups[kept] += groups.pop(dropped)
            into[dropped] = kept
    if len(groups) > FEW_COLOURS:
        return None
    places = {index: place for place, index in enumerate(groups)}
    indices = [places[into.get(index, index)] for index in range(len(colours))]
    merged = (colours[index] if index in exact else _between(group) for index, group in groups.items())
    return Merged((*indices, *[0] * (256 - len(indices))), tuple(merged))


def _distance(one: _Colour, other: _Colour) -> int:
    return max(abs(first - second) for first, second in zip(one, other, strict=True))


def _between(group: list[_Colour]) -> _Colour:
    return tuple((min(channel) + max(channel)) // 2 for channel in zip(*group, strict=True))
