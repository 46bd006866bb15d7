"""Measures how full cards are and how different themes look, without photographs; draws contact sheets into out/looks.

squint.png has one row a theme, of square cards 100 px wide in grey: themes and kinds must be told apart by their structure.

`make looks` renders short, medium and long articles in every theme, format and kind. For each card it takes the share of the
content area that the main text fills, from its first capitals to its last baseline. For each pair of themes it takes how much
the masks of their main texts overlap (intersection by union), at the best of the shifts of up to 8 % of the width.
"""

import itertools
import statistics
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageChops

from storycard.article import Article, PullQuote, QuestionAndAnswer
from storycard.design.assets import Assets, load_assets
from storycard.design.kinds import KINDS
from storycard.layout.card import lay_out
from storycard.layout.scene import Scene
from storycard.painting.glyph_raster import rasterize
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint
from support.paths import ASSETS

OUT = Path("out/looks")
TEXTS = {
    "short": ("Rates rise", "Twelve dead", "We had no choice."),
    "medium": (
        "Harbour barriers held through the highest tide in a century, but the old quays must be rebuilt",
        "The five steel gates closed for eleven hours and kept 4,200 homes dry while the tide stood high.",
        "We built the strongest door in the country and hung it on a garden fence.",
    ),
    "long": (
        "Ministers were warned three times that the school roofs could fail, and three times moved the repair money to other "
        "budgets, papers show",
        "Talks over the island have effectively collapsed, with the leadership openly declaring the negotiations a dead end, a "
        "rare admission that carries weight across the region.",
        "We built the strongest door in the country and hung it on a garden fence. The gates did everything we asked of them; "
        "it was the walls that kept me awake.",
    ),
}
MAIN = {"headline": ("headline",), "bullet": ("bullet", "figure", "unit", "rest"), "quote": ("quote", "speaker", "speaker_role")}
FIGURE = "3 in 10 flats built since the barrier opened stand empty, the city's own count shows."
QUESTION = QuestionAndAnswer(
    "Who pays for the old quays?", "The city pays first, and the harbour board pays back two thirds over ten years."
)
LOW, HIGH = 0.42, 0.80  # of the content area
SHIFTS = (-0.08, -0.04, 0.0, 0.04, 0.08)  # of the width
MASK_PX = 120  # wide


def main() -> None:
    assets = load_assets(ASSETS)
    OUT.mkdir(parents=True, exist_ok=True)
    fills: dict[str, list[float]] = defaultdict(list)
    masks: dict[tuple[str, str, str], dict[str, Image.Image]] = defaultdict(dict)
    for theme in assets.themes:
        thumbnails = []
        for (length, texts), kind, name in itertools.product(TEXTS.items(), KINDS, assets.formats):
            scene = scene_of(texts, kind, name, theme, assets)
            fills[theme].append(filled(scene, kind, assets.formats[name].safe.top + assets.formats[name].safe.bottom))
            masks[length, kind, name][theme] = mask_of(scene, kind)
            picture = paint(scene, logo_drawer(assets.logo_folder)).image
            thumbnails.append(picture.resize((200, round(200 * picture.height / picture.width)), Image.Resampling.LANCZOS))
        sheet(thumbnails, len(assets.formats)).save(OUT / f"{theme}.png")
    squint(assets).save(OUT / "squint.png")
    print(f"{'':12}{'median':>8}{f'{LOW} to {HIGH}':>14}{'below':>8}{'above':>8}")
    for theme, shares in fills.items():
        below, above = sum(share < LOW for share in shares), sum(share > HIGH for share in shares)
        within = 100 * (1 - (below + above) / len(shares))
        print(f"{theme:12}{statistics.median(shares):8.2f}{within:12.0f} %{below:8}{above:8}")
    overlaps = {
        pair: statistics.mean(overlap(by_theme[pair[0]], by_theme[pair[1]]) for by_theme in masks.values())
        for pair in itertools.combinations(assets.themes, 2)
    }
    worst = max(overlaps, key=overlaps.__getitem__)
    print(
        f"overlap of main texts: mean {statistics.mean(overlaps.values()):.2f}, most {overlaps[worst]:.2f} ({', '.join(worst)})"
    )


def squint(assets: Assets) -> Image.Image:
    """Returns square cards of every kind, short, medium and long, in grey and 100 px wide: one row a theme."""
    headline, _, quote = TEXTS["medium"]
    shown = [(texts, kind) for texts in TEXTS.values() for kind in KINDS] + [
        ((headline, FIGURE, quote), "bullet"),
        (TEXTS["medium"], "question-1"),
    ]
    scenes = [scene_of(texts, kind, "square", theme, assets) for theme in assets.themes for texts, kind in shown]
    pictures = [paint(scene, logo_drawer(assets.logo_folder)).image.convert("L").resize((100, 100)) for scene in scenes]
    return sheet(pictures, len(shown))


def scene_of(texts: tuple[str, str, str], kind: str, format_name: str, theme: str, assets: Assets) -> Scene:
    headline, bullet, quote = texts
    said = (PullQuote(quote, "Ines Arkwright", "harbour master"),)
    article = Article(
        id="a", language="en", kicker="Floods", headline=headline, bullets=(bullet,), quotes=said, questions=(QUESTION,)
    )
    return lay_out(article, kind, assets.formats[format_name], assets.render_context(article, theme), assets.fonts)


def filled(scene: Scene, kind: str, covered: int) -> float:
    """Returns the share of the content area, within margins of 5.5 % of the width, that the main text's box takes."""
    margin = 0.055 * scene.width
    area = (scene.width - 2 * margin) * (scene.height - covered - 2 * margin * (covered == 0))
    boxes = [text.box for text in scene.texts if text.role in MAIN[kind]]
    left, right = min(box.x for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.y for box in boxes), max(box.bottom for box in boxes)
    return (right - left) * (bottom - top) / area


def mask_of(scene: Scene, kind: str) -> Image.Image:
    """Returns the mask of the main text's letters, blurred to what is seen at a glance."""
    mask = Image.new("L", (scene.width, scene.height))
    for text in scene.texts:
        if text.role in MAIN[kind] and (letters := rasterize(text.lines, text.font_px)):
            mask.paste(letters.mask, letters.box[:2])
    small = mask.reduce(max(1, scene.width // MASK_PX))
    return small.point([255 * (value > 40) for value in range(256)])


def overlap(one: Image.Image, other: Image.Image) -> float:
    """Returns the greatest intersection by union of two masks, at any of SHIFTS in both directions."""
    best = 0.0
    for x, y in itertools.product(SHIFTS, SHIFTS):
        moved = ImageChops.offset(other, round(x * other.width), round(y * other.width))
        both, either = ImageChops.darker(one, moved).histogram()[255], ImageChops.lighter(one, moved).histogram()[255]
        best = max(best, both / either if either else 0.0)
    return best


def sheet(pictures: list[Image.Image], columns: int) -> Image.Image:
    rows = [pictures[start : start + columns] for start in range(0, len(pictures), columns)]
    width, height = (max(getattr(picture, side) for picture in pictures) + 8 for side in ("width", "height"))
    whole = Image.new("RGB", (width * columns, height * len(rows)), "#808080")
    for y, row in enumerate(rows):
        for x, picture in enumerate(row):
            whole.paste(picture, (width * x, height * y))
    return whole


if __name__ == "__main__":
    main()
