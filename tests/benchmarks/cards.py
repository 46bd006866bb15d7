"""Times whole cards and sets, from article to bytes, on one core, and compares them with other renderers.

`make bench` runs it. If PEERS names a directory with `bench.mjs` and its installed packages, those renderers draw the same words
and photograph on the same core. This process and its children are pinned to one core, because a function with 1,769 MB has one.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from storycard.article import Article, PullQuote, QuestionAndAnswer
from storycard.card_set import CardSet
from storycard.design.assets import Assets, load_assets
from storycard.design.theme_reader import load_labels_table, load_theme_table, read_theme
from storycard.editing.text_metrics import columns, overlap
from storycard.photo import open_photo
from storycard.render import render_card, render_set
from storycard.text.breaking.opportunities import find_breaks
from storycard.text.paragraph import measure
from storycard_photo import normalise
from support.paths import ASSETS
from support.photographs import large_photo

RUNS = 30
WARM_UP = 0.5  # s of renders before timing starts, because caches are cold after another process has run
THEMES = ("broadsheet", "bulletin", "civic", "clarity", "frontline", "nightdesk", "weekend")
CARDS = 24  # in a set: three kinds in eight formats
ROUNDS = 3  # of alternating with the other renderers, because the speed of a machine changes by the minute
# Fewer runs where each takes long: of whole sets, of each card by the other renderers in each round, and of each card of a set.
SET_RUNS, PEER_RUNS, PEER_SET_RUNS = 10, 10, 2
ARTICLE = Article(
    id="barriers",
    language="en",
    kicker="Harbour news · World",
    headline="Coastal cities agree to share flood barriers after a winter of record storms",
)
# The fact that the other renderers draw below the headline.
DECK = "Eleven mayors signed the pact on Tuesday; engineers say the first shared barrier could be working within two years."
WITH_DECK = replace(ARTICLE, questions=(QuestionAndAnswer(ARTICLE.headline, DECK),))
WHOLE_ARTICLE = replace(
    ARTICLE,
    bullets=("The first barrier will stand where the spring tide came over the quay in February.",),
    quotes=(PullQuote("We have bought ourselves ten years, and we know what they are for.", "Ines Arkwright", "harbour master"),),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A card in a theme; `name` is the name of the case in `bench.mjs`."""

    name: str
    format: str
    type: str
    photo: bool
    theme: str


@dataclass(frozen=True, slots=True)
class Timing:
    """The median of warm renders in ms, and the size of the image in bytes."""

    ms: float
    bytes: int


CASES = (
    Case("og-flat-png", "og", "png", photo=False, theme="peers"),
    Case("og-flat-jpeg", "og", "jpeg", photo=False, theme="peers"),
    Case("og-photo-jpeg", "og", "jpeg", photo=True, theme="frontline"),
    Case("og-photo-png", "og", "png", photo=True, theme="frontline"),
    Case("og-photo-webp", "og", "webp", photo=True, theme="frontline"),
    Case("square-flat-png", "square", "png", photo=False, theme="peers"),
    Case("story-flat-png", "story", "png", photo=False, theme="peers"),
    Case("story-photo-jpeg", "story", "jpeg", photo=True, theme="frontline"),
    Case("og-bulletin-png", "og", "png", photo=False, theme="bulletin"),
    Case("story-bulletin-png", "story", "png", photo=False, theme="bulletin"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the timings to FILE")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    assets = with_theme(load_assets(ASSETS), Path(__file__).with_name("peers.toml"))
    peers = os.environ.get("PEERS")
    photo = normalise((Path(peers) / "photo.jpg").read_bytes() if peers else large_photo()).data
    ours: dict[str, list[Timing]] = {case.name: [] for case in CASES}
    theirs: dict[str, dict[str, list[Timing]]] = {}
    for _ in range(ROUNDS):
        for case in CASES:
            ours[case.name].append(timed(card_of(case, photo, assets)))
        for name, timings in (peer_timings(Path(peers)) if peers else {}).items():
            for case_name, timing in timings.items():
                theirs.setdefault(name, {}).setdefault(case_name, []).append(timing)
    results = {"storycard": summary(ours), **{name: summary(timings) for name, timings in theirs.items()}}
    for theme in THEMES:
        results["storycard"][f"set-{theme}"] = timed(partial(whole_set, theme, photo, assets), SET_RUNS)
        if "takumi" in results:
            results["takumi"][f"set-{theme}"] = peer_set(Path(peers), theme, photo, assets)
    show(results)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        rows = {name: {case: asdict(timing) for case, timing in timings.items()} for name, timings in results.items()}
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


def with_theme(assets: Assets, path: Path) -> Assets:
    """Returns the assets with one more theme, in which text has the sizes that the other renderers are given."""
    table = load_theme_table(path, assets.theme_tables, load_labels_table(assets.folder))
    themes = {**assets.themes, path.stem: read_theme(path.stem, table, path.name)}
    return replace(assets, themes=themes, theme_tables={**assets.theme_tables, path.stem: table})


def card_of(case: Case, photo: bytes, assets: Assets) -> Callable[[], bytes]:
    """Returns a function that renders one card, and decodes the photograph as stored after normalisation each time."""

    def render() -> bytes:
        opened = open_photo(photo) if case.photo else None
        article, kind = (WITH_DECK, "question-1") if case.theme == "peers" else (ARTICLE, "headline")
        return render_card(article, kind, case.format, assets, theme=case.theme, photo=opened, image_type=case.type).data

    return render


def card_set(theme: str, photo: bytes, assets: Assets) -> CardSet:
    """Renders three kinds in eight formats, with the photograph on the headlines."""
    cards = render_set(WHOLE_ARTICLE, assets, theme=theme, photo=open_photo(photo))
    assert len(cards.cards) == CARDS
    return cards


def whole_set(theme: str, photo: bytes, assets: Assets) -> bytes:
    return b"".join(card.data for card in card_set(theme, photo, assets).cards)


def clear_text_caches() -> None:
    """Makes the next render measure its text again, as it would for a new article and as the other renderers do."""
    for function in (measure, find_breaks, columns, overlap):
        function.cache_clear()


def timed(render: Callable[[], bytes], runs: int = RUNS) -> Timing:
    warm = time.perf_counter() + WARM_UP
    while time.perf_counter() < warm:
        clear_text_caches()
        render()
    times: list[float] = []
    for _ in range(runs):
        clear_text_caches()
        started = time.perf_counter()
        data = render()
        times.append((time.perf_counter() - started) * 1000)
    return Timing(statistics.median(times), len(data))


def peer_timings(folder: Path) -> dict[str, dict[str, Timing]]:
    """Returns the timings that `bench.mjs` reports, by renderer and case."""
    return run_bench(folder, "--runs", str(PEER_RUNS))


def peer_set(folder: Path, theme: str, photo: bytes, assets: Assets) -> Timing:
    """Returns the sum of takumi's timings for the cards of a set: the words of `cases.json` in each card's size and type."""
    cases = [
        {"id": card.file_name, "width": card.width, "height": card.height, "photo": card.kind == "headline", "type": card.type}
        for card in card_set(theme, photo, assets).cards
    ]
    with tempfile.TemporaryDirectory() as scratch:
        there = Path(scratch)
        shutil.copy(folder / "bench.mjs", there)
        (there / "node_modules").symlink_to((folder / "node_modules").resolve())
        spec = json.loads((folder / "cases.json").read_text("utf-8"))
        (there / "cases.json").write_text(json.dumps(spec | {"cases": cases}), "utf-8")
        arguments = ("--peer", "takumi", "--runs", str(PEER_SET_RUNS), "--photo", str((folder / "photo.jpg").resolve()))
        [timings] = run_bench(there, *arguments).values()
    assert len(timings) == CARDS
    return Timing(sum(timing.ms for timing in timings.values()), sum(timing.bytes for timing in timings.values()))


def run_bench(folder: Path, *arguments: str) -> dict[str, dict[str, Timing]]:
    node = shutil.which("node") or "node"
    lines = subprocess.run([node, "bench.mjs", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    timings: dict[str, dict[str, Timing]] = {}
    for line in lines.stdout.splitlines():
        row = json.loads(line)
        timings.setdefault(row["peer"], {})[row["case"]] = Timing(row["median_ms"], row["bytes"])
    return timings


def summary(timings: dict[str, list[Timing]]) -> dict[str, Timing]:
    return {case: Timing(statistics.median(timing.ms for timing in rounds), rounds[-1].bytes) for case, rounds in timings.items()}


def show(results: dict[str, dict[str, Timing]]) -> None:
    """Prints one row for each case: ms, KB, and the ratio of our ms to each other renderer's. A set has 24 cards."""
    others = [name for name in results if name != "storycard"]
    print(f"{'case':28}{'ms':>10}{'KB':>8}" + "".join(f"{'to ' + name:>18}" for name in others))
    for case, timing in results["storycard"].items():
        ratios = (results[name].get(case) for name in others)
        cells = "".join(f"{f'{timing.ms / other.ms:.2f}' if other else '':>18}" for other in ratios)
        print(f"{case:28}{timing.ms:10.1f}{timing.bytes / 1000:8.1f}{cells}")


if __name__ == "__main__":
    main()
