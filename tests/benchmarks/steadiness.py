"""Renders thousands of mixed cards in one process, and measures its memory and the 99th percentile of each case.

`make steady` runs it: every kind, format, theme and script, flat and with a photograph, no two articles in the same words.
Times are processor time (user and system), so other work on the machine does not count.
"""

import argparse
import ctypes
import itertools
import json
import math
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from storycard.article import Article
from storycard.design.assets import Assets, load_assets
from storycard.design.formats import EXTENSIONS
from storycard.design.kinds import KINDS
from storycard.errors import CardSkipped
from storycard.ingest import read_native, split_articles
from storycard.photo import open_photo
from storycard.render import render_card
from storycard_photo import normalise
from support.paths import ASSETS, SAMPLES

CASES = 80  # few enough that each case has a 99th percentile below its maximum
REPORTS = 20  # lines of memory
WARM_UP = 0.2  # of the renders, after which all fonts are open and all bounded caches full
GROWTH = 5.0  # MB that the other renders may add; more counts as a leak and sets the exit status
RATIO = 3.0  # the most of a case's 99th percentile to its median


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of card; the article's words are shuffled for each render."""

    article: Article
    kind: str
    format: str
    theme: str
    type: str
    photo: bool

    def __str__(self) -> str:
        photo = ", photo" if self.photo else ""
        return f"{self.kind}-{self.format}.{EXTENSIONS.get(self.type, 'auto')} {self.theme} {self.article.language}{photo}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--renders", type=int, default=10_000)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write memory and times to FILE")
    arguments = parser.parse_args()
    assets = load_assets(ASSETS)
    photo = normalise((SAMPLES / "with-photo/ridge-path.jpg").read_bytes()).data
    rounds = max(5, -(-arguments.renders // CASES))
    cases = list(itertools.islice(mixed(assets), CASES))
    order = random.Random(2)
    times: dict[Case, list[float]] = {case: [] for case in cases}
    memory: list[float] = []
    for number in range(rounds):
        for case in order.sample(cases, len(cases)):
            times[case].append(milliseconds(case, shuffled(case.article, order), assets, photo if case.photo else None))
        memory.append(resident_mb())
        if number % max(1, rounds // REPORTS) == 0 or number == rounds - 1:
            print(f"{(number + 1) * len(cases):6} renders {memory[-1]:8.1f} MB", flush=True)
    warm = round(rounds * WARM_UP)
    worst = show_times({case: series[warm:] for case, series in times.items()})
    growth = slope(memory[warm:]) * (rounds - warm)
    print(f"memory after warm-up grew by {growth:+.1f} MB; its peak was {peak_mb():.0f} MB")
    if arguments.json:
        rows = {str(case): [round(ms, 2) for ms in series] for case, series in times.items()}
        arguments.json.write_text(json.dumps({"memory_mb": memory, "ms": rows}, indent=1) + "\n", "utf-8")
    sys.exit(growth > GROWTH or worst > RATIO)


def mixed(assets: Assets) -> Iterator[Case]:
    """Yields cases without end, all scripts equally often, leaving out cards that an article does not have."""
    chance = random.Random(1)
    lines = split_articles((SAMPLES / "scripts.jsonl").read_bytes())
    articles = [read_native(line) for _, line in lines]
    for article in itertools.cycle(articles):
        case = Case(
            article,
            chance.choice(KINDS),
            chance.choice(tuple(assets.formats)),
            chance.choice(tuple(assets.themes)),
            chance.choice(("auto", "auto", "auto", *EXTENSIONS)),
            chance.random() < 0.5,
        )
        try:
            render_card(article, case.kind, case.format, assets, theme=case.theme)
        except CardSkipped:
            continue
        yield case


def shuffled(article: Article, order: random.Random) -> Article:
    """Shuffles an article's words, or its characters in scripts without spaces, so that no cache holds its text."""

    def mix(text: str) -> str:
        parts = text.split(" ")
        if len(parts) > 3:
            return " ".join(order.sample(parts, len(parts)))
        cut = order.randrange(len(text) or 1)
        return text[cut:] + text[:cut]

    quotes = tuple(replace(quote, text=mix(quote.text)) for quote in article.quotes)
    return replace(article, headline=mix(article.headline), bullets=tuple(map(mix, article.bullets)), quotes=quotes)


def milliseconds(case: Case, article: Article, assets: Assets, photo: bytes | None) -> float:
    """Measures the processor time of one card, including decoding its photograph."""
    started = time.process_time()
    opened = open_photo(photo) if photo else None
    with suppress(CardSkipped):  # in some orders the words of a quote fit no card
        render_card(article, case.kind, case.format, assets, theme=case.theme, photo=opened, image_type=case.type)
    return (time.process_time() - started) * 1000


def show_times(times: dict[Case, list[float]]) -> float:
    """Prints each class of cards: the medians of its cases' 50th and 99th percentiles, and their worst ratio.

    Returns the worst of all.
    """
    classes: dict[str, list[Case]] = {}
    for case in times:
        classes.setdefault(f"{case.type}, {'photo' if case.photo else 'no photo'}", []).append(case)
    p50 = {case: statistics.median(series) for case, series in times.items()}
    p99 = {case: sorted(series)[math.ceil(len(series) * 0.99) - 1] for case, series in times.items()}
    ratios = {case: p99[case] / p50[case] for case in times}
    print(f"{'class':14}{'cases':>7}{'p50 ms':>9}{'p99 ms':>9}{'worst':>7}")
    for name, cases in sorted(classes.items()):
        medians = (statistics.median(percentiles[case] for case in cases) for percentiles in (p50, p99))
        print(f"{name:14}{len(cases):7}{next(medians):9.1f}{next(medians):9.1f}{max(ratios[case] for case in cases):7.1f}")
    worst = max(ratios, key=ratios.__getitem__)
    print(f"the worst is {worst}: {p99[worst]:.1f} ms to {p50[worst]:.1f} ms")
    return ratios[worst]


def slope(series: list[float]) -> float:
    """Returns the slope per step of the least-squares line through a series."""
    return statistics.linear_regression(range(len(series)), series).slope


def resident_mb() -> float:
    """Returns the memory in use in MB, after releasing the C library's free memory, which varies by 20 MB between cards."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)  # glibc only
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6  # Linux counts in KiB


if __name__ == "__main__":
    main()
