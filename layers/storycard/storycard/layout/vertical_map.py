"""Maps the heights of a composition to another format of its shape.

A composition is written for one format. In a higher one, or one of which a platform covers more or less, the parts that grow
share the difference; what stands between them keeps its height, and what stands at the card's edges stays there.

Under a strip across the top, the first thing on the card keeps most of its margin from the strip, and everything moves down with
it. The parts that grow, and what is seen of a photograph above them, give way.
"""

import itertools
from collections.abc import Iterator, Sequence

from storycard.design.composition import Area, Composition, Reference
from storycard.design.formats import Format

_MARGIN = 76  # px of the reference format: what stands nearer to the upper or lower edge stays there
_BELOW_STRIP = 0.7  # of its margin from the card's edge: what is left between a strip and the first thing below it


class VerticalMap:
    """Converts y of the reference format to y of a card, both in px. `strip` is the height of a strip in reference px."""

    def __init__(self, composition: Composition, reference: Reference, card: Format, strip: float = 0.0) -> None:
        self._scale = card.width / reference.width
        self._added = card.height / self._scale - reference.height
        self._top = max(_MARGIN, reference.safe_top)
        self._bottom = reference.height - max(_MARGIN, reference.safe_bottom)
        self._safe_top = card.safe.top / self._scale
        self._strip = strip
        new_top = max(_MARGIN, self._safe_top)
        new_bottom = reference.height + self._added - max(_MARGIN, card.safe.bottom / self._scale)
        head: list[tuple[float, float]] = list(self._below_strip(composition, reference)) if strip else [(self._top, new_top)]
        old, new = head[-1]
        growth = (new_bottom - self._bottom) - (new - old)
        zones = _growing(composition) if growth >= 0 or not strip else _shrinking(composition, old)
        self._points: list[tuple[float, float]] = [*head, *_grown(zones, new - old, growth), (self._bottom, new_bottom)]

    def __call__(self, y: float) -> float:
        """Returns the y on the card."""
        (top, new_top), (bottom, new_bottom) = self._points[0], self._points[-1]
        if y < top:
            return self._scale * (y + new_top - top if self._strip else min(y, new_top))
        if y > bottom:
            return self._scale * max(y + self._added, new_bottom)
        for (start, new_start), (end, new_end) in itertools.pairwise(self._points):
            if y <= end and end > start:
                return self._scale * (new_start + (y - start) * (new_end - new_start) / (end - start))
        return self._scale * new_bottom

    def span(self, area: Area) -> tuple[float, float]:
        """Returns the upper and the lower edge of an area on the card. One outside of the content keeps its height."""
        if area.bottom <= self._top:
            top = self(area.y) if self._strip else self._scale * area.y
            return top, top + self._scale * area.height
        if area.y >= self._bottom:
            return self._scale * (area.y + self._added), self._scale * (area.bottom + self._added)
        return self(area.y), self(area.bottom)

    def _below_strip(self, composition: Composition, reference: Reference) -> Iterator[tuple[float, float]]:
        """Yields the edge of the card, the first thing on it, and the top of the texts if that is lower, with their new y."""
        lower = self._safe_top + self._strip
        # Discs have no margin to keep.
        discs = {panel.area for panel in composition.panels if panel.radius >= panel.area.height / 2}
        first = min([self._top, *(area.y for area in _areas(composition) if area.y > 0 and area not in discs)])
        margin = _BELOW_STRIP * min(first, _MARGIN)
        yield 0.0, lower
        yield first, lower + margin
        if first < reference.safe_top:  # a device that stands where platforms cover the card
            yield self._top, lower + margin + _MARGIN


def _areas(composition: Composition) -> Iterator[Area]:
    """Yields the areas of all parts of a composition."""
    yield from (panel.area for panel in composition.panels)
    yield from (row.area for row in composition.rows)
    yield from (part.area for part in composition.parts.values())
    if composition.frame:
        yield composition.frame.area


def _growing(composition: Composition) -> list[tuple[float, float, float]]:
    """Returns the upper and lower edges of the parts that grow, and their shares."""
    return sorted(
        (composition.parts[name].area.y, composition.parts[name].area.bottom, share) for name, share in composition.grow
    )


def _shrinking(composition: Composition, top: float) -> list[tuple[float, float, float]]:
    """Returns the edges of what gives way to a strip, each with its height as its share.

    These are the parts that grow, and the photograph above them as far as nothing small stands on it.
    """
    zones = [(upper, lower, lower - upper) for upper, lower, _ in _growing(composition)]
    frame = composition.frame
    if not (frame and zones) or frame.radius >= frame.area.height / 2:  # a disc keeps its size
        return zones
    lower = min(frame.area.bottom, zones[0][0])
    upper = max(
        [frame.area.y, top, *(area.bottom for area in _areas(composition) if area.bottom <= lower and area != frame.area)]
    )
    return [(upper, lower, lower - upper), *zones] if lower > upper else zones


def _grown(zones: Sequence[tuple[float, float, float]], moved: float, growth: float) -> Iterator[tuple[float, float]]:
    """Yields the edges of the zones that grow by their shares, as pairs of their old and new y."""
    total = sum(share for _, _, share in zones)
    for upper, lower, share in zones:
        yield upper, upper + moved
        moved += growth * share / total
        yield lower, lower + moved
