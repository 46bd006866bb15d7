"""Cards as a reader sees them: Tesseract must read back what the manifest says they say."""

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
TYPE_PX = (48, 40)  # Tesseract is made for scanned pages: larger type is misread, and at some one size a whole line may be lost
OF_THE_SET, OF_A_CARD = 0.98, 0.90

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract with its English, German and Ukrainian models"),
]


@dataclass(frozen=True)
class Reading:
    """How many words of a card's main text were read back, of how many, and those that were not."""

    card: str
    read: int
    written: int
    lost: tuple[str, ...]


def test_every_card_can_be_read(tmp_path: Path) -> None:
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
    assert share >= OF_THE_SET
    assert [reading for reading in readings if reading.read < OF_A_CARD * reading.written] == []


def read_back(folder: Path, language: str, card: dict) -> Reading:
    """A card's first reading, or a second one at another size where that loses fewer words."""
    first = read_at(TYPE_PX[0], folder, language, card)
    return max(first, read_at(TYPE_PX[1], folder, language, card), key=lambda reading: reading.read) if first.lost else first


def read_at(type_px: int, folder: Path, language: str, card: dict) -> Reading:
    main = next(text for text in card["text"] if text["role"] == card["kind"])
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
    """Letters and digits only: curly or straight, long dash or short is no question of legibility."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold())
