"""Maps the heights of a composition to another format of its shape.

A composition is written for one format. In a higher one, or one of which a platform covers more or less, the parts that grow
share the difference; what stands between them keeps its height, and what stands at the card's edges stays there.
"""

import itertools
from collections.abc import Sequence

from storycard.design.composition import Area, Composition, Reference
from storycard.design.formats import Format

_MARGIN = 76  # px of the reference format: what stands nearer to the upper or lower edge stays there


class VerticalMap:
    """Converts y of the reference format to y of a card, both in px."""

    def __init__(self, composition: Composition, reference: Reference, card: Format) -> None:
        self._scale = card.width / reference.width
        self._added = card.height / self._scale - reference.height
        self._top = max(_MARGIN, reference.safe_top)
        self._bottom = reference.height - max(_MARGIN, reference.safe_bottom)
        new_top = max(_MARGIN, card.safe.top / self._scale)
        new_bottom = reference.height + self._added - max(_MARGIN, card.safe.bottom / self._scale)
        moved, growth = new_top - self._top, (new_bottom - self._bottom) - (new_top - self._top)
        self._points = [(self._top, new_top), *_grown(composition, moved, growth), (self._bottom, new_bottom)]

    def __call__(self, y: float) -> float:
        """Returns the y on the card."""
        (top, new_top), (bottom, new_bottom) = self._points[0], self._points[-1]
        if y < top:
            return self._scale * min(y, new_top)
        if y > bottom:
            return self._scale * max(y + self._added, new_bottom)
        for (start, new_start), (end, new_end) in itertools.pairwise(self._points):
            if y <= end and end > start:
                return self._scale * (new_start + (y - start) * (new_end - new_start) / (end - start))
        return self._scale * new_bottom

    def span(self, area: Area) -> tuple[float, float]:
        """Returns the upper and the lower edge of an area on the card. One outside of the content keeps its height."""
        if area.bottom <= self._top:
            return self._scale * area.y, self._scale * area.bottom
        if area.y >= self._bottom:
            return self._scale * (area.y + self._added), self._scale * (area.bottom + self._added)
        return self(area.y), self(area.bottom)


def _grown(composition: Composition, moved: float, growth: float) -> Sequence[tuple[float, float]]:
    """Returns the edges of the parts that grow, as pairs of their old and new y."""
    areas = ((composition.parts[name].area, share) for name, share in composition.grow)
    zones = sorted((area.y, area.bottom, share) for area, share in areas)
    total = sum(share for _, _, share in zones)
    points = []
    for upper, lower, share in zones:
        points.append((upper, upper + moved))
        moved += growth * share / total
        points.append((lower, lower + moved))
    return points
