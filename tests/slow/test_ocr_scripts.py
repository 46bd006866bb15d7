"""Checks with Tesseract that cards in eight languages can be read: 95 % of words, or of Chinese and Japanese characters."""

import io
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import pytest
from PIL import Image, ImageFilter, ImageOps

from storycard.article import Article
from storycard.card_set import TextFact
from storycard.design.assets import Assets
from storycard.design.kinds import KINDS
from storycard.ingest import read_native, split_articles
from storycard.layout.card import lay_out
from storycard.painting.logo_files import logo_drawer
from storycard.painting.rgb import paint
from storycard.render import render_card
from support.paths import SAMPLES

SCRIPTS = SAMPLES / "scripts.jsonl"


@dataclass(frozen=True, slots=True)
class Reader:
    """A model of Tesseract, with the type size in px and the Gaussian blur in px that suit it.

    Tesseract is made for scanned pages: it misreads type much larger than a page's, and misses lines of Arabic whose edges are
    sharper than a scan's.
    """

    model: str
    type_px: int = 32
    blur_px: float = 0.0


READERS = {
    "en": Reader("eng"),
    "de": Reader("deu"),
    "fr": Reader("fra"),
    "uk": Reader("ukr"),
    "ar": Reader("ara+eng", type_px=20, blur_px=0.7),  # the Arabic text contains a brand in Latin letters
    "hi": Reader("hin"),
    "zh-Hans": Reader("chi_sim"),
    "ja": Reader("jpn"),
}
NEEDED_MODELS = {model for reader in READERS.values() for model in reader.model.split("+")}
BY_CHARACTER = ("zh-Hans", "ja")
FORMATS = ("square", "og")
FIGURE = ("figure", "unit", "rest")  # the texts of a key fact that has a leading figure
MARGIN_PX = 24  # of background around a text
ONE_BLOCK, ONE_CHARACTER = "6", "10"  # Tesseract's page segmentation modes for a uniform block of text, and for one character
FACTS = {
    "en": "The five steel gates closed for eleven hours and kept thousands of homes dry while the tide stood high.",
    "de": "Überall an der Küste müssen die alten Mauern erneuert werden, doch niemand sagt, wer das bezahlen soll.",
    "fr": "Économiser l’eau restera obligatoire dans tout le département jusqu’à la fin du mois d’octobre.",
    "uk": "Для старих набережних грошей поки немає, хоча інженери попереджали про тріщини ще два роки тому.",
}
MIN_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Reading:
    """The number of words or characters read of a text, the number written, and those lost."""

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
    pytest.mark.skipif(
        not installed_models() >= NEEDED_MODELS, reason=f"needs tesseract with {', '.join(sorted(NEEDED_MODELS))}"
    ),
]


@pytest.mark.parametrize("language", READERS)
def test_ocr_reads_language(language: str, assets: Assets) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        readings = list(pool.map(lambda crop: read_back(*crop, language), crops(sample(language), assets)))
    share = sum(reading.read for reading in readings) / sum(reading.written for reading in readings)
    lost = {reading.card: reading.lost for reading in readings if reading.lost}
    print(f"\n{language}: {share:.1%} read back; lost: {lost}")
    assert share >= MIN_SHARE


@pytest.mark.parametrize("language", FACTS)
def test_ocr_reads_the_whole_sentence_of_a_fact_with_an_initial(language: str, assets: Assets) -> None:
    """Reads the letter and the rest apart, since Tesseract reads line by line: "he", with a "T" on two lines."""
    article = replace(sample(language), bullets=(FACTS[language],), image=None)
    context = assets.render_context(article, "broadsheet")
    for format_name in FORMATS:
        scene = lay_out(article, "bullet", assets.formats[format_name], context, assets.fonts)
        page = paint(scene, logo_drawer(assets.logo_folder)).image.convert("L")
        letter, rest = (next(text for text in scene.texts if text.role == role) for role in ("initial", "bullet"))
        ground = page.getpixel((0, 0))
        sign = ImageOps.expand(page.crop(letter.box.pixels), MARGIN_PX, ground)
        page.paste(ground, letter.box.pixels)
        block = ImageOps.expand(page.crop(rest.box.pixels), MARGIN_PX, ground)
        model = READERS[language].model
        scales = (READERS[language].type_px / rest.font_px * scale for scale in (1.0, 0.75, 1.3))
        read = [
            tesseract(ImageOps.scale(sign, 0.8 * scale), model, ONE_CHARACTER) + tesseract(ImageOps.scale(block, scale), model)
            for scale in scales
        ]
        whole = "".join(parts(FACTS[language], language))
        assert whole in ["".join(parts(text, language)) for text in read], (format_name, read)


def sample(language: str) -> Article:
    articles = (read_native(line) for _, line in split_articles(SCRIPTS.read_bytes()))
    return next(article for article in articles if article.language == language)


def crops(article: Article, assets: Assets) -> Iterator[tuple[str, TextFact, Image.Image]]:
    """Yields the main text of each card, cropped with a margin of background."""
    for kind in KINDS:
        for format_name in FORMATS:
            card = render_card(article, kind, format_name, assets, image_type="png")
            with Image.open(io.BytesIO(card.data)) as picture:
                grey = picture.convert("L")
            for fact in (text for text in card.text if text.role in (kind, *FIGURE)):
                cut = grey.crop((int(fact.box.x), int(fact.box.y), int(fact.box.right), int(fact.box.bottom)))
                if cut.getpixel((0, 0)) < 128:  # Tesseract reads dark letters better
                    cut = ImageOps.invert(cut)
                yield f"{kind}-{format_name} {fact.role}", fact, ImageOps.expand(cut, MARGIN_PX, cut.getpixel((0, 0)))


def read_back(card: str, fact: TextFact, cut: Image.Image, language: str) -> Reading:
    """Reads a text, and again at other sizes while words are lost: at any one size Tesseract may miss a whole line."""
    best = read_at(1.0, card, fact, cut, language)
    for scale in (0.75, 1.3, 1.6):
        if best.lost:
            best = max(best, read_at(scale, card, fact, cut, language), key=lambda reading: reading.read)
    return best


def read_at(scale: float, card: str, fact: TextFact, cut: Image.Image, language: str) -> Reading:
    reader = READERS[language]
    page = ImageOps.scale(cut, scale * reader.type_px / fact.font_px, Image.Resampling.LANCZOS)
    written = parts("\n".join(fact.lines), language)
    read = parts(tesseract(page.filter(ImageFilter.GaussianBlur(reader.blur_px)), reader.model), language)
    blocks = SequenceMatcher(None, written, read, autojunk=False).get_matching_blocks()
    kept = {index for block in blocks for index in range(block.a, block.a + block.size)}
    return Reading(card, len(kept), len(written), tuple(part for index, part in enumerate(written) if index not in kept))


def tesseract(page: Image.Image, model: str, mode: str = ONE_BLOCK) -> str:
    file = io.BytesIO()
    page.save(file, "PNG")
    done = subprocess.run(
        ["tesseract", "-", "-", "-l", model, "--psm", mode],
        input=file.getvalue(),
        capture_output=True,
        check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode()


def parts(text: str, language: str) -> list[str]:
    """Splits a text into words or characters, without punctuation and invisible controls."""
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in unicodedata.normalize("NFKC", text).casefold())
    return [*kept.replace(" ", "").replace("\n", "")] if language in BY_CHARACTER else kept.split()
