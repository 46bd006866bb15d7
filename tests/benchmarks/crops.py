"""Compares crops, without type, with those of smartcrop.js, of libvips' attention, and of the middle.

`PEERS=DIR make faces` prints it, where `npm install sharp smartcrop` was run in DIR.
"""

import itertools
import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from storycard.layout.scene import Rect
from storycard.photo.crop import Box, CropTarget, Subject, crop
from support.objects import MainObject
from support.people import Person, is_whole, overlap
from support.photographs import opened

FRAMES = ((1200, 630), (1080, 1080), (1080, 1350), (1080, 1920), (480, 630), (1080, 432))
FOCUS = (0.5, 0.42)  # as the layout has it
OUTSIDE = 0.1  # share of a head's area: one of which less is visible is left out, not cut

Crops = dict[str, Rect]  # by the name of the program, in px of the picture
Marked = Sequence[tuple[bytes, tuple[Box, ...]]]  # pictures and what is marked in them, in shares of the picture


def compare(people: Sequence[Person], peers: Path) -> str:
    """Returns a table: how often the main head is whole, also of the crops that can hold it, and heads that are cut in groups."""
    crops = all_crops([(person.data, person.heads) for person in people], peers)
    lines = [f"{'crops without type':20}{'main head whole':>18}{'of the possible':>18}{'heads in groups cut':>22}"]
    for name in crops[0][2]:
        whole = [is_whole(heads[0], each[name]) for _, heads, each in crops]
        possible = [fits for fits, _, _ in crops]
        grouped = [(head, each[name]) for _, heads, each in crops if len(heads) > 1 for head in heads]
        cut = sum(not is_whole(head, part) and overlap(head, part) > OUTSIDE for head, part in grouped)
        shares = sum(whole) / len(whole), sum(map(min, whole, possible)) / sum(possible), cut / len(grouped)
        lines.append(
            f"{name:20}" + "".join(f"{100 * share:{width}.1f} %" for share, width in zip(shares, (16, 16, 20), strict=True))
        )
    return "\n".join(lines)


def object_crops(objects: Sequence[MainObject], peers: Path | None) -> list[tuple[Rect, Crops]]:
    """Returns for each picture and frame its main object in px, and the crops: the earlier ones, ours, peers' and the middle."""
    crops = all_crops([(picture.data, (picture.box,)) for picture in objects], peers)
    frames = [(picture, frame) for picture in objects for frame in FRAMES]
    return [
        (box, {"before": _part(picture.size, frame, picture.before), **each})
        for (picture, frame), (_, (box,), each) in zip(frames, crops, strict=True)
    ]


def compare_objects(crops: Sequence[tuple[Rect, Crops]]) -> str:
    """Returns a table: how much of the main object the crops show on average, and in how many of a hundred less than half."""
    lines = [f"{'crops without type':20}{'main object shown':>20}{'less than half':>18}"]
    for name in crops[0][1]:
        shares = [overlap(box, each[name]) for box, each in crops]
        half = sum(share < 0.5 for share in shares)
        lines.append(f"{name:20}{100 * sum(shares) / len(shares):18.1f} %{100 * half / len(shares):16.1f} %")
    return "\n".join(lines)


def all_crops(pictures: Marked, peers: Path | None) -> list[tuple[bool, list[Rect], Crops]]:
    """Returns for each picture and frame whether a crop can hold the first box, all boxes in px, and the crops."""
    theirs = iter(peer_crops([data for data, _ in pictures], peers) if peers else itertools.repeat({}))
    found = []
    for data, marked in pictures:
        photo = opened(data)
        boxes = [
            Rect(
                box.left * photo.width,
                box.top * photo.height,
                (box.right - box.left) * photo.width,
                (box.bottom - box.top) * photo.height,
            )
            for box in marked
        ]
        for width, height in FRAMES:
            ours = _part((photo.width, photo.height), (width, height), photo.subject)
            wide = min(photo.width, photo.height * width / height)
            high = wide * height / width
            centre = Rect((photo.width - wide) / 2, (photo.height - high) / 2, wide, high)
            fits = boxes[0].width <= wide and boxes[0].height <= high
            found.append((fits, boxes, {"Storycard": ours, **next(theirs), "centre": centre}))
    return found


def _part(size: tuple[int, int], frame: tuple[int, int], subject: Subject) -> Rect:
    part = crop(*size, CropTarget(*frame, FOCUS), subject)
    return Rect(part.left, part.top, part.right - part.left, part.bottom - part.top)


def peer_crops(pictures: Sequence[bytes], peers: Path) -> list[Crops]:
    """Runs the other programs on the same pictures."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = []
        for number, data in enumerate(pictures):
            path = Path(folder) / f"{number}.jpg"
            path.write_bytes(data)
            wanted.append({"path": str(path), "frames": FRAMES})
        table = Path(folder) / "pictures.json"
        table.write_text(json.dumps(wanted))
        command = ["node", str(Path(__file__).with_suffix(".mjs")), str(peers.resolve()), str(table)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [{name: Rect(*sides) for name, sides in crops.items()} for crops in json.loads(printed)]
