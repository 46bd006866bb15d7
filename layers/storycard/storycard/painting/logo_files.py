"""Draws the logos of an assets folder, and keeps the drawings for the next card."""

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from PIL import Image

from storycard.design.brand import logo_ratio
from storycard.painting.logos import draw_logo

DrawLogo = Callable[[str, int], Image.Image]  # takes a file's name and a height in px, returns the logo (RGBA)


def logo_drawer(folder: Path) -> DrawLogo:
    """Returns a function that draws the logos in `folder`. That function raises AssetInvalid for a file that cannot be drawn."""
    return partial(_draw, folder)


@lru_cache(maxsize=64)
def _draw(folder: Path, file: str, height: int) -> Image.Image:
    drawing = (folder / file).read_bytes()
    return draw_logo(drawing, file, round(height * logo_ratio(drawing, file)), height)
