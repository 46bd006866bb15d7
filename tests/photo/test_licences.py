"""Tests that the pictures for tests are listed with their licences."""

import re
import tomllib
from collections import Counter

from support.paths import ROOT

FOLDER = ROOT / "tests" / "photographs"


def test_every_picture_has_a_licence_of_the_table() -> None:
    entries = []
    for kind in ("people", "objects"):
        table = tomllib.loads((FOLDER / f"{kind}.toml").read_text("utf-8"))
        assert sorted(path.stem for path in (FOLDER / kind).iterdir()) == sorted(table)
        entries += table.values()
    licences = Counter(re.sub(r"(?<=domain) \(.*", "", entry["licence"]) for entry in entries)
    rows = re.findall(r"^\| (.+?) \| (\d+) \|", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE)
    assert {name: int(number) for name, number in rows} == licences
    assert all(entry["author"] and entry["package"] and entry["shown"] for entry in entries)
