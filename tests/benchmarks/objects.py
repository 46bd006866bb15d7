"""Draws the cards and the crops of pictures without people on contact sheets, and measures the crops.

`make faces` draws the pictures of tests/photographs/objects. out/faces/objects-THEME.jpg has their cards. crops-NUMBER.jpg has
their crops in four formats as they were before (`before` in objects.toml) and are now, side by side. It prints how much of the
main object, marked in objects.toml, the crops show. If PEERS names a folder with the npm packages sharp and smartcrop, the
crops of smartcrop.js are beside them, and the table has those of both.
"""

import io
import os
from collections.abc import Sequence
from pathlib import Path

from crops import FRAMES, Crops, compare_objects, object_crops
from faces import SHEET_PX, THEMES, cards, sheet
from PIL import Image, ImageDraw

from storycard.design.assets import load_assets
from storycard.layout.scene import Rect, Scene
from support.objects import MainObject, objects
from support.paths import ASSETS
from support.photographs import opened

FORMATS = ("og", "square", "story")
CROPPED = ("og", "square", "portrait", "story")  # the formats of the first of FRAMES
COMPARED = ("before", "Storycard", "smartcrop.js")
CELL_PX, ROWS = 150, 10  # height of a crop, and pictures on a sheet
OUT = Path("out/faces")


def main() -> None:
    """Writes the sheets and prints the table."""
    OUT.mkdir(parents=True, exist_ok=True)
    pictures = objects()
    peers = os.environ.get("PEERS")
    crops = object_crops(pictures, Path(peers) if peers else None)
    print(compare_objects(crops))
    draw_crops(pictures, [each for _, each in crops])
    draw_cards(pictures)


def draw_crops(pictures: Sequence[MainObject], crops: Sequence[Crops]) -> None:
    """Writes the sheets of crops, of as many crops a picture as there are FRAMES."""
    rows = [side_by_side(picture, crops[len(FRAMES) * number :]) for number, picture in enumerate(pictures)]
    for start in range(0, len(rows), ROWS):
        some = rows[start : start + ROWS]
        whole = Image.new("RGB", (max(row.width for row in some), sum(row.height for row in some)), "white")
        for number, row in enumerate(some):
            whole.paste(row, (0, number * row.height))
        whole.save(OUT / f"crops-{start // ROWS + 1}.jpg", quality=88)


def side_by_side(picture: MainObject, crops: Sequence[Crops]) -> Image.Image:
    """Returns a row: the picture with a frame around its main object, and for each format the crops that are compared."""
    source = Image.open(io.BytesIO(picture.data)).convert("RGB")
    (width, height), box = source.size, picture.box
    marked = source.copy()
    sides = (box.left * width, box.top * height, box.right * width - 1, box.bottom * height - 1)
    ImageDraw.Draw(marked).rectangle(sides, outline="cyan", width=4)
    cells = [(picture.name, marked)]
    for name, of_format in zip(CROPPED, crops, strict=False):
        parts = [(program, of_format[program]) for program in COMPARED if program in of_format]
        cells += [(f"{name} {program}", source.crop(_rounded(part))) for program, part in parts]
    row = Image.new("RGB", (CELL_PX * 16, CELL_PX + 20), "white")
    x = 0
    for label, cell in cells:
        small = cell.resize((round(CELL_PX * cell.width / cell.height), CELL_PX), Image.Resampling.LANCZOS)
        row.paste(small, (x, 16))
        ImageDraw.Draw(row).text((x, 2), label, fill="black")
        x += max(small.width, 90) + 4
    return row


def _rounded(part: Rect) -> tuple[int, int, int, int]:
    return round(part.x), round(part.y), round(part.right), round(part.bottom)


def draw_cards(pictures: Sequence[MainObject]) -> None:
    """Writes a sheet of cards of each theme."""
    assets = load_assets(ASSETS)
    sheets: dict[str, list[Image.Image]] = {theme: [] for theme in THEMES}
    for picture in pictures:
        for theme, name, scene, painted in cards(opened(picture.data), assets):
            if name in FORMATS:
                sheets[theme].append(thumbnail(painted.image, picture.name, scene))
    for theme, thumbnails in sheets.items():
        sheet(thumbnails).save(OUT / f"objects-{theme}.jpg", quality=85)


def thumbnail(image: Image.Image, name: str, scene: Scene) -> Image.Image:
    """Returns a card at half of the size in a feed, below the picture's name and placement."""
    width = SHEET_PX // 2
    small = image.convert("RGB").resize((width, round(width * image.height / image.width)), Image.Resampling.LANCZOS)
    whole = Image.new("RGB", (small.width + 8, small.height + 22), "white")
    whole.paste(small, (4, 18))
    placement = scene.photograph.placement if scene.photograph else "none"
    ImageDraw.Draw(whole).text((4, 3), f"{name} {placement}", fill="black")
    return whole


if __name__ == "__main__":
    main()
