"""Checks with Tesseract that cards can be read: OCR must return the text in the manifest."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from support.paths import ROOT, SAMPLES

SEED = ROOT.parent / "shared" / "data" / "seed" / "article.txt"
MODELS = {"en": "eng", "de": "deu", "uk": "ukr"}
# Tesseract is made for scanned pages: it misreads larger type, and at any one size it may miss a whole line.
TYPE_PX = (48, 40, 32, 56, 26, 64)
MIN_SHARE_OF_SET, MIN_SHARE_OF_CARD = 0.98, 0.90

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract with its English, German and Ukrainian models"),
]


@dataclass(frozen=True)
class Reading:
    """The number of words read of a card's main text, the number written, and the words lost."""

    card: str
    read: int
    written: int
    lost: tuple[str, ...]


def test_ocr_reads_sample_cards(tmp_path: Path) -> None:
    articles = [*sorted((SAMPLES).glob("*.json")), *([SEED] if SEED.exists() else [])]
    subprocess.run([sys.executable, "-m", "storycard", "render", *articles, "--out", tmp_path], check=True)
    cards = [
        (path.parent, manifest["language"], card)
        for path in sorted(tmp_path.glob("*/manifest.json"))
        for manifest in [json.loads(path.read_bytes())]
        for card in manifest["cards"]
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        readings = list(pool.map(lambda card: read_back(*card), cards))
    share = sum(reading.read for reading in readings) / sum(reading.written for reading in readings)
    worst = min(readings, key=lambda reading: reading.read / reading.written)
    print(f"\n{len(readings)} cards, {share:.1%} of their words read back; the worst is {worst}")
    assert share >= MIN_SHARE_OF_SET
    assert [reading for reading in readings if reading.read < MIN_SHARE_OF_CARD * reading.written] == []


def read_back(folder: Path, language: str, card: dict) -> Reading:
    """Reads a card, and again at other sizes while words are lost; returns the best reading."""
    best = read_at(TYPE_PX[0], folder, language, card)
    for type_px in TYPE_PX[1:]:
        if best.lost:
            best = max(best, read_at(type_px, folder, language, card), key=lambda reading: reading.read)
    return best


def read_at(type_px: int, folder: Path, language: str, card: dict) -> Reading:
    main = next(text for text in card["text"] if text["role"] in (card["kind"], "rest"))  # the rest of a fact with a figure
    with Image.open(folder / card["file"]) as picture:
        page = ImageOps.scale(picture.convert("L"), type_px / main["font_px"], Image.Resampling.LANCZOS)
    file = io.BytesIO()
    page.save(file, "PNG")
    done = subprocess.run(
        ["tesseract", "-", "-", "-l", MODELS[language], "--psm", "3"],
        input=file.getvalue(),
        capture_output=True,
        check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    written, read = words(" ".join(main["lines"])), words(done.stdout.decode())
    blocks = SequenceMatcher(None, written, read, autojunk=False).get_matching_blocks()
    kept = {index for block in blocks for index in range(block.a, block.a + block.size)}
    lost = tuple(word for index, word in enumerate(written) if index not in kept)
    return Reading(f"{folder.name}/{card['file']}", len(kept), len(written), lost)


def words(text: str) -> list[str]:
    """Splits text into words of letters and digits; OCR confuses quotation marks and dashes that are perfectly legible."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold())
