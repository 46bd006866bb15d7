"""Holds what the commands share: the default assets folder and the reporting of errors."""

import sys
from pathlib import Path

DEFAULT_ASSETS = Path(__file__).parents[4] / "assets"  # in the repository, next to layers/
BAD_INPUT = 2  # exit status


def report_error(message: object) -> int:
    """Prints `message` to standard error. Returns the exit status."""
    print(f"storycard: {message}", file=sys.stderr)
    return BAD_INPUT
