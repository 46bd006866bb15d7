"""Checks whether a photograph may stand on a card as it was placed: no edge cuts a head, and no type or scrim is on one."""

import itertools
from typing import TYPE_CHECKING

from storycard.design.contrast import PATCH, STEPS, required_ratio, scrim_step
from storycard.layout.card_builder import CardBuilder
from storycard.layout.photo_blocks import main_heads
from storycard.layout.scene import Rect, Text

if TYPE_CHECKING:
    from storycard.photo import Photo
    from storycard.photo.crop import Box

_SLACK = 0.02  # of a head's height: less beyond an edge is not seen as a cut
_CLEAR_FADE = 0.4  # of the part of a scrim that fades out: so far down, it veils a face too little to be seen
_STRONGEST = 0.55  # opacity: a stronger scrim hides the photograph; the painter may need a step more than is found here
_BUSIEST = 14.0  # mean difference of neighbouring patches, of 255, through the scrim: more disturbs reading


def find_problem(builder: CardBuilder, photo: "Photo") -> str:
    """Returns why the photograph may not stand as it was placed; "" if it may."""
    placed = builder.photograph
    if placed is None:
        return ""
    left, top, right, bottom = placed.rect.pixels
    part = photo.crop(right - left, bottom - top, placed.focus)
    return _head_problem(builder, photo, placed.rect, part) or (_text_problem(builder, photo, placed.rect, part))


def _head_problem(builder: CardBuilder, photo: "Photo", rect: Rect, part: "Box") -> str:
    heads = [] if photo.subject.source == "editor" else main_heads(photo)
    scale = rect.width / (part.right - part.left)
    clear = min((scrim.rect.y + _CLEAR_FADE * (scrim.solid - scrim.rect.y) for scrim in builder.scrims), default=rect.bottom)
    for head in heads:
        slack = _SLACK * (head.bottom - head.top) * photo.height
        across = part.left - slack <= head.left * photo.width and head.right * photo.width <= part.right + slack
        if not (across and part.top - slack <= head.top * photo.height and head.bottom * photo.height <= part.bottom + slack):
            return "an edge would cut a head"
        if rect.y + (head.bottom * photo.height - part.top - slack) * scale > clear:
            return "the text would cover a head"
        if rect.y + (head.top * photo.height - part.top + slack) * scale < builder.format.safe.top:
            return "the platform would cover a head"
    return ""


def _text_problem(builder: CardBuilder, photo: "Photo", rect: Rect, part: "Box") -> str:
    """Looks at what is behind the texts of the first scrim that are not in a box of their own."""
    if not builder.scrims:
        return ""
    scene = builder.scene()
    scrim, foot = scene.scrims
    filled = [rule.rect for rule in scene.rules]
    for text in scene.texts:
        box = text.box
        if not (scrim.solid <= box.y < foot.solid and box.width and box.height) or any(fill.contains(box) for fill in filled):
            continue
        rows = _patches(photo, rect, part, text)
        patches = [patch for row in rows for patch in row]
        opacity = scrim_step(patches, text.colour, scrim.colour, required_ratio(text.font_px, scene.width)) / STEPS
        if opacity > _STRONGEST:
            return "the text would need a scrim that hides the photograph"
        if (1 - opacity) * _busyness(rows) > _BUSIEST:
            return "the photograph is too busy behind the text"
    return ""


def _patches(photo: "Photo", rect: Rect, part: "Box", text: Text) -> list[list[tuple[int, int, int]]]:
    """Returns rows of the mean colours behind a text, over patches of half its size."""
    scale = (part.right - part.left) / rect.width
    box, side = text.box, PATCH * text.font_px
    left, top = part.left + (box.x - rect.x) * scale, part.top + (box.y - rect.y) * scale
    behind = (left, top, left + box.width * scale, top + box.height * scale)
    columns, rows = max(1, round(box.width / side)), max(1, round(box.height / side))
    colours = iter(photo.sample(behind, columns, rows))
    patches = list(zip(colours, colours, colours, strict=True))
    return [patches[start : start + columns] for start in range(0, len(patches), columns)]


def _busyness(rows: list[list[tuple[int, int, int]]]) -> float:
    """Returns the mean difference in grey, of 255, between neighbouring patches of a row."""
    greys = [[(299 * red + 587 * green + 114 * blue) / 1000 for red, green, blue in row] for row in rows]
    steps = [abs(one - other) for row in greys for one, other in itertools.pairwise(row)]
    return sum(steps) / len(steps) if steps else 0.0
