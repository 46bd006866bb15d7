"""Moves the subject of a photograph into the part of it that an editor chose."""

from dataclasses import replace

from storycard.photo.crop import Box, Subject

_SEEN = 0.5  # of a head: with less of it in the part, the head is not there


def chosen_part(width: int, height: int, crop: tuple[float, float, float, float]) -> Box:
    """Returns the part of a picture of `width` x `height` px, in whole px, for a crop in shares of it: x, y, width, height."""
    x, y, share_x, share_y = crop
    left, top = min(round(x * width), width - 1), min(round(y * height), height - 1)
    right, bottom = max(left + 1, round((x + share_x) * width)), max(top + 1, round((y + share_y) * height))
    return Box(left, top, min(right, width), min(bottom, height))


def subject_in(subject: Subject, part: Box, width: int, height: int) -> Subject:
    """Returns the subject in shares of a part, in px, of its picture of `width` x `height` px.

    A point outside of the part moves to its edge. Heads and windows of which less than half is in the part are left out.
    """
    x, y = subject.point
    point = _share(x * width, part.left, part.right), _share(y * height, part.top, part.bottom)
    faces, windows = (
        tuple(moved for box in boxes if (moved := _moved(box, part, width, height))) for boxes in (subject.faces, subject.windows)
    )
    return replace(subject, point=point, faces=faces, windows=windows)


def leaves_out(subject: Subject, part: Box, width: int, height: int) -> bool:
    """Returns whether a part shows less of the picture than a description of it may name: all heads, else all windows."""
    boxes = subject.tall_heads or subject.windows
    middles = (((box.left + box.right) / 2 * width, (box.top + box.bottom) / 2 * height) for box in boxes)
    return not all(part.left <= x <= part.right and part.top <= y <= part.bottom for x, y in middles)


def _moved(box: Box, part: Box, width: int, height: int) -> Box | None:
    left, right = (_share(x * width, part.left, part.right) for x in (box.left, box.right))
    top, bottom = (_share(y * height, part.top, part.bottom) for y in (box.top, box.bottom))
    moved = Box(left, top, right, bottom)
    seen = moved.area * (part.right - part.left) * (part.bottom - part.top)
    return moved if seen > 0 and seen >= _SEEN * box.area * width * height else None


def _share(place: float, start: float, end: float) -> float:
    return min(max((place - start) / (end - start), 0.0), 1.0)
