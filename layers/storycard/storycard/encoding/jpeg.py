"""A picture into the bytes of a JPEG, row of blocks by row of blocks: on two cores, and what is ground alone written once."""

import struct
from collections.abc import Sequence

from PIL import Image

from storycard.encoding.halves import both, memory_file
from storycard.layout.scene import Rows

_BLOCK = 8  # px: with colour at full resolution every unit of the scan is one block of each channel (ITU-T T.81, A.2)
_FEW = 5  # rows of blocks: to part what is above so little ground from what is below takes as long as to write it
_FRAME, _SCAN, _END = b"\xff\xc0", b"\xff\xda", b"\xff\xd9"
_RESTARTS = tuple(bytes((0xFF, 0xD0 + number)) for number in range(8))


def write_jpeg(image: Image.Image, quality: int, xmp: bytes = b"", blank: Sequence[Rows] = ()) -> bytes:
    """A baseline JPEG (ITU-T T.81) of a picture in mode RGB or P, colour at full resolution, with the packet `xmp` in it.

    `blank` are the rows, from the top down, that have one and the same colour from edge to edge. The pixels are those of a file
    written in one go: every row of blocks ends in a restart marker, and what a block says depends on none above.
    """
    height = image.height
    blank = _blank_rows(blank, height)
    upper, lower = _halved(_between(blank, -(-height // _BLOCK)))
    first, second = both(
        lambda: [_scanned(image, band, quality) for band in upper],
        lambda: [_scanned(image, band, quality) for band in lower],
    )
    # All bands would have the same head, but for the height in it.
    row = blank[0].top if blank else 0
    one = _written(image, Rows(row, row + 1), quality, xmp)
    head, ground = bytearray(one[: _scan(one)]), one[_scan(one) : -len(_END)]
    struct.pack_into(">H", head, _segments(one)[_FRAME] + 5, height)
    scans = [*zip(upper + lower, first + second, strict=True), *((band, [ground] * (band.bottom - band.top)) for band in blank)]
    parts = [bytes(head)]
    for band, pieces in sorted(scans):
        for end, piece in enumerate(pieces, band.bottom - len(pieces)):
            parts += piece, _RESTARTS[end % len(_RESTARTS)]
    parts[-1] = _END
    return b"".join(parts)


def _blank_rows(blank: Sequence[Rows], height: int) -> list[Rows]:
    """The rows of blocks that are ground alone: long bands of them, and whatever has nothing above or nothing below it."""
    rows = -(-height // _BLOCK)  # the last one goes on below the picture
    bands = [Rows(-(-top // _BLOCK), rows if bottom == height else bottom // _BLOCK) for top, bottom in blank]
    return [band for band in bands if band.bottom - band.top > (_FEW if band.top > 0 and band.bottom < rows else 0)]


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
    data = _written(image, band, quality).removesuffix(_END)
    start = _scan(data)
    scan: list[bytes] = []
    if band.top % len(_RESTARTS):
        for row in range(band.bottom - band.top - 1):
            end = data.index(_RESTARTS[row % len(_RESTARTS)], start)
            scan.append(data[start:end])
            start = end + len(_RESTARTS[0])
    return [*scan, data[start:]]


def _written(image: Image.Image, band: Rows, quality: int, xmp: bytes = b"") -> bytes:
    """A file of the rows of blocks in a band, a restart marker between them."""
    from PIL import JpegImagePlugin  # noqa: F401  Pillow would load its forty-odd writers to look for this one

    part = image.crop((0, band.top * _BLOCK, image.width, min(band.bottom * _BLOCK, image.height)))
    picture = part if part.mode == "RGB" else part.convert("RGB")
    with memory_file() as out:
        picture.save(out, "JPEG", quality=quality, subsampling="4:4:4", restart_marker_rows=1, xmp=xmp)
        out.seek(0)
        return out.read()


def _segments(data: bytes) -> dict[bytes, int]:
    """Where each segment of a JPEG's head begins, by its marker; the scan's is the last."""
    places: dict[bytes, int] = {}
    place = 2
    while _SCAN not in places:
        places[data[place : place + 2]] = place
        place += 2 + _length(data, place)
    return places


def _scan(data: bytes) -> int:
    """Where the scan itself begins."""
    header = _segments(data)[_SCAN]
    return header + 2 + _length(data, header)


def _length(data: bytes, place: int) -> int:
    """The bytes of a segment behind its marker."""
    return struct.unpack_from(">H", data, place + 2)[0]
