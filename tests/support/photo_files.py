"""Builds image files of every type that a CMS may hold, from one picture in four colours."""

import io
import struct
import zlib
from functools import cache

import pillow_heif
from PIL import Image, ImageCms, ImageDraw

SIZE = (480, 320)
RED, GREEN, BLUE, YELLOW = (200, 30, 40), (30, 140, 60), (40, 60, 180), (220, 200, 60)


def quarters(size: tuple[int, int] = SIZE) -> Image.Image:
    """Returns a picture with red and green above blue and yellow."""
    small = Image.new("RGB", (2, 2))
    small.putdata([RED, GREEN, BLUE, YELLOW])
    return small.resize(size, Image.Resampling.NEAREST)


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def landscape(subject: tuple[float, float], size: tuple[int, int] = (1200, 800)) -> Image.Image:
    """Draws a pale sky over a dull meadow, with a small red disc at `subject`."""
    picture = Image.new("RGB", size, (190, 205, 220))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, size[1] * 0.7, *size), (120, 130, 100))
    x, y = subject[0] * size[0], subject[1] * size[1]
    draw.ellipse((x - 60, y - 60, x + 60, y + 60), (190, 40, 30))
    return picture


def corners(image: Image.Image) -> list[tuple[int, int, int]]:
    """Returns the colours in the middle of the four quarters, in the order of `quarters`."""
    return [image.getpixel((round(image.width * x), round(image.height * y))) for y in (0.25, 0.75) for x in (0.25, 0.75)]


def assert_shows(image: Image.Image, *expected: tuple[int, int, int]) -> None:
    """Asserts the colours of the four quarters, within JPEG's accuracy."""
    for got, colour in zip(corners(image), expected, strict=True):
        assert max(abs(a - b) for a, b in zip(got, colour, strict=True)) <= 12, (corners(image), expected)


def png(width: int, height: int, bits: int, colour_type: int, rows: bytes, interlace: int = 0) -> bytes:
    """Builds a PNG of a kind that Pillow cannot write (PNG, third edition, 11.2)."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def png_16_bits() -> bytes:
    """Builds a PNG of 16 bits a channel: each byte twice is the same share of the range."""
    width, pixels = SIZE[0], quarters().tobytes()
    lines = (pixels[start : start + 3 * width] for start in range(0, len(pixels), 3 * width))
    return png(*SIZE, 16, 2, b"".join(b"\0" + bytes(byte for value in line for byte in (value, value)) for line in lines))


def png_interlaced() -> bytes:
    """Builds an interlaced PNG: Adam7 has seven passes, each a smaller picture."""
    width, pixels, rows = SIZE[0], quarters().tobytes(), []
    for x0, y0, dx, dy in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
        for y in range(y0, SIZE[1], dy):
            line = pixels[3 * width * y : 3 * width * (y + 1)]
            rows += [b"\0", *(line[3 * x : 3 * x + 3] for x in range(x0, width, dx))]
    return png(*SIZE, 8, 2, b"".join(rows), interlace=1)


def turned(orientation: int, kind: str = "JPEG", **options: object) -> bytes:
    """Stores the picture rotated, so that it is upright once its EXIF orientation is applied."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    picture = quarters() if back is None else quarters().transpose(Image.Transpose(back))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return written(picture, kind, exif=exif, **options)


def with_profile(mode: str, profile: str) -> bytes:
    """Builds a PNG whose colours need its colour profile."""
    return written(
        quarters().convert(mode), "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile(profile)).tobytes()
    )


def transparent_gif() -> bytes:
    picture = quarters().quantize(4)
    return written(picture, "GIF", transparency=picture.getpixel((10, 10)))


def heic(picture: Image.Image, **options: object) -> bytes:
    """Encodes a HEIC, as phones write it."""
    encoded = io.BytesIO()
    pillow_heif.from_pillow(picture).save(encoded, quality=95, **options)
    return encoded.getvalue()


def _others() -> list[Image.Image]:
    """Returns new images each time, because the MPO writer leaves JPEG settings on them that break the TIFF writer."""
    return [Image.new("RGB", SIZE, "black"), Image.new("RGB", SIZE, "white")]


@cache
def whole_files() -> dict[str, bytes]:
    """Returns files by a description. All show the four colours."""
    picture = quarters()
    rgba = picture.convert("RGBA")
    return {
        "jpeg": written(picture, "JPEG"),
        "jpeg, progressive": written(picture, "JPEG", progressive=True),
        "jpeg, 4:4:4": written(picture, "JPEG", subsampling="4:4:4"),
        "jpeg of two pictures": written(quarters(), "MPO", save_all=True, append_images=_others()),
        "jpeg without its end": written(picture, "JPEG")[:-2],
        "jpeg with more after its end": written(picture, "JPEG") + b"\0" * 1000,
        "jpeg with a broken profile": written(picture, "JPEG", icc_profile=b"not a profile at all" * 20),
        "jpeg with broken exif": written(picture, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
        "jpeg, large": written(quarters((5000, 3333)), "JPEG"),
        "png": written(picture, "PNG"),
        "png, 16 bits": png_16_bits(),
        "png, interlaced": png_interlaced(),
        "png, opaque alpha": written(rgba, "PNG"),
        "png, palette": written(picture.quantize(16), "PNG"),
        "webp": written(picture, "WEBP", quality=95),
        "webp, lossless alpha": written(rgba, "WEBP", lossless=True),
        "webp, animated": written(picture, "WEBP", save_all=True, append_images=_others(), lossless=True),
        "avif": written(picture, "AVIF"),
        "avif, alpha": written(rgba, "AVIF"),
        "heic": heic(picture),
        "heic, alpha": heic(rgba),
        "tiff": written(picture, "TIFF"),
        "tiff, LZW": written(picture, "TIFF", compression="tiff_lzw"),
        "tiff, JPEG inside": written(picture, "TIFF", compression="jpeg"),
        "tiff, pages": written(picture, "TIFF", save_all=True, append_images=_others()),
        "tiff, Lab": written(
            ImageCms.profileToProfile(picture, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"),
            "TIFF",
        ),
        "gif": written(picture.quantize(16), "GIF"),
        "gif, animated": written(picture.quantize(16), "GIF", save_all=True, append_images=_others()),
        "bmp": written(picture, "BMP"),
        "bmp, palette": written(picture.quantize(16), "BMP"),
    }


def linear_grey_profile() -> bytes:
    """Builds a grey profile with a gamma of 1 (ICC.1:2022, 8.4.2: only a white point and a curve)."""
    curve, white = b"curv" + bytes(8), b"XYZ \0\0\0\0" + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    tags = struct.pack(">I", 2) + b"kTRC" + struct.pack(">II", 156, 12) + b"wtpt" + struct.pack(">II", 168, 20)
    head = b"\0\0\0\0\x02\x40\0\0mntrGRAYXYZ " + bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    body = head + bytes(128 - 4 - len(head)) + tags + curve + white
    return struct.pack(">I", len(body) + 4) + body


def jpeg(colour: str = "teal", size: tuple[int, int] = (640, 480)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()
