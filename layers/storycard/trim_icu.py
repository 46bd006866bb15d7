"""Removes from ICU's data library what cards never need, in place, which makes the layer's zip a sixth smaller.

The library is one table of named items, ICU's "common data" (`source/common/ucmndata.h` and `udata.h`). Removed items leave the
table, so that ICU reports them as missing, and their bytes become zeros, which compress to nothing. No other item moves.
"""

import struct
import sys
from dataclasses import dataclass
from pathlib import Path

# Names of languages, regions and units, collation, transliteration, numbers spelled out, encodings older than Unicode.
REMOVED_FOLDERS = frozenset({"lang", "region", "unit", "coll", "translit", "rbnf"})
REMOVED_SUFFIX = ".cnv"
MAGIC = b"\xda\x27"  # at byte 2 of the table's header
FORMAT = b"CmnD"  # at byte 12


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the table. Offsets are bytes from the table's start."""

    name_offset: int
    start: int
    end: int
    name: str  # such as icudt78l/lang/en.res

    @property
    def is_removed(self) -> bool:
        folders = self.name.split("/")[1:-1]
        return self.name.endswith(REMOVED_SUFFIX) or (bool(folders) and folders[0] in REMOVED_FOLDERS)


def trim(data: bytearray) -> int:
    """Removes the items, and returns how many. Raises ValueError if `data` is not an ICU data library."""
    table = _find_table(data)
    items = _read_items(data, table)
    kept = [item for item in items if not item.is_removed]
    for item in items:
        if item.is_removed:
            data[table + item.start : table + item.end] = bytes(item.end - item.start)
    struct.pack_into("<I", data, table, len(kept))
    for number, item in enumerate(kept):
        struct.pack_into("<II", data, table + 4 + 8 * number, item.name_offset, item.start)
    return len(items) - len(kept)


def _find_table(data: bytearray) -> int:
    """Returns the offset of the table, which follows its header."""
    header = data.find(FORMAT) - 12
    while header >= 0 and data[header + 2 : header + 4] != MAGIC:
        header = data.find(FORMAT, header + 13) - 12
    if header < 0:
        raise ValueError("expected ICU's common data, found none")
    size: int = struct.unpack_from("<H", data, header)[0]
    return header + size


def _read_items(data: bytearray, table: int) -> list[Item]:
    (count,) = struct.unpack_from("<I", data, table)
    rows = [struct.unpack_from("<II", data, table + 4 + 8 * number) for number in range(count)]
    ends = [start for _, start in rows[1:]] + [rows[-1][1]]  # the table does not contain the end of the last item
    return [
        Item(name_offset, start, end, _read_name(data, table + name_offset))
        for (name_offset, start), end in zip(rows, ends, strict=True)
    ]


def _read_name(data: bytearray, offset: int) -> str:
    return data[offset : data.index(0, offset)].decode("ascii")


if __name__ == "__main__":
    library = Path(sys.argv[1])
    content = bytearray(library.read_bytes())
    trim(content)
    library.write_bytes(content)
