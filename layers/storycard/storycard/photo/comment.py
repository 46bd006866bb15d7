"""Writes and reads the JPEG comment of a stored photo: its subject, its rights and the length of its half-size copy."""

import itertools
import json
from dataclasses import dataclass
from typing import Literal

from storycard.photo.crop import Box, Subject
from storycard.photo.regions import MAX_FACES
from storycard.photo.rights import NO_RIGHTS, Rights

_HEADER = b"storycard 1 "
_BEFORE = b"\xff\xd8\xff\xe0\0\x10JFIF\0"  # SOI and APP0, as libjpeg writes them; the comment follows 11 bytes later
_COMMENT_AT = 20


Flaw = Literal["", "dark", "noisy"]
FLAWS: tuple[Flaw, ...] = ("dark", "noisy")


@dataclass(frozen=True, slots=True)
class Comment:
    """What the comment of a stored photo holds. `half_bytes` is 0 if there is no half-size copy, `flaw` "" if it has none."""

    subject: Subject
    rights: Rights = NO_RIGHTS
    half_bytes: int = 0
    flaw: Flaw = ""


def write_comment(comment: Comment) -> bytes:
    """Returns the comment as bytes. Empty rights and a missing copy are left out, so such photos keep their bytes."""
    subject, rights = comment.subject, comment.rights
    fields: dict[str, object] = {
        "point": subject.point,
        "faces": _sides(subject.faces),
    }
    if subject.looks:
        fields["looks"] = subject.looks
    if subject.windows:
        fields["windows"] = _sides(subject.windows)
    if rights != NO_RIGHTS:
        fields["rights"] = [rights.credit, rights.notice]
    if comment.flaw:
        fields["flaw"] = comment.flaw
    if comment.half_bytes:
        fields["half"] = comment.half_bytes
    return _HEADER + json.dumps(fields, separators=(",", ":")).encode()


def find_comment(data: bytes) -> bytes:
    """Returns the comment that follows the JFIF header of a JPEG, b"" for any other file."""
    if not data.startswith(_BEFORE) or data[_COMMENT_AT : _COMMENT_AT + 2] != b"\xff\xfe":
        return b""
    length = int.from_bytes(data[_COMMENT_AT + 2 : _COMMENT_AT + 4])
    return data[_COMMENT_AT + 4 : _COMMENT_AT + 2 + length]


def read_comment(comment: bytes) -> Comment | None:
    """Parses a comment. Returns None for one that `write_comment` did not write, or that was tampered with."""
    if not comment.startswith(_HEADER):
        return None
    try:
        fields = json.loads(comment[len(_HEADER) :])
        x, y = fields["point"]
        faces, windows = (tuple(Box(*sides) for sides in fields.get(name, ())) for name in ("faces", "windows"))
        looks = float(fields.get("looks", 0))
        shares = (x, y, abs(looks), *itertools.chain(*_sides(faces), *_sides(windows)))
        if len(faces) > MAX_FACES or len(windows) > MAX_FACES or not all(0 <= share <= 1 for share in shares):
            return None
    except (ValueError, TypeError, KeyError):
        return None
    half_bytes = fields.get("half")
    return Comment(
        Subject((x, y), faces, "faces" if faces else "content", looks, windows),
        _read_rights(fields.get("rights")),
        half_bytes if isinstance(half_bytes, int) and half_bytes > 0 else 0,
        next((flaw for flaw in FLAWS if flaw == fields.get("flaw")), ""),
    )


def _sides(boxes: tuple[Box, ...]) -> list[tuple[float, float, float, float]]:
    return [(box.left, box.top, box.right, box.bottom) for box in boxes]


def _read_rights(value: object) -> Rights:
    match value:
        case [str(credit), str(notice)]:
            return Rights.cleaned(credit, notice)
    return NO_RIGHTS
