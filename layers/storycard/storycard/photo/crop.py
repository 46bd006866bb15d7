"""From a picture's size, its subject and its faces to the part of it that fills a frame, in numbers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_CLOSEST = 1.3  # how many times smaller a crop may get to lift the subject clear of type


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: of a crop in px, of a face in shares of its picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a picture has to fill: its size in px, and where in it (0 to 1, from the top left) the subject should lie."""

    width: int
    height: int
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture is of, in shares of it: the point that matters, the faces, and whose word it is."""

    point: tuple[float, float]
    faces: tuple[Box, ...] = ()
    source: Literal["editor", "faces", "content"] = "content"


def crop(width: int, height: int, frame: Frame, subject: Subject) -> Box:
    """The part of a picture of `width` x `height` px, in px, that fills the frame, with the subject as near its focus as can be.

    The part has the frame's proportions and holds the subject's point. It is as large as the picture allows, or up to 1.3 times
    smaller where that lifts a subject to its focus that somebody marked. No face is cut that can be left whole, or left out.
    """
    part_width = min(width, height * frame.width / frame.height)
    part_height = part_width * frame.height / frame.width

    def part(scale: float) -> Box:
        left = _placed(width, part_width * scale, 0, frame, subject)
        top = _placed(height, part_height * scale, 1, frame, subject)
        return Box(left, top, left + part_width * scale, top + part_height * scale)

    largest = part(1)
    if subject.source == "content" or part_width <= frame.width:  # never closer on a guess, nor into a scaled-up picture
        return largest
    under_subject = (1 - subject.point[1]) * height
    lifting = under_subject / max(1 - frame.focus[1], 0.01) / part_height
    closer = part(min(1, max(lifting, 1 / _CLOSEST, frame.width / part_width)))
    return closer if _face_area(closer, width, height, subject) >= _face_area(largest, width, height, subject) else largest


def _placed(length: int, part: float, axis: Literal[0, 1], frame: Frame, subject: Subject) -> float:
    """Where along a side of the picture the part begins, in px.

    Of all places that keep the subject's point inside, the one that cuts least off faces, then (unless an editor chose the
    point) leaves the least of them out, then is nearest to the focus. The best place is the nearest, or at the edge of a face.
    """
    point = subject.point[axis] * length
    lowest, highest = max(0.0, point - part), max(0.0, min(length - part, point))
    ideal = _within(point - frame.focus[axis] * part, lowest, highest)
    faces = [_side(face, axis, length) for face in subject.faces]
    edges = [edge - inset for face in faces for edge in face for inset in (0, part)]

    def cost(place: float) -> tuple[float, float, float]:
        kept = [max(0.0, min(end, place + part) - max(start, place)) for start, end in faces]
        left_out = [end - start - inside for (start, end), inside in zip(faces, kept, strict=True)]
        cut = sum(min(inside, outside) for inside, outside in zip(kept, left_out, strict=True))
        # A thousandth of a pixel is no cut: only rounding.
        return round(cut, 3), round(sum(left_out), 3) if subject.source == "faces" else 0, abs(place - ideal)

    return min((ideal, *(_within(edge, lowest, highest) for edge in edges)), key=cost)


def _side(face: Box, axis: Literal[0, 1], length: int) -> Sequence[float]:
    start, end = (face.left, face.right) if axis == 0 else (face.top, face.bottom)
    return start * length, end * length


def _face_area(part: Box, width: int, height: int, subject: Subject) -> float:
    """How much of all faces the part shows, in whole px."""
    return sum(
        round(
            Box(
                max(face.left * width, part.left),
                max(face.top * height, part.top),
                min(face.right * width, part.right),
                min(face.bottom * height, part.bottom),
            ).area
        )
        for face in subject.faces
    )


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
