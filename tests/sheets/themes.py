"""Draws docs/themes.png: a headline with photograph, a figure, a key fact, a quote and a question in every theme."""

from dataclasses import dataclass, replace

from PIL import Image

from storycard.article import ArticleImage
from storycard.design.assets import Assets, load_assets
from storycard.ingest import read_native
from storycard.layout.card import lay_out
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint
from support.paths import ASSETS, ROOT, SAMPLES
from support.photographs import photo

SHEET = ROOT / "docs" / "themes.png"
CARD_PX, GAP_PX = 400, 12
DESK = "#b9b4aa"


@dataclass(frozen=True, slots=True)
class Cell:
    """A card of the sheet and its position in a theme's row: the column, and the top in px below the top of the row."""

    sample: str
    kind: str
    format: str
    column: int
    top: int


OG_PX = round(CARD_PX * 630 / 1200)
CELLS = (
    Cell("harbour-barriers", "headline", "square", 0, 0),
    Cell("harbour-barriers", "bullet", "square", 1, 0),
    Cell("bergzeitfahren", "bullet", "square", 2, 0),
    Cell("nichnyi-orhan", "quote", "square", 3, 0),
    Cell("harbour-barriers", "question-3", "square", 4, 0),
    Cell("harbour-barriers", "headline", "og", 5, 0),
    Cell("harbour-barriers", "quote", "og", 5, OG_PX + GAP_PX),
)
ROW_PX = 2 * OG_PX + GAP_PX


def main() -> None:
    """Draws the sheet and prints its path."""
    draw().save(SHEET, optimize=True)
    print(SHEET)


def draw() -> Image.Image:
    """Returns the sheet."""
    assets = load_assets(ASSETS)
    step = CARD_PX + GAP_PX
    sheet = Image.new("RGB", (6 * step + GAP_PX, len(assets.themes) * (ROW_PX + GAP_PX) + GAP_PX), DESK)
    for row, theme in enumerate(assets.themes):
        for cell in CELLS:
            place = (GAP_PX + cell.column * step, GAP_PX + row * (ROW_PX + GAP_PX) + cell.top)
            picture = card(cell, theme, assets)
            sheet.paste(
                picture.resize((CARD_PX, round(CARD_PX * picture.height / picture.width)), Image.Resampling.LANCZOS), place
            )
    # The default palette goes by pixel counts, which leaves no colour for small accents. Pillow dithers only to a given palette.
    palette = sheet.quantize(method=Image.Quantize.MAXCOVERAGE, kmeans=3)
    return sheet.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)


def card(cell: Cell, theme: str, assets: Assets) -> Image.Image:
    """Renders one card of a theme at full size."""
    article = read_native((SAMPLES / f"{cell.sample}.json").read_bytes())
    article = replace(article, image=ArticleImage(credit="Marta Brandt / Coast Pictures"))
    context = assets.render_context(article, theme, photo=photo())
    return paint(
        lay_out(article, cell.kind, assets.formats[cell.format], context, assets.fonts),
        logo_drawer(assets.logo_folder),
        context.photo,
    ).image


if __name__ == "__main__":
    main()
