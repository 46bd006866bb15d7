"""Encodes indexed images as JPEG: with tables for text, and in tiles, so that equal tiles of background are coded once."""

import io
import re
import struct
from functools import cache
from itertools import cycle

from PIL import Image

_BLOCK = 8  # px: without chroma subsampling, a minimum coded unit is one block (ITU-T T.81, A.2)
# More columns leave out more background, but each tile takes a restart marker and starts its predictions anew: 1 % more bytes.
_COLUMNS = (3, 5)
_RESTARTS = tuple(bytes((0xFF, 0xD0 + number)) for number in range(8))
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")  # never inside coded data, where 0xFF is followed by 0
# Quantisation steps at the quality that libjpeg calls 50. Text has more fine detail than the photographs for which Annex K.1 of
# T.81 was made: with steps that grow evenly from coarse to fine detail, the same error takes an eighth fewer bytes.
_LIGHT = tuple(21 + 5.4 * (place // _BLOCK + place % _BLOCK) for place in range(_BLOCK * _BLOCK))
# Half the bytes of black type on yellow are those of colour, which an eye resolves less finely than light. Steps twice as coarse
# save 15 % of them. The first step is as fine as before, so that the colour of a flat ground stays the same.
_COLOUR = (42, *(84 + 16.6 * (place // _BLOCK + place % _BLOCK) for place in range(1, _BLOCK * _BLOCK)))
_START_OF_FRAME, _START_OF_SCAN, _END = b"\xff\xc0", b"\xff\xda", b"\xff\xd9"


@cache
def text_tables(quality: int) -> tuple[list[int], list[int]]:
    """Returns the quantisation tables of light and of colour for text, at a quality of 50 to 100 as in libjpeg."""
    share = (200 - 2 * quality) / 100
    return [max(1, round(share * step)) for step in _LIGHT], [max(1, round(share * step)) for step in _COLOUR]


def write_indexed_jpeg(image: Image.Image, *, quality: int, xmp: bytes = b"") -> bytes:
    """Returns `image`, in mode P, as a baseline JPEG (ITU-T T.81) in 4:4:4 that contains the packet `xmp`.

    The pixels are those that Pillow would write with `text_tables`. Restart markers separate the tiles, so that each can be
    decoded without the ones before it.
    """
    columns = next((count for count in _COLUMNS if image.width % (count * _BLOCK) == 0), 1)
    tiles, grid = split_tiles(image, columns)
    size = image.width // columns, len(tiles) * _BLOCK
    column = Image.frombuffer("P", size, b"".join(tiles), "raw", "P", 0, 1)  # which copies nothing
    column.putpalette(image.im.getpalette("RGB"))
    out = io.BytesIO()
    tables = text_tables(quality)
    column.convert("RGB").save(out, "JPEG", qtables=tables, subsampling="4:4:4", restart_marker_rows=1, xmp=xmp)
    head, coded = _split_file(out.getvalue(), image.size)
    parts = [part for index, restart in zip(grid, cycle(_RESTARTS), strict=False) for part in (coded[index], restart)]
    return b"".join((head, *parts[:-1], _END))


def split_tiles(image: Image.Image, columns: int) -> tuple[list[bytes], list[int]]:
    """Returns the different tiles of an image, and which of them is at each place, row by row.

    A tile is compared with the first one and the one above it only. The last row of pixels is repeated to fill the last tiles.
    """
    width = image.width // columns
    size = width * _BLOCK
    tiles: list[bytes] = []
    places: list[list[int]] = []
    for number in range(columns):
        pixels = image.crop((number * width, 0, (number + 1) * width, image.height)).tobytes()
        column: list[int] = []
        index, above = 0, b""
        for start in range(0, len(pixels), size):
            tile = pixels[start : start + size]
            if len(tile) < size:
                tile += tile[-width:] * (-image.height % _BLOCK)
            if tile != above:
                above, index = tile, 0
                if not tiles or tile != tiles[0]:
                    index = len(tiles)
                    tiles.append(tile)
            column.append(index)
        places.append(column)
    return tiles, [index for row in zip(*places, strict=True) for index in row]


def _split_file(data: bytes, size: tuple[int, int]) -> tuple[bytes, list[bytes]]:
    """Returns the header of a JPEG file, with another size in px, and its entropy-coded tiles."""
    # The first of these markers starts its segment: XMP is UTF-8, and the tables hold no 0xFF at the qualities in use.
    scan = data.index(_START_OF_SCAN)
    start = scan + 2 + int.from_bytes(data[scan + 2 : scan + 4], "big")
    frame = data.index(_START_OF_FRAME)
    header = data[: frame + 5] + struct.pack(">HH", size[1], size[0]) + data[frame + 9 : start]
    return header, _RESTART.split(data[start : -len(_END)])
