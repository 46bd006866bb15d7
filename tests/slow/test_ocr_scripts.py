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

import pytest
from PIL import Image, ImageFilter, ImageOps

from storycard.article import Article
from storycard.card_set import TextFact
from storycard.design.assets import Assets
from storycard.design.kinds import KINDS
from storycard.ingest import read_article, split_articles
from storycard.render import render_card
from support.paths import SAMPLES

SCRIPTS = SAMPLES / "scripts.jsonl"


@dataclass(frozen=True, slots=True)
class Reader:
    """A model of Tesseract, and the picture it was trained for: the size of the type in px, softened by so many px.

    It is made for scanned pages: type much larger than a page's is misread, and its search for lines of Arabic drops some whose
    edges are sharper than any scan's. One picture, read once.
    """

    model: str
    type_px: int = 32
    softened: float = 0.0


READERS = {
    "en": Reader("eng"),
    "de": Reader("deu"),
    "fr": Reader("fra"),
    "uk": Reader("ukr"),
    "ar": Reader("ara+eng", type_px=20, softened=0.7),  # a brand stands in Latin letters between the Arabic ones
    "hi": Reader("hin"),
    "zh-Hans": Reader("chi_sim"),
    "ja": Reader("jpn"),
}
NEEDED = {model for reader in READERS.values() for model in reader.model.split("+")}
BY_CHARACTER = ("zh-Hans", "ja")
FORMATS = ("square", "og")
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


@pytest.mark.parametrize("language", READERS)
def test_a_language_can_be_read(language: str, assets: Assets) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        readings = list(pool.map(lambda crop: read_back(*crop, language), crops(sample(language), assets)))
    share = sum(reading.read for reading in readings) / sum(reading.written for reading in readings)
    lost = {reading.card: reading.lost for reading in readings if reading.lost}
    print(f"\n{language}: {share:.1%} read back; lost: {lost}")
    assert share >= LEAST


def sample(language: str) -> Article:
    articles = (read_article(line, "native") for _, line in split_articles(SCRIPTS.read_bytes()))
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
    reader = READERS[language]
    page = ImageOps.scale(cut, reader.type_px / fact.font_px, Image.Resampling.LANCZOS)
    written = parts("\n".join(fact.lines), language)
    read = parts(tesseract(page.filter(ImageFilter.GaussianBlur(reader.softened)), reader.model), language)
    blocks = SequenceMatcher(None, written, read, autojunk=False).get_matching_blocks()
    kept = {index for block in blocks for index in range(block.a, block.a + block.size)}
    return Reading(card, len(kept), len(written), tuple(part for index, part in enumerate(written) if index not in kept))


def tesseract(page: Image.Image, model: str) -> str:
    file = io.BytesIO()
    page.save(file, "PNG")
    done = subprocess.run(
        ["tesseract", "-", "-", "-l", model, "--psm", ONE_BLOCK],
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
