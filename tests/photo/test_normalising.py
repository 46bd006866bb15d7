"""Tests that every type of image file is normalised to the same picture."""

import io
import struct

import pillow_heif
import pytest
from PIL import Image, ImageCms

from storycard_photo import normalise
from storycard_photo.colour import display_p3
from support.photo_files import (
    BLUE,
    GREEN,
    RED,
    SIZE,
    YELLOW,
    assert_shows,
    corners,
    heic,
    linear_grey_profile,
    png,
    quarters,
    transparent_gif,
    turned,
    whole_files,
    with_profile,
    written,
)

FILES = whole_files()


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(normalise(data).data))


@pytest.mark.parametrize("name", FILES)
def test_decodes_every_type_of_file(name: str) -> None:
    image = shown(FILES[name])
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert image.size == ((2400, 1600) if "large" in name else SIZE)
    assert_shows(image, RED, GREEN, BLUE, YELLOW)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
def test_turns_picture_upright(kind: str, orientation: int) -> None:
    image = shown(turned(orientation, kind))
    assert image.size == SIZE
    assert_shows(image, RED, GREEN, BLUE, YELLOW)


def test_does_not_invert_photoshop_cmyk() -> None:
    jpeg = written(quarters().convert("CMYK"), "JPEG")
    assert b"Adobe" in jpeg
    assert_shows(shown(jpeg), RED, GREEN, BLUE, YELLOW)
    assert_shows(shown(written(quarters().convert("CMYK"), "TIFF")), RED, GREEN, BLUE, YELLOW)


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_keeps_grey_values(mode: str) -> None:
    grey = quarters().convert("L")
    expected = [(value, value, value) for value in corners(grey)]
    assert_shows(shown(written(grey.convert(mode), "PNG")), *expected)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_scales_16_bit_grey_instead_of_clipping(kind: str) -> None:
    grey = quarters().convert("L")
    deep = grey.convert("I").point(lambda value: value * 257).convert("I;16")
    assert_shows(shown(written(deep, kind)), *[(value, value, value) for value in corners(grey)])


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_applies_grey_profile_with_and_without_alpha(mode: str) -> None:
    grey = Image.new("L", SIZE, 128).convert(mode)
    assert_shows(shown(written(grey, "PNG", icc_profile=linear_grey_profile())), *[(188, 188, 188)] * 4)


def test_resizes_black_and_white_images() -> None:
    checks = Image.new("1", (2, 2))
    checks.putdata([0, 255, 255, 0])
    image = shown(written(checks.resize((3001, 2001)), "PNG"))
    black, white = (0, 0, 0), (255, 255, 255)
    assert_shows(image, black, white, white, black)
    assert image.size == (2400, 1600)


def test_flattens_transparency_on_white() -> None:
    assert_shows(shown(transparent_gif()), (255, 255, 255), GREEN, BLUE, YELLOW)
    half = quarters().convert("RGBA")
    half.putalpha(128)
    pale = [tuple((value + 255) // 2 for value in colour) for colour in (RED, GREEN, BLUE, YELLOW)]
    assert_shows(shown(written(half, "PNG")), *pale)
    assert_shows(shown(written(half, "WEBP", lossless=True)), *pale)
    keyed = written(quarters(), "PNG", transparency=BLUE)
    assert_shows(shown(keyed), RED, GREEN, (255, 255, 255), YELLOW)


def test_converts_from_the_colour_profile() -> None:
    lab = ImageCms.createProfile("LAB")
    swapped = written(quarters(), "PNG", icc_profile=ImageCms.ImageCmsProfile(lab).tobytes())
    assert_shows(shown(swapped), RED, GREEN, BLUE, YELLOW)  # a profile for another colour model is ignored
    assert_shows(shown(with_profile("RGB", "sRGB")), RED, GREEN, BLUE, YELLOW)
    wide = Image.new("RGB", SIZE, (128, 128, 128))
    assert_shows(shown(written(wide, "PNG", icc_profile=linear_profile())), *[(188, 188, 188)] * 4)


# Display P3 values and their sRGB, by https://www.w3.org/TR/css-color-4/#color-conversion-code
P3_COLOURS = [((150, 100, 60), (159, 97, 51)), ((60, 120, 180), (30, 122, 185)), ((200, 60, 60), (217, 42, 52))]


@pytest.mark.parametrize(("p3", "srgb"), P3_COLOURS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIC", "HEIC, by number", "AVIF"])
def test_converts_display_p3(kind: str, p3: tuple[int, int, int], srgb: tuple[int, int, int]) -> None:
    picture = Image.new("RGB", SIZE, p3)
    match kind:
        case "HEIC":
            picture.info["icc_profile"] = display_p3()
            data = heic(picture)
        case "HEIC, by number":
            data = heic(picture, color_primaries=12, transfer_characteristics=13, matrix_coefficients=1)
        case _:
            data = written(picture, kind, icc_profile=display_p3())
    image = shown(data)
    got = image.getpixel((320, 240))
    assert max(abs(a - b) for a, b in zip(got, srgb, strict=True)) <= 3, got


def test_rounds_16_bits_to_8() -> None:
    rows = b"".join(b"\0" + struct.pack(">3H", 40_000, 20_000, 10_000) * 400 for _ in range(300))
    assert shown(png(400, 300, 16, 2, rows)).getpixel((200, 150)) == pytest.approx((156, 78, 39), abs=2)


def test_reads_10_bit_heic() -> None:
    deep = pillow_heif.from_bytes("RGB;16", SIZE, struct.pack("<3H", 40_000, 20_000, 10_000) * (SIZE[0] * SIZE[1]))
    encoded = io.BytesIO()
    deep.save(encoded, quality=95)
    assert shown(encoded.getvalue()).getpixel((320, 240)) == pytest.approx((156, 78, 39), abs=3)


def linear_profile() -> bytes:
    """Builds a profile with sRGB's primaries and a gamma of 1, in which mid-grey is a light grey of sRGB."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for index in range(int.from_bytes(profile[128:132], "big")):
        at = 132 + 12 * index
        if profile[at : at + 4] in (b"rTRC", b"gTRC", b"bTRC"):
            start = int.from_bytes(profile[at + 4 : at + 8], "big")
            profile[start : start + 12] = b"curv\0\0\0\0\0\0\0\0"  # ICC.1:2022, 10.6: a curve of no points is the identity
    return bytes(profile)


def test_removes_private_metadata() -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    jpeg = written(
        quarters(), "JPEG", exif=exif, comment=b"for the desk only", xmp=b"<x:xmpmeta>kept?</x:xmpmeta>", dpi=(300, 300)
    )
    kept = normalise(jpeg).data
    assert not [word for word in (b"A camera", b"Exif", b"desk only", b"kept?") if word in kept]
    image = Image.open(io.BytesIO(kept))
    assert not image.getexif()
    assert not {"icc_profile", "xmp", "photoshop"} & set(image.info)


def test_normalise_is_deterministic() -> None:
    first, second = (normalise(FILES["webp"]) for _ in range(2))
    assert first == second
    again = normalise(first.data)
    assert (again.width, again.height) == (first.width, first.height)
