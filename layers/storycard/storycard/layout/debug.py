"""Draws a card's construction over it: the areas of texts, text boxes, baselines and the safe zone, each in its own colour."""

from PIL import Image, ImageDraw

from storycard.design.formats import Format
from storycard.layout.scene import Rect, Scene

BOXES = "#00a0ff"  # around the ink of each text
BASELINES = "#ff00c8"
ROOMS = "#00b050"
SAFE_ZONE = "#ff3b00"


def draw_construction(image: Image.Image, scene: Scene, card_format: Format) -> Image.Image:
    """Returns a copy of the card (RGB) with the construction over it, in lines 1 px wide."""
    drawn = image.convert("RGB")
    draw = ImageDraw.Draw(drawn)

    def outline(rect: Rect, colour: str) -> None:
        left, top, right, bottom = rect.pixels
        draw.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), outline=colour)

    for text in scene.texts:
        outline(text.room, ROOMS)
        outline(text.box, BOXES)
        for placed in text.lines:
            y, end = round(placed.baseline), placed.x + placed.line.width * text.font_px
            draw.line((round(placed.x), y, round(end), y), fill=BASELINES)
    safe = card_format.safe
    outline(Rect(safe.left, safe.top, scene.width - safe.left - safe.right, scene.height - safe.top - safe.bottom), SAFE_ZONE)
    return drawn
