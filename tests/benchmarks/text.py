"""Times headlines in every script: measuring and line breaking, and fitting them on a card."""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from storycard.article import Article
from storycard.design.assets import load_assets
from storycard.design.role import sizes as type_sizes
from storycard.editing.punctuation import typeset
from storycard.ingest import read_native, split_articles
from storycard.language.languages import load_languages
from storycard.layout.composer import Composer
from storycard.text.fitting import Box, fit_or_truncate
from storycard.text.paragraph import measure
from support.measuring import measure_in
from support.paths import ASSETS, ROOT, SAMPLES

SCRIPTS = SAMPLES / "scripts.jsonl"
CORPUS = ROOT.parent / "shared" / "data" / "headlines.jsonl"
LANGUAGES = load_languages(ROOT / "assets/languages")
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Headline:
    """A typeset headline and its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Timing:
    """Warm ms per headline: the median of the headlines' medians, their 95th percentile, the slowest and its language."""

    what: str
    headlines: int
    median: float
    p95: float
    slowest: float
    language: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the timings to FILE")
    arguments = parser.parse_args()
    assets = load_assets(ASSETS)
    square = assets.formats["square"]
    composition = assets.themes["broadsheet"].compositions_for("headline", square)[-1]  # those before it are for few words
    part = composition.parts["headline"]
    role = part.role
    box = Box(part.area.width, part.area.height, role.max_lines)
    sizes = type_sizes(role.min_px, role.max_px, 1.0)

    def measure_and_break(headline: Headline) -> None:
        paragraph = measure_in(headline.language, headline.text, role.style, assets.fonts)
        fit_or_truncate(paragraph, box, sizes)

    def set_whole(headline: Headline) -> None:
        measure.cache_clear()
        article = Article(id="a", headline=headline.text, language=headline.language)
        composer = Composer(composition, square, assets.render_context(article, "broadsheet"), assets.fonts)
        composer.fit_or_truncate("headline", part, headline.text, composer.room(part.area))

    headlines = {"samples": list(sample_headlines())} | ({"corpus": list(corpus_headlines())} if CORPUS.exists() else {})
    timings = [
        timing(f"{what}, {source}", task, texts)
        for source, texts in headlines.items()
        for what, task in (("measure and break", measure_and_break), ("set", set_whole))
    ]
    print(f"{'ms, warm':28}{'headlines':>10}{'median':>9}{'p95':>9}{'slowest':>9}")
    for row in timings:
        print(f"{row.what:28}{row.headlines:10}{row.median:9.2f}{row.p95:9.2f}{row.slowest:9.2f} ({row.language})")
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(row) for row in timings], indent=2) + "\n")


def sample_headlines() -> Iterator[Headline]:
    for _, line in split_articles(SCRIPTS.read_bytes()):
        article = read_native(line)
        yield Headline(typeset(article.headline, LANGUAGES.of(article.language)), article.language)


def corpus_headlines() -> Iterator[Headline]:
    for line in CORPUS.read_text("utf-8").splitlines():
        source = json.loads(line)
        yield Headline(typeset(source["headline"], LANGUAGES.of(source["lang"])), source["lang"])


def timing(what: str, task: Callable[[Headline], None], headlines: list[Headline]) -> Timing:
    for headline in headlines:
        task(headline)  # warms fonts, dictionaries and caches
    medians = {headline: statistics.median(once(task, headline) for _ in range(ROUNDS)) for headline in headlines}
    slowest = max(medians, key=medians.__getitem__)
    p95 = statistics.quantiles(medians.values(), n=20)[-1]
    return Timing(what, len(headlines), statistics.median(medians.values()), p95, medians[slowest], slowest.language)


def once(task: Callable[[Headline], None], headline: Headline) -> float:
    start = time.perf_counter()
    task(headline)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
