"""Closes the gaps that an article without a kicker, a label, a credit or a date would leave in a composition."""

from dataclasses import replace
from types import MappingProxyType

from storycard.design.composition import Area, Composition, Part, Row, behind, drawn
from storycard.layout.rows.row_texts import RowTexts

_NEAR = 100  # px of the reference format between a row and the text that belongs to it
_BELOW_PHOTO = 20  # px between a photograph and its credit
_BESIDE = 12  # px between the upper edges of a text and of a panel that is as high as it


def without_empty_rows(composition: Composition, texts: RowTexts) -> Composition:
    """Returns a composition whose growing parts take the room of empty rows above them, and its photograph of a credit below it.

    Panels that are there for a kicker are left out without one, and those that stand for them then are left out with one.
    """
    panels = drawn(composition.panels, texts.has_head)
    filled = tuple(row for row in composition.rows if any(map(texts.has, row.items)))
    parts, frame = dict(composition.parts), composition.frame
    for row in (row for row in composition.rows if row not in filled):
        if frame and [*row.items] == ["credit"] and 0 <= row.area.y - frame.area.bottom <= _BELOW_PHOTO:
            frame = frame._replace(area=frame.area._replace(height=row.area.bottom - frame.area.y))
        for name, _ in composition.grow:
            part = parts[name]
            if _belongs(row, part, behind(row.area, composition.ground, panels) == behind(part.area, composition.ground, panels)):
                parts[name] = part._replace(area=_from(row.area.y, part.area))
                panels = tuple(
                    panel._replace(area=_from(row.area.y + panel.area.y - part.area.y, panel.area))
                    if abs(panel.area.y - part.area.y) <= _BESIDE
                    else panel
                    for panel in panels
                )
    return replace(composition, panels=panels, rows=filled, parts=MappingProxyType(parts), frame=frame)


def _belongs(row: Row, part: Part, on_same_colour: bool) -> bool:
    """Returns whether a row stands directly above a part."""
    one, other = row.area, part.area
    overlap = one.x < other.right and other.x < one.right
    return on_same_colour and overlap and 0 <= other.y - one.bottom <= _NEAR


def _from(top: float, area: Area) -> Area:
    """Returns an area with another upper edge."""
    return Area(area.x, top, area.width, area.bottom - top)
