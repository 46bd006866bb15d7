"""Measures how full cards are and how different themes look, without photographs; draws contact sheets into out/looks.

squint.png has one row a theme, of square cards 100 px wide in grey: themes and kinds must be told apart by their structure.

`make looks` renders short, medium and long articles in every theme, format and kind, and lays them out in three dense scripts.
For each card it takes the share of the content area that the box around all ink of the main text takes. worst.md lists the cards
that are furthest from the rule. For each pair of themes it takes how much the masks of their main texts overlap (intersection
by union), at the best of the shifts of up to 8 % of the width.
"""

import itertools
import statistics
from collections import defaultdict
from pathlib import Path

from PIL import Image

from storycard.design.assets import Assets, load_assets
from storycard.design.kinds import KINDS
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint
from support.looks import FIGURE, HIGH, LOW, TEXTS, filled, mask_of, overlap, scene_of
from support.paths import ASSETS

OUT = Path("out/looks")
WORST = 10


def main() -> None:
    assets = load_assets(ASSETS)
    OUT.mkdir(parents=True, exist_ok=True)
    fills: dict[tuple[str, str], list[float]] = defaultdict(list)
    found: list[tuple[float, str]] = []
    masks: dict[tuple[str, str, str], dict[str, Image.Image]] = defaultdict(dict)
    for theme in assets.themes:
        thumbnails = []
        for language, length, kind, name in itertools.product(TEXTS, TEXTS["en"], KINDS, assets.formats):
            scene = scene_of(TEXTS[language][length], kind, name, theme, assets, language)
            share = filled(scene, kind, assets.formats[name].safe.top + assets.formats[name].safe.bottom)
            fills[theme, language].append(share)
            found.append((share, f"{theme} {kind} {name}, {length} {language}"))
            if language != "en":
                continue
            masks[length, kind, name][theme] = mask_of(scene, kind)
            picture = paint(scene, logo_drawer(assets.logo_folder)).image
            thumbnails.append(picture.resize((200, round(200 * picture.height / picture.width)), Image.Resampling.LANCZOS))
        sheet(thumbnails, len(assets.formats)).save(OUT / f"{theme}.png")
    squint(assets).save(OUT / "squint.png")
    print(f"{'':15}{'median':>8}{f'{LOW} to {HIGH}':>14}{'below':>8}{'above':>8}")
    for (theme, language), shares in fills.items():
        print_fill(f"{theme} {language}", shares)
    for language in TEXTS:
        print_fill(f"all {language}", [share for (_, other), shares in fills.items() if other == language for share in shares])
    found.sort(key=lambda item: max(LOW - item[0], item[0] - HIGH), reverse=True)
    rows = [f"{share:.2f} {card}" for share, card in found[:WORST]]
    (OUT / "worst.md").write_text("# The cards furthest from the rule of fill\n\n" + "".join(f"- {row}\n" for row in rows))
    print("furthest from it:", *rows, sep="\n  ")
    overlaps = {
        pair: statistics.mean(overlap(by_theme[pair[0]], by_theme[pair[1]]) for by_theme in masks.values())
        for pair in itertools.combinations(assets.themes, 2)
    }
    worst = max(overlaps, key=overlaps.__getitem__)
    print(
        f"overlap of main texts: mean {statistics.mean(overlaps.values()):.2f}, most {overlaps[worst]:.2f} ({', '.join(worst)})"
    )


def print_fill(name: str, shares: list[float]) -> None:
    below, above = sum(share < LOW for share in shares), sum(share > HIGH for share in shares)
    print(f"{name:15}{statistics.median(shares):8.2f}{100 * (1 - (below + above) / len(shares)):12.0f} %{below:8}{above:8}")


def squint(assets: Assets) -> Image.Image:
    """Returns square cards of every kind, short, medium and long, in grey and 100 px wide: one row a theme."""
    headline, _, quote = TEXTS["en"]["medium"]
    shown = [(texts, kind) for texts in TEXTS["en"].values() for kind in KINDS] + [
        ((headline, FIGURE, quote), "bullet"),
        (TEXTS["en"]["medium"], "question-1"),
    ]
    scenes = [scene_of(texts, kind, "square", theme, assets) for theme in assets.themes for texts, kind in shown]
    pictures = [paint(scene, logo_drawer(assets.logo_folder)).image.convert("L").resize((100, 100)) for scene in scenes]
    return sheet(pictures, len(shown))


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
