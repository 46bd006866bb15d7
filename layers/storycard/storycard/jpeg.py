"""A picture into the bytes of a JPEG, its halves written at the same time and joined by a restart marker."""

import struct

from PIL import Image

from storycard.halves import both, memory_file

_BLOCK = 8  # px: with colour at full resolution every unit of the scan is one block of each channel (ITU-T T.81, A.2)
_MOST_UNITS = 0xFFFF  # between two restart markers
_FRAME, _SCAN, _INTERVAL, _RESTART, _END = b"\xff\xc0", b"\xff\xda", b"\xff\xdd", b"\xff\xd0", b"\xff\xd9"


def write_jpeg(image: Image.Image, quality: int, xmp: bytes = b"") -> bytes:
    """A baseline JPEG (ITU-T T.81) of a picture in mode RGB or P, colour at full resolution, with the packet `xmp` in it.

    The pixels are those of a file written in one go: what a block says depends on the one before it at a restart no more.
    """
    from PIL import JpegImagePlugin  # noqa: F401  Pillow would load its forty-odd writers to look for this one

    width, height = image.size
    columns, rows = -(-width // _BLOCK), -(-height // _BLOCK)
    upper = -(-rows // 2)
    if rows < 2 or upper * columns > _MOST_UNITS:
        return _written(image, quality, xmp)
    middle = upper * _BLOCK
    first, second = both(
        lambda: _written(image.crop((0, 0, width, middle)), quality, xmp),
        lambda: _written(image.crop((0, middle, width, height)), quality, b""),
    )
    places = _segments(first)
    frame, scan = places[_FRAME], places[_SCAN]
    following = _segments(second)[_SCAN]
    return b"".join(
        (
            first[: frame + 5],
            struct.pack(">H", height),
            first[frame + 7 : scan],
            _INTERVAL + struct.pack(">HH", 4, upper * columns),
            first[scan:].removesuffix(_END),
            _RESTART,
            second[following + 2 + _length(second, following) :],
        )
    )


def _written(image: Image.Image, quality: int, xmp: bytes) -> bytes:
    picture = image if image.mode == "RGB" else image.convert("RGB")
    with memory_file() as out:
        picture.save(out, "JPEG", quality=quality, subsampling="4:4:4", xmp=xmp)
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


def _length(data: bytes, place: int) -> int:
    """The bytes of a segment behind its marker."""
    return struct.unpack_from(">H", data, place + 2)[0]
