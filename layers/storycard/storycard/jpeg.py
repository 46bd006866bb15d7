"""A picture into the bytes of a JPEG, row of blocks by row of blocks: on two cores, and what is ground alone written once."""

import struct
from collections.abc import Sequence

from PIL import Image

from storycard.halves import both, memory_file
from storycard.scene import Rows

_BLOCK = 8  # px: with colour at full resolution every unit of the scan is one block of each channel (ITU-T T.81, A.2)
_FEW = 5  # rows of blocks: to part a picture round so little ground takes as long as to write it
_FRAME, _SCAN, _INTERVAL, _END = b"\xff\xc0", b"\xff\xda", b"\xff\xdd", b"\xff\xd9"
_RESTARTS = tuple(bytes((0xFF, 0xD0 + number)) for number in range(8))


def write_jpeg(image: Image.Image, quality: int, xmp: bytes = b"", blank: Sequence[Rows] = ()) -> bytes:
    """A baseline JPEG (ITU-T T.81) of a picture in mode RGB or P, colour at full resolution, with the packet `xmp` in it.

    `blank` are the rows, from the top down, that have one and the same colour from edge to edge. The pixels are those of a file
    written in one go: every row of blocks ends in a restart marker, and what a block says depends on none above.
    """
    width, height = image.size
    rows = -(-height // _BLOCK)
    blank = [band for band in (_whole_blocks(band) for band in blank) if band.bottom - band.top > _FEW]
    upper, lower = _halved(_between(blank, rows))
    first, second = both(
        lambda: [_scanned(image, band, quality) for band in upper],
        lambda: [_scanned(image, band, quality) for band in lower],
    )
    scans = list(zip(upper + lower, first + second, strict=True))
    if blank:
        ground = _scanned(image, blank[0]._replace(bottom=blank[0].top + 1), quality)
        scans += [(band, ground * (band.bottom - band.top)) for band in blank]
    parts = [_head(width, height, quality, xmp)]
    for band, pieces in sorted(scans):
        for end, piece in enumerate(pieces, band.bottom - len(pieces)):
            parts += piece, _RESTARTS[end % len(_RESTARTS)]
    parts[-1] = _END
    return b"".join(parts)


def _whole_blocks(band: Rows) -> Rows:
    """The rows of blocks that lie wholly in rows of px."""
    return Rows(-(-band.top // _BLOCK), band.bottom // _BLOCK)


def _between(bands: Sequence[Rows], end: int) -> list[Rows]:
    """What bands leave of the rows from the first to `end`."""
    edges = [0, *(edge for band in bands for edge in band), end]
    return [Rows(top, bottom) for top, bottom in zip(edges[::2], edges[1::2], strict=True) if top < bottom]


def _halved(bands: Sequence[Rows]) -> tuple[list[Rows], list[Rows]]:
    """Bands with the first half of all their rows, and with the second."""
    left = sum(band.bottom - band.top for band in bands) // 2
    upper: list[Rows] = []
    lower: list[Rows] = []
    for top, bottom in bands:
        cut = min(top + left, bottom)
        left -= cut - top
        if top < cut:
            upper.append(Rows(top, cut))
        if cut < bottom:
            lower.append(Rows(cut, bottom))
    return upper, lower


def _scanned(image: Image.Image, band: Rows, quality: int) -> list[bytes]:
    """What a scan says of the rows of blocks in a band: of each, or of all in one where their restarts have the right numbers."""
    part = image.crop((0, band.top * _BLOCK, image.width, min(band.bottom * _BLOCK, image.height)))
    data = _written(part, quality, restart_marker_rows=1).removesuffix(_END)
    start = _segments(data)[_SCAN]
    start += 2 + _length(data, start)
    scan: list[bytes] = []
    if band.top % len(_RESTARTS):
        for row in range(band.bottom - band.top - 1):
            end = data.index(_RESTARTS[row % len(_RESTARTS)], start)
            scan.append(data[start:end])
            start = end + 2
    return [*scan, data[start:]]


def _head(width: int, height: int, quality: int, xmp: bytes) -> bytes:
    """All that stands before the scan of a picture of so many px: that of a picture of one block, with the size in its place."""
    data = bytearray(_written(Image.new("RGB", (_BLOCK, _BLOCK)), quality, restart_marker_blocks=1, xmp=xmp))
    places = _segments(data)
    struct.pack_into(">HH", data, places[_FRAME] + 5, height, width)
    struct.pack_into(">H", data, places[_INTERVAL] + 4, -(-width // _BLOCK))
    return bytes(data[: places[_SCAN] + 2 + _length(data, places[_SCAN])])


def _written(image: Image.Image, quality: int, **settings: bytes | int) -> bytes:
    from PIL import JpegImagePlugin  # noqa: F401  Pillow would load its forty-odd writers to look for this one

    picture = image if image.mode == "RGB" else image.convert("RGB")
    with memory_file() as out:
        picture.save(out, "JPEG", quality=quality, subsampling="4:4:4", **settings)
        out.seek(0)
        return out.read()


def _segments(data: bytes | bytearray) -> dict[bytes, int]:
    """Where each segment of a JPEG's head begins, by its marker; the scan's is the last."""
    places: dict[bytes, int] = {}
    place = 2
    while _SCAN not in places:
        places[bytes(data[place : place + 2])] = place
        place += 2 + _length(data, place)
    return places


def _length(data: bytes | bytearray, place: int) -> int:
    """The bytes of a segment behind its marker."""
    return struct.unpack_from(">H", data, place + 2)[0]
