"""Counts the tags of a TIFF and of EXIF metadata, which has the same form, before they are read."""

from typing import Literal

from storycard.errors import PhotoInvalid

MAX_TAGS = 1_000  # of a directory; cameras write about fifty
MAX_VALUES = 50_000  # of a tag that is a list of numbers, such as the places of all strips or tiles
MAX_TILE_SIDE = 8192  # px; a TIFF tile is always decoded as a whole, even in a small picture
_OVERLAP = 2  # times the size of the file: values that share bytes multiply it
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}  # by type
_BYTES = (1, 2, 6, 7)  # types that are read as one value: BYTE, ASCII, SBYTE, UNDEFINED
_TILE_SIDES = (0x0142, 0x0143)  # TileWidth, TileLength

_Order = Literal["little", "big"]


def check_tiff(data: bytes) -> None:
    """Raises PhotoInvalid if the first directory of a TIFF or a BigTIFF has too many strips, tags or values, or giant tiles."""
    _check_directory(data, "TIFF")


def check_exif(data: bytes) -> None:
    """Raises PhotoInvalid if the first directory of EXIF or MPF data has too many tags or values. Ignores other data."""
    if data.startswith(b"Exif\0\0"):
        data = data[6:]
    if data.startswith((b"II", b"MM")):
        _check_directory(data, "EXIF")


def _check_directory(data: bytes, what: str) -> None:
    order: _Order = "little" if data.startswith(b"I") else "big"
    is_big = what == "TIFF" and int.from_bytes(data[2:4], order) == 43  # BigTIFF: 64-bit offsets and counts
    word = 8 if is_big else 4
    start = int.from_bytes(data[8:16] if is_big else data[4:8], order)
    first = start + (8 if is_big else 2)
    entry = 4 + 2 * word
    tags = int.from_bytes(data[start:first], order)
    if tags > MAX_TAGS:
        raise PhotoInvalid("photo", f"{what} of at most {MAX_TAGS:,} tags", f"{tags:,}")
    total = 0
    for position in range(first, min(first + tags * entry, len(data)), entry):
        tag, kind = (int.from_bytes(data[at : at + 2], order) for at in (position, position + 2))
        count = int.from_bytes(data[position + 4 : position + 4 + word], order)
        if kind not in _BYTES and count > MAX_VALUES:
            raise PhotoInvalid("photo", f"{what} tags of at most {MAX_VALUES:,} values, such as strips", f"{count:,}")
        size = count * _SIZES.get(kind, 1)
        total += size if size <= len(data) else 0  # a longer value is not read
        side = int.from_bytes(data[position + 4 + word : position + 4 + word + min(size, 4)], order)
        if what == "TIFF" and tag in _TILE_SIDES and side > MAX_TILE_SIDE:
            raise PhotoInvalid("photo", f"TIFF tiles of at most {MAX_TILE_SIDE:,} px", f"{side:,} px")
    if total > _OVERLAP * len(data) + 100_000:
        raise PhotoInvalid("photo", f"{what} tags that do not overlap", f"values of {total:,} bytes in {len(data):,}")
