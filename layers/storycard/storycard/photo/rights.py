"""From a photograph's own metadata to who took it and whose it is, and to where the stored photo keeps that."""

import io
import json
from dataclasses import dataclass

from PIL import Image

from storycard.xmp_reader import read_xmp

_ARTIST, _COPYRIGHT = 0x013B, 0x8298  # EXIF (CIPA DC-008, 4.6.4)
_LONGEST = 300  # characters of each; more is terms of use, and no notice


@dataclass(frozen=True, slots=True)
class Rights:
    """The credit line and copyright notice that the file came with; "" for what it does not say."""

    credit: str = ""
    notice: str = ""


NO_RIGHTS = Rights()


def marked_rights(packet: bytes | str | None, exif: Image.Exif) -> Rights:
    """What XMP says (photoshop:Credit, dc:creator, dc:rights), else EXIF's Artist and Copyright. What is broken says nothing."""
    try:
        told = read_xmp(packet) if packet else {}
    except ValueError:
        told = {}
    creators = ", ".join(told.get("creators", ()))
    return Rights(
        _clean(told.get("credit_line") or creators or exif.get(_ARTIST, "")),
        _clean(told.get("copyright_notice") or exif.get(_COPYRIGHT, "")),
    )


def in_comment(rights: Rights) -> dict[str, list[str]]:
    """The entry of the stored photo's comment; none for a photo that says nothing, whose bytes then stay as they were."""
    return {"rights": [rights.credit, rights.notice]} if rights != NO_RIGHTS else {}


def rights_in(photo: bytes) -> Rights:
    """The rights in a photo that `normalise` wrote."""
    with Image.open(io.BytesIO(photo)) as picture:
        written = picture.info.get("comment", b"")
    try:
        credit, notice = json.loads(written[written.index(b"{") :])["rights"]
        return Rights(_clean(credit), _clean(notice))
    except (ValueError, TypeError, KeyError):
        return NO_RIGHTS


def _clean(text: object) -> str:
    words = " ".join(str(text).replace("\0", " ").split()) if isinstance(text, str) else ""
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
