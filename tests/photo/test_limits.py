"""Tests how much memory and CPU time the largest accepted photographs and decompression bombs take."""

import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from support.photo_files import png, written
from support.photographs import large_photo
from support.picture_bombs import BOMBS

STATUS = Path("/proc/self/status")  # getrusage reports the peak of the parent process
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not STATUS.exists(), reason="needs Linux's /proc")]

MEMORY, ORDINARY_MEMORY = 512, 300  # MB of the whole process: at most, and for 2400 x 1600 px
# CPU time as a multiple of an ordinary photograph's, because machines differ. On an idle core that takes 0.7 s.
LONGEST_ACCEPTED, LONGEST_REFUSED = 4.0, 1.5
MEASURED = """
import sys, time
from pathlib import Path
from storycard.errors import PhotoInvalid
from storycard_photo import normalise
data = Path(sys.argv[1]).read_bytes()
try:
    size = normalise(data).width
except PhotoInvalid as refusal:
    size = 0
peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(size, int(peak) // 1024, time.process_time())
"""


def textured(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Builds a picture that is expensive to decode: repeated noise."""
    tile = Image.effect_noise((1000, 750), 50).convert("RGB")
    picture = Image.new("RGB", (width, height))
    for left in range(0, width, tile.width):
        for top in range(0, height, tile.height):
            picture.paste(tile, (left, top))
    if mode == "RGBA":
        picture.putalpha(200)
    return picture.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE) if mode == "P" else picture


def rows(width: int, height: int, bytes_a_pixel: int) -> bytes:
    return bytes((1 + width * bytes_a_pixel) * height)


ACCEPTED = {
    "jpeg, 148 megapixels": lambda: written(textured(13_900, 10_650), "JPEG", quality=20),
    "jpeg, progressive, 4:4:4": lambda: written(textured(6_000, 4_990), "JPEG", progressive=True, subsampling="4:4:4"),
    "png, alpha": lambda: written(textured(7_100, 4_780, "RGBA"), "PNG", compress_level=1),
    "png, 16 bits, alpha": lambda: png(7_100, 4_780, 16, 6, rows(7_100, 4_780, 8)),
    "png, interlaced": lambda: png(7_100, 4_780, 8, 6, rows(7_100, 4_800, 4), interlace=1),
    "png, 16 bits of grey": lambda: png(7_100, 4_780, 16, 0, rows(7_100, 4_780, 2)),
    "tiff, LZW": lambda: written(textured(6_000, 4_000), "TIFF", compression="tiff_lzw"),
    "gif": lambda: written(textured(7_100, 4_780, "P"), "GIF"),
    "webp, alpha": lambda: written(textured(5_900, 4_050, "RGBA"), "WEBP", quality=50, method=0),
    "avif, 4:4:4": lambda: written(textured(5_900, 4_050), "AVIF", quality=40, speed=10, subsampling="4:4:4"),
    "bmp": lambda: written(textured(4_600, 3_500), "BMP"),
}
REFUSED = {
    "png of 2 gigapixels": lambda: png(45_000, 45_000, 8, 2, zlib.compress(bytes(10**6))),
    "gif of 4 gigapixels": lambda: (
        b"GIF89a" + b"\xff\xff\xff\xff\x80\0\0" + bytes(6) + b",\0\0\0\0\xff\xff\xff\xff\0\x02" + bytes(10_000)
    ),
    **BOMBS,
    "jpeg of endless scans": lambda: endless_scans(textured(5_000, 4_000)),
}


def endless_scans(picture: Image.Image) -> bytes:
    jpeg = written(picture, "JPEG", progressive=True, quality=10)
    return jpeg[:-2] + jpeg[jpeg.rindex(b"\xff\xda") : -2] * 100 + b"\xff\xd9"


def measured(picture: bytes, path: Path) -> tuple[int, int, float]:
    """Returns the width in px (0 if refused), the peak memory in MB, and the seconds of a process that prepares a picture."""
    path.write_bytes(picture)
    said = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True).stdout.split()
    return int(said[0]), int(said[1]), float(said[2])


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], float]:
    """Returns a function that measures the seconds which an ordinary photograph takes."""
    path = tmp_path_factory.mktemp("ordinary") / "photo"
    picture = written(textured(6_000, 4_000), "JPEG")
    return lambda: measured(picture, path)[2]


@pytest.fixture(scope="module")
def ordinary_seconds(ordinary: Callable[[], float]) -> float:
    return ordinary()


@pytest.mark.parametrize("name", ACCEPTED)
def test_decodes_within_memory_and_time_limits(name: str, ordinary: Callable[[], float], tmp_path: Path) -> None:
    width, memory, seconds = measured(ACCEPTED[name](), tmp_path / "photo")
    assert width
    assert memory <= MEMORY
    assert seconds <= LONGEST_ACCEPTED * ordinary()  # measured next to it, under the same load


def test_a_press_photograph_takes_little_memory(tmp_path: Path) -> None:
    width, memory, _ = measured(large_photo(), tmp_path / "photo")
    assert width == 2400
    assert memory <= ORDINARY_MEMORY


@pytest.mark.parametrize("name", REFUSED)
def test_rejects_within_memory_and_time_limits(name: str, ordinary_seconds: float, tmp_path: Path) -> None:
    width, memory, seconds = measured(REFUSED[name](), tmp_path / "photo")
    assert not width
    assert memory <= MEMORY
    assert seconds <= LONGEST_REFUSED * ordinary_seconds
