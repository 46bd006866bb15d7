"""Draws the cards of pictures without people on contact sheets, and compares their crops.

`make faces` writes out/faces/objects-THEME.jpg from tests/photographs/objects. If PEERS names a folder with the npm packages
sharp and smartcrop, it also prints how much of the main object, marked in objects.toml, their crops and ours show.
"""

import os
from pathlib import Path

from crops import compare_objects
from faces import SHEET_PX, THEMES, cards, sheet
from PIL import Image, ImageDraw

from storycard.design.assets import load_assets
from storycard.layout.scene import Scene
from support.objects import objects
from support.paths import ASSETS
from support.photographs import opened

FORMATS = ("og", "square", "story")
OUT = Path("out/faces")


def main() -> None:
    """Writes the sheets and prints the table."""
    OUT.mkdir(parents=True, exist_ok=True)
    assets = load_assets(ASSETS)
    pictures = objects()
    sheets: dict[str, list[Image.Image]] = {theme: [] for theme in THEMES}
    for picture in pictures:
        for theme, name, scene, painted in cards(opened(picture.data), assets):
            if name in FORMATS:
                sheets[theme].append(thumbnail(painted.image, picture.name, scene))
    for theme, thumbnails in sheets.items():
        sheet(thumbnails).save(OUT / f"objects-{theme}.jpg", quality=85)
    if peers := os.environ.get("PEERS"):
        print(compare_objects(pictures, Path(peers)))


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
