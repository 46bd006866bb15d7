"""Measures what becomes of the people in photographs on cards, and draws contact sheets of the cards.

`make faces` renders each picture of tests/photographs in every theme and four formats. By the heads marked in people.toml it
counts the cards whose main head is whole and clear of type, and the heads that an edge cuts through. It also looks for the main
face on the finished card. If PEERS names a folder with the npm packages sharp and smartcrop, it also compares crops with theirs.
"""

import argparse
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from crops import OUTSIDE, compare
from PIL import Image, ImageDraw

from storycard.design.assets import Assets, load_assets
from storycard.layout.card import lay_out
from storycard.layout.scene import Rect, Scene
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import Painted, paint
from storycard.photo import Photo
from storycard.photo.crop import Box
from storycard_photo.finding import find_faces
from support.paths import ASSETS
from support.people import ARTICLE, Person, covers_of, heads_on, is_whole, overlap, people
from support.photographs import opened

THEMES = ("broadsheet", "nightdesk", "bulletin", "frontline", "civic", "clarity", "weekend")
FORMATS = ("og", "square", "portrait", "story")
COVERED = 0.03  # share of a head's area: less under type is not covered
SHEET_PX, COLUMNS = 400, 12


@dataclass(frozen=True, slots=True)
class Result:
    """One card: what became of its heads, and the placement of its photograph."""

    name: str
    theme: str
    format: str
    people: int
    placement: str  # "none" if the card has no photograph
    whole: bool  # the main head is inside the photograph's rectangle
    clear: bool  # no type, rule or scrim is on it
    cut: int  # heads that an edge cuts through
    found: bool = False  # faces are found in the picture
    seen: bool = False  # a face is found where the main head is on the card

    @property
    def good(self) -> bool:
        return self.whole and self.clear


def main() -> None:
    """Prints the tables and writes the sheets and results.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/faces"))
    parser.add_argument("--only", nargs="*", help="names of pictures")
    parser.add_argument("--no-sheets", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    assets = load_assets(ASSETS)
    chosen = [person for person in people() if not options.only or person.name in options.only]
    results = []
    sheets: dict[str, list[Image.Image]] = {theme: [] for theme in THEMES}
    for person in chosen:
        photo = opened(person.data)
        for theme, name, scene, painted in cards(photo, assets):
            result = examine(person, photo, theme, name, scene, painted)
            results.append(result)
            if not options.no_sheets:
                sheets[theme].append(thumbnail(painted.image, result))
    (options.out / "results.json").write_text(json.dumps([asdict(result) for result in results], indent=0))
    for theme, thumbnails in sheets.items():
        if thumbnails:
            sheet(thumbnails).save(options.out / f"{theme}.jpg", quality=85)
    print(table(results))
    if peers := os.environ.get("PEERS"):
        print(compare(chosen, Path(peers)))


def cards(photo: Photo, assets: Assets) -> Iterator[tuple[str, str, Scene, Painted]]:
    """Yields the headline card of each theme and format: its theme, format, scene and pixels."""
    for theme in THEMES:
        context = assets.render_context(ARTICLE, theme, photo=photo)
        for name in FORMATS:
            scene = lay_out(ARTICLE, "headline", assets.formats[name], context, assets.fonts)
            yield theme, name, scene, paint(scene, logo_drawer(assets.logo_folder), photo)


def examine(person: Person, photo: Photo, theme: str, name: str, scene: Scene, painted: Painted) -> Result:
    """Returns what became of the heads of a picture on a card."""
    placed = scene.photograph
    missing = Result(person.name, theme, name, len(person.heads), "none", False, False, 0)
    if placed is None:
        return missing
    heads = heads_on(scene, photo, person.heads)
    covered = max((overlap(heads[0], cover) for cover in covers_of(scene)), default=0)
    whole = [is_whole(head, placed.rect) for head in heads]
    return replace(
        missing,
        placement=placed.placement,
        whole=whole[0],
        clear=covered < COVERED,
        found=photo.subject.source == "faces",
        seen=any(_has_middle(heads[0], face.box, scene) for face in find_faces(painted.image)),
        cut=sum(not kept and overlap(head, placed.rect) > OUTSIDE for head, kept in zip(heads, whole, strict=True)),
    )


def _has_middle(head: Rect, face: Box, scene: Scene) -> bool:
    x, y = (face.left + face.right) / 2 * scene.width, (face.top + face.bottom) / 2 * scene.height
    return head.x < x < head.right and head.y < y < head.bottom


def table(results: Sequence[Result]) -> str:
    """Returns the shares of good cards by theme and format, of one or two people, and of heads cut through in groups."""
    lines = [
        "main head whole and clear of type, pictures with one or two people",
        f"{'':12}" + "".join(f"{f:>10}" for f in FORMATS),
    ]
    few = [result for result in results if result.people <= 2]
    for theme in THEMES:
        cells = [_share(r.good for r in few if r.theme == theme and r.format == name) for name in FORMATS]
        lines.append(f"{theme:12}" + "".join(f"{cell:>10}" for cell in cells))
    groups = [result for result in results if result.people > 1]
    lines += [
        f"one or two people: {_share(r.good for r in few)} of {len(few)} cards; whole {_share(r.whole for r in few)}, "
        f"clear {_share(r.clear for r in few)}, without a photograph {_share(r.placement == 'none' for r in few)}, "
        f"face found again {_share(r.seen for r in few if r.found)}",
        f"all: {_share(r.good for r in results)} of {len(results)} cards",
        f"groups: {100 * sum(r.cut for r in groups) / max(1, sum(r.people for r in groups)):.1f} % of heads cut through",
    ]
    return "\n".join(lines)


def _share(values: Iterable[bool]) -> str:
    counted = list(values)
    return f"{100 * sum(counted) / max(1, len(counted)):.1f} %"


def thumbnail(image: Image.Image, result: Result) -> Image.Image:
    """Returns a card as a feed shows it, with a red edge if its main head is cut or covered."""
    small = image.convert("RGB").resize(
        (SHEET_PX // 2, round(SHEET_PX / 2 * image.height / image.width)), Image.Resampling.LANCZOS
    )
    edge = Image.new("RGB", (small.width + 8, small.height + 22), "#ffffff" if result.good and not result.cut else "#ff2020")
    edge.paste(small, (4, 18))
    ImageDraw.Draw(edge).text((4, 3), f"{result.name} {result.placement} cut {result.cut}", fill="black")
    return edge


def sheet(thumbnails: Sequence[Image.Image]) -> Image.Image:
    """Returns the cards in rows, three pictures a row."""
    rows = [thumbnails[start : start + COLUMNS] for start in range(0, len(thumbnails), COLUMNS)]
    heights = [max(card.height for card in row) for row in rows]
    whole = Image.new("RGB", (COLUMNS * (SHEET_PX // 2 + 12), sum(heights) + 4 * len(rows)), "#dddddd")
    y = 0
    for row, height in zip(rows, heights, strict=True):
        x = 0
        for card in row:
            whole.paste(card, (x, y))
            x += card.width + 4
        y += height + 4
    return whole


if __name__ == "__main__":
    main()
