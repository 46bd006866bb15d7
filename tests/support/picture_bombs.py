"""Builds small picture files, once compressed, that would keep a decoder busy for minutes or fill its memory."""

import struct
import zlib
from collections.abc import Callable

from support.photo_files import png, quarters, written

JPEG = written(quarters(), "JPEG")
PNG = png(400, 300, 8, 0, bytes(401 * 300))
GIF = written(quarters().quantize(16), "GIF")
WEBP = written(quarters(), "WEBP")
AVIF = written(quarters(), "AVIF")


def directory(*tags: tuple[int, int, int, int], order: str = "<", big: bool = False) -> bytes:
    """Builds a TIFF or EXIF of these tags: number, type, count, and value or offset."""
    if big:
        head = b"II+\0" + struct.pack("<HHQ", 8, 0, 16) + struct.pack("<Q", len(tags))
        return head + b"".join(struct.pack("<HHQQ", *tag) for tag in tags) + bytes(8)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, len(tags))
    return head + b"".join(struct.pack(f"{order}HHII", *tag) for tag in tags) + bytes(4)


def segment(marker: int, body: bytes = b"") -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def in_jpeg(parts: bytes) -> bytes:
    return JPEG[:20] + parts + JPEG[20:]


def between_scans(part: bytes) -> bytes:
    whole = written(quarters(), "JPEG", progressive=True)
    scan = whole.rindex(b"\xff\xda")
    return whole[:scan] + part + whole[scan:]


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def in_png(parts: bytes) -> bytes:
    return PNG[:33] + parts + PNG[33:]


def in_gif(parts: bytes) -> bytes:
    picture = GIF.index(b",", 13 + 3 * 2 ** ((GIF[10] & 7) + 1))
    return GIF[:picture] + parts + GIF[picture:]


def riff(parts: bytes) -> bytes:
    body = WEBP[8:] + parts
    return b"RIFF" + struct.pack("<I", len(body)) + body


def run_lengths(width: int = 400, height: int = 300) -> bytes:
    body = b"\x01\x01" * 600_000
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(body), 0, 0, 256, 0) + bytes(1024)
    return b"BM" + struct.pack("<IHHI", 14 + len(head) + len(body), 0, 0, 14 + len(head)) + head + body


HUGE_VALUES = [(0x8000 + number, 7, 60_000, 8) for number in range(900)]  # all in the same 60,000 bytes
OVERLAPPING = directory(*HUGE_VALUES) + bytes(50_000)
SIZE = [(256, 4, 1, 400), (257, 4, 1, 300), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (277, 3, 1, 1)]

BOMBS: dict[str, Callable[[], bytes]] = {
    "TIFF, millions of strips": lambda: directory(*SIZE, (273, 4, 2_400_000, 200), (279, 4, 2_400_000, 200)) + bytes(19_200_000),
    "TIFF, big-endian, millions of strips": lambda: directory((273, 4, 2_400_000, 8), order=">") + bytes(9_600_000),
    "BigTIFF, millions of strips": lambda: directory((273, 16, 1_000_000, 16), big=True) + bytes(8_000_000),
    "BigTIFF, giant tiles": lambda: directory((322, 4, 1, 65_520), big=True),
    "TIFF, thousands of tags": lambda: directory(*[(number, 3, 1, 1) for number in range(60_000)]),
    "TIFF, tags that overlap": lambda: OVERLAPPING,
    "TIFF, fractions": lambda: directory((282, 5, 1_000_000, 8)) + bytes(8_000_000),
    "JPEG, padded with ff": lambda: JPEG[:2] + b"\xff" * 20_000_000 + JPEG[2:],
    "JPEG, padded with garbage": lambda: in_jpeg(b"\0" * 20_000_000),
    "JPEG, padded between its scans": lambda: between_scans(b"\xff" * 20_000_000),
    "JPEG, empty APP1 segments": lambda: in_jpeg(segment(0xE1) * 4_900_000),
    "JPEG, empty comments": lambda: in_jpeg(segment(0xFE) * 4_900_000),
    "JPEG, restart markers in its head": lambda: in_jpeg(b"\xff\xd0" * 10_000_000),
    "JPEG, start markers in its head": lambda: in_jpeg(b"\xff\xd8" * 10_000_000),
    "JPEG, quantisation tables": lambda: in_jpeg(segment(0xDB, bytes(65_000)) * 300),
    "JPEG, EXIF in pieces": lambda: in_jpeg(segment(0xE1, b"Exif\0\0" + bytes(65_000)) * 300),
    "JPEG, Photoshop resources": lambda: in_jpeg(segment(0xED, b"Photoshop 3.0\0" + b"8BIM\0\1\0\0\0\0\0\0" * 5_000) * 300),
    "JPEG, EXIF tags that overlap": lambda: in_jpeg(segment(0xE1, b"Exif\0\0" + OVERLAPPING)),
    "JPEG, list of pictures that overlap": lambda: in_jpeg(segment(0xE2, b"MPF\0" + OVERLAPPING)),
    "JPEG, scans of a baseline picture": lambda: JPEG[:-2] + JPEG[JPEG.rindex(b"\xff\xda") : -2] * 100 + b"\xff\xd9",
    "JPEG, tables between its scans": lambda: between_scans(segment(0xC4) * 2_000_000),
    "PNG, empty IDAT chunks": lambda: in_png(chunk(b"IDAT") * 1_500_000),
    "PNG, empty private chunks": lambda: in_png(chunk(b"prVt") * 1_500_000),
    "PNG, colour profiles that expand": lambda: in_png(chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(1_000_000))) * 5_000),
    "PNG, texts that expand": lambda: in_png(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1_000_000))) * 5_000),
    "PNG, EXIF tags that overlap": lambda: in_png(chunk(b"eXIf", OVERLAPPING)),
    "PNG, EXIF as text": lambda: in_png(
        chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n 9\n" + OVERLAPPING.hex().encode()))
    ),
    "GIF, blocks of comment": lambda: in_gif(b"!\xfe" + b"\xff" * 256 * 80_000 + b"\0"),
    "GIF, empty comments": lambda: in_gif(b"!\xfe\0" * 6_000_000),
    "GIF, garbage": lambda: in_gif(b"\1" * 20_000_000),
    "GIF, no picture": lambda: GIF[:13] + b"\1" * 20_000_000,
    "WebP, empty chunks": lambda: riff(b"prVt\0\0\0\0" * 2_500_000),
    "WebP, frames": lambda: riff((b"ANMF" + struct.pack("<I", 16) + bytes(16)) * 500_000),
    "WebP, EXIF tags that overlap": lambda: riff(b"EXIF" + struct.pack("<I", len(OVERLAPPING)) + OVERLAPPING),
    "AVIF, empty boxes": lambda: AVIF + b"\0\0\0\x08free" * 2_500_000,
    "AVIF, boxes in a box": lambda: AVIF + struct.pack(">I", 20_000_012) + b"meta" + bytes(4) + b"\0\0\0\x08free" * 2_500_000,
    "AVIF, EXIF tags that overlap": lambda: AVIF + struct.pack(">I", 70_000) + b"free" + OVERLAPPING,
    "AVIF, thousands of EXIF heads": lambda: AVIF + struct.pack(">I", 4_000_008) + b"free" + b"II*\0" * 1_000_000,
    "HEIF, items": lambda: (
        b"\0\0\0\x10ftypheic\0\0\0\0" + struct.pack(">I", 20_000_014) + b"iinf" + bytes(6) + b"\0\0\0\x08infe" * 2_500_000
    ),
    "BMP, run lengths": run_lengths,
}
