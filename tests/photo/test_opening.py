"""Tests that unusable files are rejected with a reason, whatever their bytes."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from storycard.photo import PhotoInvalid
from storycard_photo import NormalisedPhoto, normalise
from support.photo_files import png, quarters, whole_files, written

FILES = whole_files()
SMALL = {name: data for name, data in FILES.items() if "large" not in name}


def refusal(data: bytes) -> PhotoInvalid:
    with pytest.raises(PhotoInvalid) as caught:
        normalise(data)
    assert caught.value.field == "photo"
    return caught.value


@pytest.mark.parametrize(
    ("data", "got"),
    [
        (b"", "an empty file"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"/>', "an SVG drawing"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><svg/>", "an SVG drawing or other XML"),
        (b"<!DOCTYPE html><title>404</title>", "a web page"),
        (b"%PDF-1.7", "a PDF"),
        (b"GIF", "a file that begins with b'GIF'"),
    ],
)
def test_error_names_the_type_of_other_files(data: bytes, got: str) -> None:
    error = refusal(data)
    assert error.got == got
    assert error.expected == "a JPEG, PNG, WebP, AVIF, HEIC, TIFF, GIF or BMP picture"


@pytest.mark.parametrize("size", [(199, 400), (400, 199), (1, 1), (12_000, 900)])
def test_rejects_small_pictures(size: tuple[int, int]) -> None:
    assert refusal(written(quarters(size), "PNG")).got == f"{size[0]} x {size[1]} px"


def test_rejects_32_bit_samples() -> None:
    assert refusal(written(quarters().convert("F"), "TIFF")).expected == "8 or 16 bits a channel"
    assert refusal(written(quarters().convert("I"), "TIFF")).got == "32"


def test_rejects_large_file_unopened() -> None:
    assert refusal(b"\xff\xd8" + bytes(50_000_000)).expected == "at most 50,000,000 bytes"


@pytest.mark.parametrize("side", [6_100, 12_000, 60_000, 2**31 - 1])
def test_rejects_decompression_bomb_by_its_header(side: int) -> None:
    assert "megapixels" in refusal(png(side, side, 8, 2, b"")).expected


def test_rejects_jpeg_with_many_scans() -> None:
    jpeg = written(quarters(), "JPEG", progressive=True)
    scan = jpeg[jpeg.rindex(b"\xff\xda") : -2]
    assert "scans" in refusal(jpeg[:-2] + scan * 100 + b"\xff\xd9").expected


def test_rejects_tiff_with_giant_tiles() -> None:
    tags = {256: 400, 257: 300, 258: 8, 259: 1, 262: 1, 277: 1, 322: 65_520, 323: 65_520, 324: 8, 325: 100}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    assert "tiles" in refusal(b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(104)).expected


@pytest.mark.parametrize("name", [name for name in SMALL if "end" not in name])
def test_rejects_truncated_file(name: str) -> None:
    data = SMALL[name]
    if "pages" in name or "two pictures" in name or "animated" in name:
        data = data[: len(data) // 3]
    refusal(data[: len(data) // 2])


def test_rejects_jpeg_with_missing_lower_part() -> None:
    noise = Image.effect_noise((600, 400), 80)
    whole = written(noise, "JPEG")
    assert refusal(whole[: len(whole) * 9 // 10] + b"\xff\xd9").got == "a JPEG whose lower part is missing"
    assert normalise(whole[:-40]).height == 400


def test_accepts_plain_grey_picture() -> None:
    assert normalise(written(Image.new("RGB", (400, 300), (140, 140, 140)), "JPEG")).width == 400


def test_rejects_expanding_text_chunk() -> None:
    plain = png(400, 300, 8, 0, bytes(401 * 300))
    swollen = b"Comment\0\0" + zlib.compress(bytes(200_000_000))
    chunk = struct.pack(">I", len(swollen)) + b"zTXt" + swollen + struct.pack(">I", zlib.crc32(b"zTXt" + swollen))
    refusal(plain[:33] + chunk + plain[33:])


def normalise_or_reject(data: bytes) -> None:
    with suppress(PhotoInvalid):
        assert isinstance(normalise(data), NormalisedPhoto)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SMALL)), st.data())
def test_reads_or_rejects_damaged_files(name: str, draw: st.DataObject) -> None:
    data = bytearray(SMALL[name])
    if draw.draw(st.booleans()):
        del data[draw.draw(st.integers(8, len(data) - 1)) :]
    # Damage to headers matters most, so half of it falls there.
    for at in draw.draw(st.lists(st.integers(0, min(len(data), 400) - 1) | st.integers(0, len(data) - 1), max_size=6)):
        data[at] = draw.draw(st.integers(0, 255))
    normalise_or_reject(bytes(data))


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(
        [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\0", b"BM", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x1cftypavif"]
    ),
    st.binary(),
)
def test_rejects_arbitrary_bytes(head: bytes, rest: bytes) -> None:
    refusal(head + rest)
