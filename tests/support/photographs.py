"""Generates photographs for tests and samples: a coast at dawn, and hard cases for scrims and crops."""

import functools
import io
import itertools
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

from storycard.photo import Photo, open_photo
from storycard_photo import normalise

SIZE = (1800, 1200)


def coast() -> Image.Image:
    """Draws a headland and a lighthouse before a low sun: bright at the top, dark at the bottom, the subject on the right."""
    width, height = SIZE
    picture = _gradient([(0.0, "#2c4a6e"), (0.4, "#9c8fa0"), (0.62, "#f2b880"), (0.63, "#7d7f8f"), (1.0, "#18222e")])
    glow = Image.new("L", SIZE)
    draw = ImageDraw.Draw(glow)
    x, y = 0.62 * width, 0.55 * height
    for radius in range(420, 40, -10):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=int(160 * (1 - radius / 420) ** 2))
    draw.ellipse((x - 40, y - 40, x + 40, y + 40), fill=255)
    picture.paste("#ffe9c4", mask=glow.filter(ImageFilter.GaussianBlur(6)))
    draw = ImageDraw.Draw(picture)
    dice = random.Random(7)
    tower, foot = 0.8 * width, 0.6 * height
    draw.polygon([(tower - 26, foot), (tower - 15, foot - 230), (tower + 15, foot - 230), (tower + 26, foot)], fill="#e9e2d6")
    for stripe in (40, 120):
        draw.rectangle((tower - 23, foot - stripe - 38, tower + 23, foot - stripe), fill="#a63a32")
    draw.rectangle((tower - 20, foot - 262, tower + 20, foot - 228), fill="#20242c")
    draw.ellipse((tower - 9, foot - 256, tower + 9, foot - 236), fill="#fff3c4")
    for base, rise, colour in ((0.6, 0.10, "#4c5166"), (0.64, 0.16, "#2b3040"), (0.72, 0.2, "#141a22")):
        draw.polygon(_ridge(base, rise, dice), fill=colour)
    grain = _noise(18).convert("RGB")
    return Image.blend(picture.filter(ImageFilter.GaussianBlur(1)), grain, 0.05)


def bright() -> Image.Image:
    """Draws noise from grey to white, on which text of no single colour is readable everywhere."""
    return Image.merge("RGB", [_noise(90).point(lambda value: 90 + value * 165 // 255)] * 3)


def dark() -> Image.Image:
    """Draws an almost black picture with a lamp in the middle."""
    picture = Image.new("RGB", SIZE, "#07090c")
    ImageDraw.Draw(picture).ellipse((860, 560, 940, 640), fill="#fff4d0")
    return picture.filter(ImageFilter.GaussianBlur(12))


def dusk() -> Image.Image:
    """Draws a calm picture with a lamp in the middle, dark but not too dark to see."""
    return dark().point(lambda value: min(255, value + 60))


def halves() -> Image.Image:
    """Draws a picture that is white on the left and black on the right, so that centred text crosses both."""
    picture = Image.new("RGB", SIZE, "#ffffff")
    picture.paste("#000000", (SIZE[0] // 2, 0, *SIZE))
    return picture


def stripes() -> Image.Image:
    """Draws black and grey stripes as wide as letters, which disturb reading on any scrim that leaves them visible."""
    picture = Image.new("RGB", SIZE, "#000000")
    for x in range(0, SIZE[0], 160):
        picture.paste("#6e6e6e", (x, 0, x + 80, SIZE[1]))
    return picture


PICTURES: dict[str, Callable[[], Image.Image]] = {"bright": bright, "dark": dark, "halves": halves}


@functools.cache
def photo(name: str = "coast") -> Photo:
    """Returns one of these pictures, opened as cards use it."""
    out = io.BytesIO()
    {"coast": coast, "dusk": dusk, "stripes": stripes, **PICTURES}[name]().save(out, "JPEG", quality=90)
    return opened(out.getvalue())


def opened(data: bytes, focal_point: tuple[float, float] | None = None) -> Photo:
    """Normalises any image file and opens it, as cards use it."""
    return open_photo(normalise(data).data, focal_point)


def large_photo() -> bytes:
    """Returns a JPEG of 2400 x 1600 px that compresses like a photograph: large shapes under film grain."""
    shapes = Image.radial_gradient("L").resize((2400, 1600))
    grain = Image.effect_noise((2400, 1600), 40)
    out = io.BytesIO()
    Image.merge("RGB", (shapes, grain, Image.blend(shapes, grain, 0.4))).save(out, "JPEG", quality=90)
    return out.getvalue()


def _noise(spread: int) -> Image.Image:
    """Returns grey noise (mode L) that is the same in every process; Pillow's own depends on earlier drawing."""
    grain = Image.frombytes("L", SIZE, random.Random(7).randbytes(SIZE[0] * SIZE[1]))
    return grain.point(lambda value: 128 + (value - 128) * spread // 74)  # 74 is the standard deviation of uniform bytes


def _gradient(stops: list[tuple[float, str]]) -> Image.Image:
    """Returns a vertical gradient; each colour is at its share of the height."""
    column = Image.new("RGB", (1, SIZE[1]))
    for (start, upper), (end, lower) in itertools.pairwise(stops):
        rows = max(1, round((end - start) * SIZE[1]))
        patch = Image.new("RGB", (1, 2), upper)
        patch.putpixel((0, 1), tuple(bytes.fromhex(lower[1:])))
        column.paste(patch.resize((1, rows), Image.Resampling.BILINEAR, (0, 0.5, 1, 1.5)), (0, round(start * SIZE[1])))
    return column.resize(SIZE, Image.Resampling.NEAREST)


def _ridge(base: float, rise: float, dice: random.Random) -> list[tuple[float, float]]:
    """Returns the outline of a headland that rises to the right."""
    width, height = SIZE
    phases = [dice.uniform(0, 6.3) for _ in range(4)]
    points = []
    for x in range(0, width + 20, 20):
        t = x / width
        hill = max(0.0, t - 0.35) ** 1.4 * rise * 1.8
        rough = sum(math.sin(t * 9 * 2**k + phase) / 2**k for k, phase in enumerate(phases)) * 0.008
        points.append((x, height * (base + 0.06 - hill + rough)))
    return [(0, height), *points, (width, height)]
