"""Names the notices of a manifest for programs, which cannot rely on the words of a sentence."""

import re

PHOTO_LOST = "The photograph could not be used: these cards are without it."
PHOTO_WITHOUT_ROOM = "The photograph has no room on these cards: "
UNSIGNED = "Content Credentials could not be added: these cards are without them."

_CODES = {PHOTO_LOST: "photo-lost", PHOTO_WITHOUT_ROOM: "photo-without-room", UNSIGNED: "unsigned"}
_MARKUP = re.compile(r"([\w.\[\]]+): read as mark-up \(")  # written by ingest/formats/parts/native_markup.py


def describe_notice(notice: str) -> dict[str, str]:
    """Returns the `code` of a notice, with the `field` that it names, if any. The code of those of other kinds is "other"."""
    if found := _MARKUP.match(notice):
        return {"code": "markup", "field": found[1]}
    return {"code": next((code for start, code in _CODES.items() if notice.startswith(start)), "other")}
