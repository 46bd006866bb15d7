"""Defines the paths of the repository and its data."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
SAMPLES = ROOT / "samples"
