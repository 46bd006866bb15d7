"""Places the panels and the photograph of a composition: rectangles and discs in px of the card."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from storycard.design.composition import Area, Frame, Panel
from storycard.layout.photo_check import most_enlarged
from storycard.layout.scene import Rect, Rule, rounded
from storycard.layout.vertical_map import VerticalMap

if TYPE_CHECKING:
    from storycard.photo import Photo


_FOLD = 280  # px of the reference format: the least side of a larger fold, on a card that has little room for it
_FOLD_GAP = 16  # px between a text and a fold below it


def panel_rules(panels: Sequence[Panel], scale: float, y: VerticalMap, mirror: Callable[[Rect], Rect], rtl: bool) -> list[Rule]:
    """Returns what panels are on the card, mirrored if need be. `scale` is px of the card for each px of the reference format."""
    folds = {panel.area for panel in panels if panel.corner and panel.area.width == panel.area.height}
    return [_panel_rule(panel, panel.area in folds, scale, y, mirror, rtl) for panel in panels]


def _panel_rule(panel: Panel, is_fold: bool, scale: float, y: VerticalMap, mirror: Callable[[Rect], Rect], rtl: bool) -> Rule:
    """Returns one panel. A fold stays square, at its trailing edge."""
    minus = mirror(disc_rect(panel.minus, scale, y)) if panel.minus else None
    radius, outline = panel.radius * scale, panel.outline * scale
    if panel.radius >= panel.area.height / 2 > 0 and panel.area.width == panel.area.height:
        return Rule(mirror(disc_rect(panel.area, scale, y)), panel.colour, radius, outline, minus)
    top, bottom = y.span(panel.area)
    if is_fold:
        top = min(top, bottom - min(_FOLD, panel.area.width) * scale)
    width = bottom - top if is_fold else panel.area.width * scale
    rect = rounded(Rect(panel.area.right * scale - width, top, width, bottom - top))
    leading = "right" if rtl else "left"
    fade = leading if panel.fade == "start" else panel.fade or ""
    return Rule(mirror(rect), panel.colour, radius, outline, minus, leading if panel.corner else "", fade)


def gap_before(rules: Sequence[Rule], room: Rect, mirror: Callable[[Rect], Rect]) -> float:
    """Returns the x in px, not mirrored, in the middle between a room and what is before it at its height, or 0."""
    rects = [(mirror(rule.rect), rule.outline) for rule in rules if rule.is_plain or rule.outline]
    level = [(rect, outline) for rect, outline in rects if rect.y < room.bottom and room.y < rect.bottom]
    ends = [rect.x + outline if outline else rect.right for rect, outline in level]
    return max([(end + room.x) / 2 for end in ends if 0 < end <= room.x], default=0.0)


def above_fold(rules: Sequence[Rule], room: Rect, bottom: float, mirror: Callable[[Rect], Rect]) -> Rect:
    """Returns the part of a room, not mirrored, above a fold in the lower corner of a card that is `bottom` px high."""
    folds = (mirror(rule.rect) for rule in rules if rule.corner and rule.rect.bottom >= bottom)
    tops = [fold.y - _FOLD_GAP for fold in folds if fold.x < room.right and room.y < fold.y - _FOLD_GAP]
    return room._replace(height=min([room.bottom, *tops]) - room.y)


def photo_rect(frame: Frame, photo: "Photo", scale: float, y: VerticalMap) -> Rect:
    """Returns the place of a photograph, not mirrored: its frame, or as much of it as the whole photograph takes."""
    area = frame.area
    if frame.radius >= area.height / 2:
        rect = disc_rect(area, scale, y)
    else:
        rect = Rect(area.x * scale, y(area.y), area.width * scale, y(area.bottom) - y(area.y))
    if not frame.whole:
        return rect
    shrink = min(rect.width / photo.width, rect.height / photo.height, most_enlarged(photo))
    width, height = shrink * photo.width, shrink * photo.height
    x, y_share = frame.at
    return Rect(rect.x + x * (rect.width - width), rect.y + y_share * (rect.height - height), width, height)


def disc_rect(area: Area, scale: float, y: VerticalMap) -> Rect:
    """Returns the rectangle of a disc, which keeps its proportions and whose centre moves with the parts beside it."""
    side = area.width * scale
    return Rect(area.x * scale, y(area.y + area.height / 2) - side / 2, side, side)
