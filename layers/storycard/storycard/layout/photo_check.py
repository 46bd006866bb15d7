"""Checks whether a photograph may stand on a card as it was placed: no edge cuts a head, and no type or scrim is on one."""

import itertools
from typing import TYPE_CHECKING

from storycard.design.contrast import PATCH, STEPS, required_ratio, scrim_step
from storycard.layout.card_builder import CardBuilder
from storycard.layout.scene import Photograph, Rect

if TYPE_CHECKING:
    from storycard.photo import Photo
    from storycard.photo.crop import Box

_SLACK = 0.02  # of a head's height: less beyond an edge is not seen as a cut
_CLEAR_FADE = 0.4  # share of a scrim's fade, from its top, in which it darkens a face too little to be seen
_STRONGEST = 0.55  # opacity: a stronger scrim hides the photograph; the painter may need a step more than is found here
_BUSIEST = 14.0  # mean difference of neighbouring patches, of 255, through the scrim: more disturbs reading


def find_problem(builder: CardBuilder, photo: "Photo") -> str:
    """Returns why the photograph may not stand as it was placed; "" if it may."""
    placed = builder.photograph
    if placed is None:
        return ""
    return _head_problem(builder, placed, photo) or _text_problem(builder, placed, photo)


def heads_on_card(placed: Photograph, photo: "Photo") -> list[Rect]:
    """Returns where the main heads of the photograph are on the card, in px. Parts of them may be outside of its rectangle."""
    part, scale = _shown(placed, photo)
    left, top = placed.rect.x - part.left * scale, placed.rect.y - part.top * scale
    width, height = photo.width * scale, photo.height * scale
    sizes = ((head, (head.right - head.left) * width, (head.bottom - head.top) * height) for head in photo.subject.main_heads)
    return [Rect(left + head.left * width, top + head.top * height, *size) for head, *size in sizes]


def _shown(placed: Photograph, photo: "Photo") -> tuple["Box", float]:
    """Returns the part of the photograph that the card shows, in its own px, and how many times that is enlarged."""
    left, top, right, bottom = placed.rect.pixels
    part = photo.crop(right - left, bottom - top, placed.focus)
    return part, (right - left) / (part.right - part.left)


def _head_problem(builder: CardBuilder, placed: Photograph, photo: "Photo") -> str:
    rect = placed.rect
    clear = min((scrim.rect.y + _CLEAR_FADE * (scrim.solid - scrim.rect.y) for scrim in builder.scrims), default=rect.bottom)
    credits = [text.box for text in builder.scene().texts if text.role == "credit"]
    for head in heads_on_card(placed, photo):
        slack = _SLACK * head.height
        whole = Rect(rect.x - slack, rect.y - slack, rect.width + 2 * slack, rect.height + 2 * slack).contains(head)
        if not whole:
            return "an edge would cut a head"
        if head.bottom - slack > clear or any(head.overlaps(credit) for credit in credits):
            return "the text would cover a head"
        if head.y + slack < builder.format.safe.top:
            return "the platform would cover a head"
    if photo.subject.source == "editor" and builder.scrims and _point_on_card(placed, photo) > clear:
        return "the text would cover the editor's focal point"
    return ""


def _point_on_card(placed: Photograph, photo: "Photo") -> float:
    """Returns the y of the subject's point on the card, in px."""
    part, scale = _shown(placed, photo)
    return placed.rect.y + (photo.subject.point[1] * photo.height - part.top) * scale


def _text_problem(builder: CardBuilder, placed: Photograph, photo: "Photo") -> str:
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
        lines = [_patches(placed, photo, line, PATCH * text.font_px) for line in text.line_boxes]
        required = required_ratio(text.font_px, scene.width)
        steps = (scrim_step([patch for row in rows for patch in row], text.colour, scrim.colour, required) for rows in lines)
        opacity = max(steps) / STEPS
        if opacity > _STRONGEST:
            return "the text would need a scrim that hides the photograph"
        if (1 - opacity) * _busyness([row for rows in lines for row in rows]) > _BUSIEST:
            return "the photograph is too busy behind the text"
    return ""


def _patches(placed: Photograph, photo: "Photo", box: Rect, side: float) -> list[list[tuple[int, int, int]]]:
    """Returns rows of the mean colours in a box of the card, over patches with this side in px."""
    part, scale = _shown(placed, photo)
    left, top = part.left + (box.x - placed.rect.x) / scale, part.top + (box.y - placed.rect.y) / scale
    behind = (left, top, left + box.width / scale, top + box.height / scale)
    columns, rows = max(1, round(box.width / side)), max(1, round(box.height / side))
    colours = iter(photo.sample(behind, columns, rows))
    patches = list(zip(colours, colours, colours, strict=True))
    return [patches[start : start + columns] for start in range(0, len(patches), columns)]


def _busyness(rows: list[list[tuple[int, int, int]]]) -> float:
    """Returns the mean difference in grey, of 255, between neighbouring patches of a row."""
    greys = [[(299 * red + 587 * green + 114 * blue) / 1000 for red, green, blue in row] for row in rows]
    steps = [abs(one - other) for row in greys for one, other in itertools.pairwise(row)]
    return sum(steps) / len(steps) if steps else 0.0
