"""Tests that `make build` refuses layers which would not fit on Lambda."""

import re
import subprocess
from pathlib import Path

import pytest

from support.paths import ROOT


@pytest.mark.parametrize(
    ("megabytes", "said"), [(2, ""), (3, "expected the layer and assets to have at most 5000000 bytes, got 6000000")]
)
def test_refuses_folders_that_are_too_large_together(tmp_path: Path, megabytes: int, said: str) -> None:
    for name in ("layer", "assets"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_bytes(bytes(megabytes * 1_000_000))
    (tmp_path / "Makefile").write_text(
        f"include {ROOT}/layers/size.mk\nall:\n\t$(call require_size,layer assets,layer and assets)\n", "utf-8"
    )
    ended = subprocess.run(["make", "LARGEST=5000000"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ended.returncode == 0) == (not said)
    assert said in ended.stderr


@pytest.mark.parametrize(("layer", "folders"), [("photo", ["$(LAYER)"]), ("storycard", ["$(LAYER)", "$(HERE)../../assets"])])
def test_every_build_checks_the_size(layer: str, folders: list[str]) -> None:
    rules = (ROOT / "layers" / layer / "Makefile").read_text("utf-8")
    [checked] = re.findall(r"\$\(call require_size,(.+),.+\)", rules)
    assert [folder.strip('"') for folder in checked.split()] == folders
