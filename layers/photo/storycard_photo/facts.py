"""Lists what is known of a prepared photograph, as it is stored beside it."""

from collections.abc import Mapping
from typing import Any

from storycard.photo.crop import Box
from storycard_photo.normalising import NormalisedPhoto


def list_facts(photo: NormalisedPhoto) -> Mapping[str, Any]:
    """Returns the facts as JSON values. Sizes are in px; points and boxes (left, top, right, bottom) in shares of the picture."""
    subject, cells = photo.subject, photo.cells
    return {
        "width": photo.width,
        "height": photo.height,
        "source": subject.source,
        "focal_point": subject.point,
        "looks": subject.looks,
        "faces": [
            {"box": _sides(face.box), "head": _sides(face.head), "score": face.score, "eyes": face.eyes, "turned": face.turned}
            for face in photo.found
        ],
        "windows": [_sides(window) for window in subject.windows],
        "cells": {
            "columns": cells.columns,
            "rows": cells.rows,
            "luminance": cells.luminance,
            "busyness": cells.busyness,
        },
        "flaw": photo.flaw,
        "credit": photo.rights.credit,
        "copyright": photo.rights.notice,
    }


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom
