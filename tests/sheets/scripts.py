"""Draws docs/scripts.png: a headline card of samples/scripts.jsonl for every script."""

from PIL import Image

from storycard.article import Article
from storycard.design.assets import Assets, load_assets
from storycard.ingest import read_native, split_articles
from storycard.layout.card import lay_out
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint
from support.paths import ASSETS, ROOT, SAMPLES

SHEET = ROOT / "docs" / "scripts.png"
CARD_PX, GAP_PX, COLUMNS = 540, 12, 6
DESK = "#b9b4aa"
COLOURS = 48  # in the palette: text and accent on the background, and the antialiased colours between them


def main() -> None:
    """Draws the sheet and prints its path."""
    draw().save(SHEET, optimize=True)
    print(SHEET)


def draw() -> Image.Image:
    """Returns the sheet."""
    assets = load_assets(ASSETS)
    lines = split_articles((SAMPLES / "scripts.jsonl").read_bytes())
    cards = [card(read_native(line), assets) for _, line in lines]
    step = CARD_PX + GAP_PX
    sheet = Image.new("RGB", (COLUMNS * step + GAP_PX, -(-len(cards) // COLUMNS) * step + GAP_PX), DESK)
    for index, picture in enumerate(cards):
        row, column = divmod(index, COLUMNS)
        sheet.paste(picture, (GAP_PX + column * step, GAP_PX + row * step))
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE)


def card(article: Article, assets: Assets) -> Image.Image:
    """Renders an article's square headline card at half size."""
    scene = lay_out(article, "headline", assets.formats["square"], assets.render_context(article), assets.fonts)
    return paint(scene, logo_drawer(assets.logo_folder)).image.resize((CARD_PX, CARD_PX), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
