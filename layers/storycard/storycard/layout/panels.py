"""Builds the panels of a composition: rectangles and discs in px of the card, mirrored if need be."""

from collections.abc import Callable

from storycard.design.composition import Area, Panel
from storycard.layout.scene import Rect, Rule, rounded
from storycard.layout.vertical_map import VerticalMap


def panel_rule(panel: Panel, scale: float, y: VerticalMap, mirror: Callable[[Rect], Rect], rtl: bool) -> Rule:
    """Returns what a panel is on the card. `scale` is px of the card for each px of the reference format."""
    minus = mirror(disc_rect(panel.minus, scale, y)) if panel.minus else None
    radius, outline = panel.radius * scale, panel.outline * scale
    if panel.radius >= panel.area.height / 2 > 0 and panel.area.width == panel.area.height:
        return Rule(mirror(disc_rect(panel.area, scale, y)), panel.colour, radius, outline, minus)
    top, bottom = y.span(panel.area)
    rect = rounded(Rect(panel.area.x * scale, top, panel.area.width * scale, bottom - top))
    leading = "right" if rtl else "left"
    fade = leading if panel.fade == "start" else panel.fade or ""
    return Rule(mirror(rect), panel.colour, radius, outline, minus, leading if panel.corner else "", fade)


def disc_rect(area: Area, scale: float, y: VerticalMap) -> Rect:
    """Returns the rectangle of a disc, which keeps its proportions and whose centre moves with the parts beside it."""
    side = area.width * scale
    return Rect(area.x * scale, y(area.y + area.height / 2) - side / 2, side, side)
