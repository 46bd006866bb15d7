"""Computes which part of a picture fills a frame, from the picture's size, its subject and its faces."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

_MAX_ZOOM = 1.3  # how many times smaller a crop may be to lift the subject above the text
_SMALL = 0.15  # of a crop's height: shorter heads are part of a wide scene
_MATTERS = 0.6  # of the tallest head's height: shorter heads are in the background
_EYES = 0.45  # of a head's height, from its top
_LOOKING = 0.1  # of a frame's width: the distance of a head in profile from the middle, with the room where it looks
_EYES_ABOVE = 0.08  # of a frame's height: the eyes' place above the focus; on the upper third if the focus is in the middle
# Shares of a head's width and height that stay free around it where there is a choice: room for hair, hats and air.
_BESIDE, _ABOVE, _BELOW = 0.12, 0.22, 0.05
_LEAST_ABOVE = 0.06  # of a head's height, which is 8 % of the face's: comes before all other room
_MIDDLE = 0.1  # of a frame's side: a focus farther from its middle makes room for text, under which no window may be moved
_LOWEST = 0.8  # of a frame's height: the lowest place of a window's point, if only the upper part of the window fits


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle. Crops are in px, faces in shares of their picture (0 to 1)."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class CropTarget:
    """The frame to fill: its size in px, and the point (0 to 1 from the top left) where the subject should lie."""

    width: int
    height: int
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a picture: its point and faces in shares of the picture, and where this information comes from."""

    point: tuple[float, float]
    faces: tuple[Box, ...] = ()
    source: Literal["editor", "faces", "content"] = "content"
    looks: float = 0.0  # where the main heads look: -1 in profile to the left, 0 ahead, 1 in profile to the right
    windows: tuple[Box, ...] = ()  # that draw the eye, in shares of the picture, the most salient first; only without faces

    @property
    def main_heads(self) -> tuple[Box, ...]:
        """All heads but those in the background; if an editor chose the point, the heads that it is on."""
        if self.source == "editor":
            x, y = self.point
            return tuple(head for head in self.faces if head.left <= x <= head.right and head.top <= y <= head.bottom)
        return self.tall_heads

    @property
    def tall_heads(self) -> tuple[Box, ...]:
        """All heads but those in the background."""
        tallest = max((head.bottom - head.top for head in self.faces), default=0.0)
        return tuple(head for head in self.faces if head.bottom - head.top >= _MATTERS * tallest)


@lru_cache(maxsize=256)  # the layout asks for the same crops as the painter
def crop(width: int, height: int, target: CropTarget, subject: Subject) -> Box:
    """Returns the part of a picture of `width` x `height` px, in px, that fills the target.

    The part has the target's proportions, contains the subject's point, and brings it as close as possible to the focus. It is
    as large as the picture allows, or up to 1.3 times smaller if that lifts a marked subject, other than small faces, to the
    focus. It does not cut through a face that it can show whole or leave out.
    """
    part_width = min(width, height * target.width / target.height)
    part_height = part_width * target.height / target.width

    def part(scale: float) -> Box:
        left = _start(width, part_width * scale, 0, target, subject)
        top = _start(height, part_height * scale, 1, target, subject)
        return Box(left, top, left + part_width * scale, top + part_height * scale)

    largest = part(1)
    tallest = max((head.bottom - head.top for head in subject.faces), default=0.0) * height
    is_scene = subject.source == "content" or (subject.source == "faces" and tallest < _SMALL * part_height)
    if is_scene or part_width <= target.width:  # do not zoom in on a guess or on small faces, or into an enlarged picture
        return largest
    below_subject = (1 - subject.point[1]) * height
    lifting = below_subject / max(1 - target.focus[1], 0.01) / part_height
    closer = part(min(1, max(lifting, 1 / _MAX_ZOOM, target.width / part_width)))
    return closer if _face_area(closer, width, height, subject) >= _face_area(largest, width, height, subject) else largest


def _start(length: int, part: float, axis: Literal[0, 1], target: CropTarget, subject: Subject) -> float:
    """Returns where the part begins along one axis of the picture, in px.

    Among the positions that contain the subject's point, it minimises in this order: how much of the main heads is cut off, how
    much of them is left out, how much of the least room above and then of the room around them is cut off, how much of the heads
    in the background is cut off, how much of the most salient window is left out, and the distance to the focus, or to the top
    of a window that is too tall. The best position is the one nearest to the focus, or one at an edge.
    """
    point = subject.point[axis] * length
    lowest, highest = max(0.0, point - part), max(0.0, min(length - part, point))
    main_heads = subject.main_heads
    main = [_extent(head, axis, length) for head in main_heads]
    others = [_extent(head, axis, length) for head in subject.faces if head not in main_heads]
    topped = [_extent(_grown(head, 0, _LEAST_ABOVE, 0), axis, length) for head in main_heads]
    rooms = [_extent(_grown(head, _BESIDE, _ABOVE, _BELOW), axis, length) for head in main_heads]
    is_free = abs(target.focus[axis] - 0.5) <= _MIDDLE
    windows = [_extent(window, axis, length) for window in subject.windows[:1] if subject.source == "content" and is_free]
    ideal = _ideal(subject, axis, length) - _place(target, subject, axis) * part
    if axis == 1 and windows and windows[0][1] - windows[0][0] > part:
        ideal = max(windows[0][0], point - _LOWEST * part)  # what is too tall keeps its top: a head, or a spire
    ideal = _clamp(ideal, lowest, highest)
    edges = [edge - inset for extent in (*main, *others, *topped, *rooms, *windows) for edge in extent for inset in (0, part)]

    def cost(position: float) -> tuple[float, ...]:
        cut, left_out = _lost(main, position, part)
        (_, low), (_, tight) = _lost(topped, position, part), _lost(rooms, position, part)
        background, _ = _lost(others, position, part)
        _, missed = _lost(windows, position, part)
        return cut, left_out, low, tight, background, missed, abs(position - ideal)

    return min((ideal, *(_clamp(edge, lowest, highest) for edge in edges)), key=cost)


def _lost(extents: list[tuple[float, float]], position: float, part: float) -> tuple[float, float]:
    """Returns how many px of extents an edge cuts off, and how many are outside of the part, rounded to 0.001 px."""
    cut = left_out = 0.0
    for start, end in extents:
        inside = max(0.0, min(end, position + part) - max(start, position))
        outside = end - start - inside
        cut, left_out = cut + min(inside, outside), left_out + outside
    return round(cut, 3), round(left_out, 3)


def _ideal(subject: Subject, axis: Literal[0, 1], length: int) -> float:
    """Returns the ideal point along one axis of the picture, in px: the subject's point, or the height of the eyes."""
    if axis == 0 or subject.source != "faces":
        return subject.point[axis] * length
    eyes = [head.top + _EYES * (head.bottom - head.top) for head in subject.main_heads]
    return sum(eyes) / len(eyes) * length if eyes else subject.point[1] * length


def _place(target: CropTarget, subject: Subject, axis: Literal[0, 1]) -> float:
    """Returns where the ideal point should be along one axis of the frame, 0 to 1."""
    if subject.source != "faces":
        return target.focus[axis]
    return target.focus[0] - _LOOKING * subject.looks if axis == 0 else max(0.0, target.focus[1] - _EYES_ABOVE)


def _grown(head: Box, beside: float, above: float, below: float) -> Box:
    """Returns a head with room around it, in shares of its width and height."""
    width, height = head.right - head.left, head.bottom - head.top
    return Box(
        max(0.0, head.left - beside * width),
        max(0.0, head.top - above * height),
        min(1.0, head.right + beside * width),
        min(1.0, head.bottom + below * height),
    )


def _extent(face: Box, axis: Literal[0, 1], length: int) -> tuple[float, float]:
    start, end = (face.left, face.right) if axis == 0 else (face.top, face.bottom)
    return start * length, end * length


def _face_area(part: Box, width: int, height: int, subject: Subject) -> float:
    """Returns the area of all heads, with the least room above them, that the part shows, each rounded to whole px."""
    return sum(
        round(
            Box(
                max(face.left * width, part.left),
                max(face.top * height, part.top),
                min(face.right * width, part.right),
                min(face.bottom * height, part.bottom),
            ).area
        )
        for face in (_grown(head, 0, _LEAST_ABOVE, 0) for head in subject.faces)
    )


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
