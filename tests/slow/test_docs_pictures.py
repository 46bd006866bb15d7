"""Redraws the sheets and cards of the documentation, and compares them with the committed ones."""

import re
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from sheets import concepts, scripts, themes
from storycard.cli import main
from support.paths import ROOT, docs
from support.pixel_comparison import compare

pytestmark = pytest.mark.slow
COMMANDS = re.findall(r"^\t\.venv/bin/storycard (render .+) --out docs/cards$", docs("Makefile"), re.MULTILINE)
HINT = "run make cards"


@pytest.mark.parametrize("sheet", [themes, concepts, scripts], ids=lambda sheet: sheet.__name__)
def test_sheet_is_up_to_date(sheet: ModuleType) -> None:
    drawn = sheet.draw().convert("RGB")
    with Image.open(sheet.SHEET) as committed:
        assert committed.size == drawn.size, HINT
        assert compare(drawn, committed.convert("RGB")).small, HINT


def test_cards_are_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for command in COMMANDS:
        assert main([*command.split(), "--out", str(tmp_path)]) == 0
    drawn, committed = (
        {path.relative_to(folder): path for path in folder.rglob("*-*.*")} for folder in (tmp_path, ROOT / "docs/cards")
    )
    assert drawn.keys() == committed.keys(), HINT
    for name, path in drawn.items():
        with Image.open(path) as one, Image.open(committed[name]) as other:
            assert one.size == other.size, HINT
            assert compare(one.convert("RGB"), other.convert("RGB")).small, f"{name}: {HINT}"
