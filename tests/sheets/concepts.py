"""Draws docs/concepts.png: one card for each concept of compositions, with the areas of its texts."""

from dataclasses import dataclass, replace

from PIL import Image, ImageDraw, ImageFont

from storycard.article import Article, ArticleImage, PullQuote
from storycard.design.assets import Assets, load_assets
from storycard.design.theme_reader import read_theme, strands_of
from storycard.layout.card import lay_out
from storycard.layout.debug import draw_construction
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint
from storycard.toml_reader import merge
from support.paths import ASSETS, ROOT
from support.photographs import photo

SHEET = ROOT / "docs" / "concepts.png"
CARD_PX, GAP_PX, CAPTION_PX, COLUMNS = 300, 12, 30, 6
DESK = "#b9b4aa"
FACT = "Rebuilding both quays takes four winters, because all work has to stop in the herring season."
ARTICLE = Article(
    id="quays",
    headline="Harbour barriers held, but the old quays must be rebuilt",
    kicker="Flood defences",
    language="en-GB",
    brand="harbour-post",
    bullets=(FACT,),
    quotes=(PullQuote("We hung the strongest door in the country on a garden fence.", "Ines Arkwright", "harbour master"),),
    image=ArticleImage(),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A card of the sheet and its caption: the key that it shows."""

    caption: str
    theme: str
    kind: str
    fact: str = FACT
    photo: bool = False
    strand: str = ""
    areas: bool = False


CELLS = (
    Cell("box, px, anchor", "broadsheet", "headline", areas=True),
    Cell("radius, outline", "civic", "headline"),
    Cell("disc, minus", "nightdesk", "quote"),
    Cell("bar", "bulletin", "headline"),
    Cell("corner", "weekend", "bullet"),
    Cell("panels, rows", "frontline", "headline"),
    Cell("fade", "frontline", "headline", photo=True),
    Cell("photo", "nightdesk", "headline", photo=True),
    Cell("mark", "broadsheet", "quote"),
    Cell("figure, tally", "clarity", "bullet", "3 in 10 boats stayed in port until the wind dropped at noon."),
    Cell("initial", "broadsheet", "bullet", areas=True),
    Cell("strands", "broadsheet", "headline", strand="opinion"),
)


def main() -> None:
    """Draws the sheet and prints its path."""
    draw().save(SHEET, optimize=True)
    print(SHEET)


def draw() -> Image.Image:
    """Returns the sheet."""
    assets = load_assets(ASSETS)
    step, row = CARD_PX + GAP_PX, CARD_PX + GAP_PX + CAPTION_PX
    sheet = Image.new("RGB", (COLUMNS * step + GAP_PX, -(-len(CELLS) // COLUMNS) * row + GAP_PX), DESK)
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(ASSETS / "fonts" / "Inter-SemiBold.ttf"), 20)
    for index, cell in enumerate(CELLS):
        left, top = GAP_PX + index % COLUMNS * step, GAP_PX + index // COLUMNS * row
        sheet.paste(card(cell, assets).resize((CARD_PX, CARD_PX), Image.Resampling.LANCZOS), (left, top))
        pen.text((left, top + CARD_PX + 4), cell.caption, fill="#000000", font=font)
    palette = sheet.quantize(method=Image.Quantize.MAXCOVERAGE, kmeans=3)
    return sheet.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)


def card(cell: Cell, assets: Assets) -> Image.Image:
    """Renders one square card."""
    article, picture = replace(ARTICLE, bullets=(cell.fact,)), photo() if cell.photo else None
    context, square = assets.render_context(article, cell.theme, photo=picture), assets.formats["square"]
    if cell.strand:
        table = assets.theme_tables[cell.theme]
        context = replace(context, theme=read_theme(cell.theme, merge(table, strands_of(table)[cell.strand]), cell.theme))
    scene = lay_out(article, cell.kind, square, context, assets.fonts)
    image = paint(scene, logo_drawer(assets.logo_folder), picture).image
    return draw_construction(image, scene, square) if cell.areas else image


if __name__ == "__main__":
    main()
