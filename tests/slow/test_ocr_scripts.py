"""Cards in eight languages as Tesseract reads them: at least nineteen of twenty words, or Chinese and Japanese characters."""

import io
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from storycard.article import Article
from storycard.assets import Assets
from storycard.formats import KINDS
from storycard.ingest import read_article, split_articles
from storycard.render import TextFact, render_card

SAMPLES = Path(__file__).parents[2] / "samples" / "scripts.jsonl"
MODELS = {
    "en": "eng",
    "de": "deu",
    "fr": "fra",
    "uk": "ukr",
    "ar": "ara+eng",  # a brand stands in Latin letters between the Arabic ones
    "hi": "hin",
    "zh-Hans": "chi_sim",
    "ja": "jpn",
}
NEEDED = {model for models in MODELS.values() for model in models.split("+")}
BY_CHARACTER = ("zh-Hans", "ja")
FORMATS = ("square", "og")
# Tesseract is made for scanned pages and misreads type much larger. Its search for lines loses whole ones of Arabic at one size
# and finds them at another, the same picture: a word counts when either reading has it.
TYPE_PX = (14, 48)
MARGIN_PX = 24  # of paper left round a text
ONE_BLOCK = "6"  # Tesseract's name for the layout of a single column of lines
LEAST = 0.95


@dataclass(frozen=True, slots=True)
class Reading:
    """How many of a text's words or characters were read back, of how many, and those that were not."""

    card: str
    read: int
    written: int
    lost: tuple[str, ...]


def installed_models() -> set[str]:
    if shutil.which("tesseract") is None:
        return set()
    return set(subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout.split())


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not installed_models() >= NEEDED, reason=f"needs tesseract with {', '.join(sorted(NEEDED))}"),
]


@pytest.mark.parametrize("language", MODELS)
def test_a_language_can_be_read(language: str, assets: Assets) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        readings = list(pool.map(lambda crop: read_back(*crop, language), crops(sample(language), assets)))
    share = sum(reading.read for reading in readings) / sum(reading.written for reading in readings)
    lost = {reading.card: reading.lost for reading in readings if reading.lost}
    print(f"\n{language}: {share:.1%} read back; lost: {lost}")
    assert share >= LEAST


def sample(language: str) -> Article:
    articles = (read_article(line, "native") for _, line in split_articles(SAMPLES.read_bytes()))
    return next(article for article in articles if article.language == language)


def crops(article: Article, assets: Assets) -> Iterator[tuple[str, TextFact, Image.Image]]:
    """The main text of each card, cut out with some paper round it."""
    for kind in KINDS:
        for format_name in FORMATS:
            card = render_card(article, kind, format_name, assets, image_type="png")
            fact = next(text for text in card.text if text.role == kind)
            box = fact.box
            with Image.open(io.BytesIO(card.data)) as picture:
                cut = picture.convert("L").crop((int(box.x), int(box.y), int(box.right), int(box.bottom)))
            yield f"{kind}-{format_name}", fact, ImageOps.expand(cut, MARGIN_PX, cut.getpixel((0, 0)))


def read_back(card: str, fact: TextFact, cut: Image.Image, language: str) -> Reading:
    written = parts("\n".join(fact.lines), language)
    kept: set[int] = set()
    for type_px in TYPE_PX:
        read = parts(tesseract(ImageOps.scale(cut, type_px / fact.font_px, Image.Resampling.LANCZOS), language), language)
        blocks = SequenceMatcher(None, written, read, autojunk=False).get_matching_blocks()
        kept.update(index for block in blocks for index in range(block.a, block.a + block.size))
    return Reading(card, len(kept), len(written), tuple(part for index, part in enumerate(written) if index not in kept))


def tesseract(page: Image.Image, language: str) -> str:
    file = io.BytesIO()
    page.save(file, "PNG")
    done = subprocess.run(
        ["tesseract", "-", "-", "-l", MODELS[language], "--psm", ONE_BLOCK],
        input=file.getvalue(),
        capture_output=True,
        check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode()


def parts(text: str, language: str) -> list[str]:
    """The words or characters of a text without its punctuation and the controls nobody sees."""
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in unicodedata.normalize("NFKC", text).casefold())
    return [*kept.replace(" ", "").replace("\n", "")] if language in BY_CHARACTER else kept.split()
