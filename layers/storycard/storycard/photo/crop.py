"""Computes which part of a picture fills a frame, from the picture's size, its subject and its faces."""

from dataclasses import dataclass
from typing import Literal

_MAX_ZOOM = 1.3  # how many times smaller a crop may be to lift the subject above the text


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


def crop(width: int, height: int, target: CropTarget, subject: Subject) -> Box:
    """Returns the part of a picture of `width` x `height` px, in px, that fills the target.

    The part has the target's proportions, contains the subject's point, and brings it as close as possible to the focus. It is
    as large as the picture allows, or up to 1.3 times smaller if that lifts a marked subject to the focus. It does not cut
    through a face that it can show whole or leave out.
    """
    part_width = min(width, height * target.width / target.height)
    part_height = part_width * target.height / target.width

    def part(scale: float) -> Box:
        left = _start(width, part_width * scale, 0, target, subject)
        top = _start(height, part_height * scale, 1, target, subject)
        return Box(left, top, left + part_width * scale, top + part_height * scale)

    largest = part(1)
    if subject.source == "content" or part_width <= target.width:  # do not zoom in on a guess, or into an enlarged picture
        return largest
    below_subject = (1 - subject.point[1]) * height
    lifting = below_subject / max(1 - target.focus[1], 0.01) / part_height
    closer = part(min(1, max(lifting, 1 / _MAX_ZOOM, target.width / part_width)))
    return closer if _face_area(closer, width, height, subject) >= _face_area(largest, width, height, subject) else largest


def _start(length: int, part: float, axis: Literal[0, 1], target: CropTarget, subject: Subject) -> float:
    """Returns where the part begins along one axis of the picture, in px.

    Among the positions that contain the subject's point, it minimises in this order: how much of the faces is cut off, how
    much of them is left out (only if the point comes from the faces), and the distance to the focus. The best position is the
    one nearest to the focus, or one at the edge of a face.
    """
    point = subject.point[axis] * length
    lowest, highest = max(0.0, point - part), max(0.0, min(length - part, point))
    ideal = _clamp(point - target.focus[axis] * part, lowest, highest)
    faces = [_extent(face, axis, length) for face in subject.faces]
    edges = [edge - inset for face in faces for edge in face for inset in (0, part)]

    def cost(position: float) -> tuple[float, float, float]:
        kept = [max(0.0, min(end, position + part) - max(start, position)) for start, end in faces]
        left_out = [end - start - inside for (start, end), inside in zip(faces, kept, strict=True)]
        cut = sum(min(inside, outside) for inside, outside in zip(kept, left_out, strict=True))
        # A thousandth of a pixel is rounding, not a cut.
        return round(cut, 3), round(sum(left_out), 3) if subject.source == "faces" else 0, abs(position - ideal)

    return min((ideal, *(_clamp(edge, lowest, highest) for edge in edges)), key=cost)


def _extent(face: Box, axis: Literal[0, 1], length: int) -> tuple[float, float]:
    start, end = (face.left, face.right) if axis == 0 else (face.top, face.bottom)
    return start * length, end * length


def _face_area(part: Box, width: int, height: int, subject: Subject) -> float:
    """Returns the area of all faces that the part shows, each rounded to whole px."""
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


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
