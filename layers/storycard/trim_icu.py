"""ICU's data library, in place, into one without what a card never asks for: a sixth of the layer's zip.

The library is one table of named items, ICU's "common data" (`source/common/ucmndata.h` and `udata.h`). Items that go leave the
table, so that ICU finds them missing and not broken, and their bytes become zeros, which take no room in a zip. Nothing moves.
"""

import struct
import sys
from dataclasses import dataclass
from pathlib import Path

# Names of languages, regions and units, sorting, transliteration, numbers in words, encodings from before Unicode.
NEEDLESS = ("lang", "region", "unit", "coll", "translit", "rbnf")
NEEDLESS_SUFFIX = ".cnv"
MAGIC = b"\xda\x27"  # at byte 2 of the table's header
FORMAT = b"CmnD"  # at byte 12


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the table: its name's offset and its data's, both from the table's start, and where its data ends."""

    name_at: int
    start: int
    end: int
    name: str

    @property
    def is_needless(self) -> bool:
        folders = self.name.split("/")[1:-1]  # the first is the data's own name, such as icudt78l
        return self.name.endswith(NEEDLESS_SUFFIX) or folders[:1] in [[name] for name in NEEDLESS]


def trim(data: bytearray) -> int:
    """How many items went. Raises ValueError for what is no ICU data library."""
    at = data.find(FORMAT) - 12
    while at >= 0 and data[at + 2 : at + 4] != MAGIC:
        at = data.find(FORMAT, at + 13) - 12
    if at < 0:
        raise ValueError("expected ICU's common data, found none")
    table = at + struct.unpack_from("<H", data, at)[0]
    (count,) = struct.unpack_from("<I", data, table)
    rows = [struct.unpack_from("<II", data, table + 4 + 8 * number) for number in range(count)]
    ends = [start for _, start in rows[1:]] + [rows[-1][1]]  # of the last one nobody knows the end
    items = [Item(name_at, start, end, _name(data, table + name_at)) for (name_at, start), end in zip(rows, ends, strict=True)]
    kept = [item for item in items if not item.is_needless]
    for item in items:
        if item.is_needless:
            data[table + item.start : table + item.end] = bytes(item.end - item.start)
    struct.pack_into("<I", data, table, len(kept))
    for number, item in enumerate(kept):
        struct.pack_into("<II", data, table + 4 + 8 * number, item.name_at, item.start)
    return count - len(kept)


def _name(data: bytearray, at: int) -> str:
    return data[at : data.index(0, at)].decode("ascii")


if __name__ == "__main__":
    library = Path(sys.argv[1])
    content = bytearray(library.read_bytes())
    trim(content)
    library.write_bytes(content)
