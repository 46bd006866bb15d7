"""Checks whether a photograph may stand on a card as it was placed: no edge cuts a head, and no type is on one."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from storycard.design.formats import Format
from storycard.layout.scene import Photograph, Rect, Scene

if TYPE_CHECKING:
    from storycard.photo import Photo
    from storycard.photo.crop import Box

_HEADROOM = 0.08  # of a head's height: the room above it, if the picture has that much
_RIM = 0.02  # of a head's width and height: less beyond an edge is not seen as a cut
_CLEAR_FADE = 0.1  # of a scrim's length: the part at its transparent end that veils a face too little to be seen
_MAX_ENLARGED = 2.2  # times: a picture enlarged further looks soft, even at feed size
_MAX_ENLARGED_NOISE = 1.3  # times: grain enlarged further is larger than the details of a picture
_TURNS = tuple(2 * math.pi * step / 24 for step in range(24))  # the points of an ellipse's edge that are checked, in radians


def find_problem(scene: Scene, photo: "Photo", card: Format) -> str:
    """Returns why the photograph may not stand as it is placed in the scene; "" if it may."""
    placed = scene.photograph
    if placed is None:
        return ""
    _, scale = _shown(placed, photo)
    if scale > most_enlarged(photo) * 1.01:  # the rectangle has whole px
        return f"the picture is too {'noisy' if photo.flaw == 'noisy' else 'small'} for the theme's place"
    covers = list(_covers(scene))
    visible = Rect(0, card.safe.top, card.width, card.height - card.safe.top)
    for head, marked in zip(heads_on_card(placed, photo), photo.subject.main_heads, strict=True):
        inner = _without_rim(head)
        if not _is_whole(inner, placed):
            return "an edge would cut a head"
        if not visible.contains(inner):
            return "the platform or the card's edge would cut a head"
        if any(cover.overlaps(inner) for cover in covers):
            return "the text would cover a head"
        above = head.height * marked.top / (marked.bottom - marked.top) if marked.bottom > marked.top else 0.0
        if head.y - placed.rect.y < min(_HEADROOM * head.height, above) - 1:
            return "an edge would touch a head"
    if photo.subject.source == "editor" and any(_contains(cover, _point_on_card(placed, photo)) for cover in covers):
        return "the text would cover the editor's focal point"
    return ""


def most_enlarged(photo: "Photo") -> float:
    """Returns how many times a photograph may be enlarged."""
    return _MAX_ENLARGED_NOISE if photo.flaw == "noisy" else _MAX_ENLARGED


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


def _point_on_card(placed: Photograph, photo: "Photo") -> tuple[float, float]:
    part, scale = _shown(placed, photo)
    x, y = photo.subject.point
    return placed.rect.x + (x * photo.width - part.left) * scale, placed.rect.y + (y * photo.height - part.top) * scale


def _is_whole(head: Rect, placed: Photograph) -> bool:
    """Returns whether a head is in the photograph's rectangle; in a disc, whether the ellipse that it nearly fills is."""
    if not placed.rect.contains(head):
        return False
    if placed.radius < placed.rect.height / 2:
        return True
    x, y = placed.rect.x + placed.radius, placed.rect.y + placed.radius
    middle_x, middle_y, across, down = head.x + head.width / 2, head.y + head.height / 2, head.width / 2, head.height / 2
    edge = ((middle_x + across * math.cos(turn), middle_y + down * math.sin(turn)) for turn in _TURNS)
    return all(math.hypot(edge_x - x, edge_y - y) <= placed.radius for edge_x, edge_y in edge)


def _covers(scene: Scene) -> Iterable[Rect]:
    """Yields what is on the photograph: texts, logos, panels, and scrims without the beginning of their fade."""
    yield from (text.box for text in scene.texts)
    yield from (logo.rect for logo in scene.logos)
    for rule in scene.rules:
        rect, clear = rule.rect, _CLEAR_FADE
        if rule.fade == "bottom":
            yield Rect(rect.x, rect.y + clear * rect.height, rect.width, rect.height * (1 - clear))
        elif rule.fade == "left":
            yield rect._replace(width=rect.width * (1 - clear))
        elif rule.fade == "right":
            yield Rect(rect.x + clear * rect.width, rect.y, rect.width * (1 - clear), rect.height)
        elif not rule.outline:
            yield rect


def _without_rim(head: Rect) -> Rect:
    """Returns a head without its rim, whose loss nobody notices."""
    x, y = _RIM * head.width, _RIM * head.height
    return Rect(head.x + x, head.y + y, head.width - 2 * x, head.height - 2 * y)


def _contains(rect: Rect, point: tuple[float, float]) -> bool:
    return rect.x <= point[0] <= rect.right and rect.y <= point[1] <= rect.bottom
