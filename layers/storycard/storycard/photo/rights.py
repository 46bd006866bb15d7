"""Reads who took a photograph and who owns it from the file's metadata."""

from dataclasses import dataclass

from PIL import Image

from storycard.xmp_reader import read_xmp

_ARTIST, _COPYRIGHT = 0x013B, 0x8298  # EXIF (CIPA DC-008, 4.6.4)
_MAX_LENGTH = 300  # characters of each; a longer text is terms of use, not a notice


@dataclass(frozen=True, slots=True)
class Rights:
    """The credit line and the copyright notice of a file. A missing one is empty."""

    credit: str = ""
    notice: str = ""

    @classmethod
    def cleaned(cls, credit: object, notice: object) -> "Rights":
        """Builds Rights from unchecked metadata, on one line each and at most 300 characters long."""
        return cls(_clean(credit), _clean(notice))


NO_RIGHTS = Rights()


def read_rights(packet: bytes | str | None, exif: Image.Exif) -> Rights:
    """Reads the rights from XMP (photoshop:Credit, dc:creator, dc:rights), else from EXIF (Artist, Copyright).

    Ignores metadata that cannot be parsed.
    """
    try:
        fields = read_xmp(packet) if packet else {}
    except ValueError:
        fields = {}
    creators = ", ".join(fields.get("creators", ()))
    return Rights.cleaned(
        fields.get("credit_line") or creators or exif.get(_ARTIST, ""),
        fields.get("copyright_notice") or exif.get(_COPYRIGHT, ""),
    )


def _clean(text: object) -> str:
    line = " ".join(text.replace("\0", " ").split()) if isinstance(text, str) else ""
    return line if len(line) <= _MAX_LENGTH else line[: _MAX_LENGTH - 1].rstrip() + "…"
