"""Defines the paths of the repository and its data."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
SAMPLES = ROOT / "samples"
THEMES = tuple(sorted(path.stem for path in (ASSETS / "themes").glob("*.toml")))


def docs(name: str) -> str:
    """Returns the text of a file of the repository."""
    return (ROOT / name).read_text("utf-8")
