"""Implements `storycard inspect`: prints the metadata in a card's file."""

import argparse
from pathlib import Path

from storycard.commands.common import report_error
from storycard.errors import FieldError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a PNG, JPEG, WebP or AVIF card")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    from storycard.describing.inspection import as_json, as_text, read_card

    try:
        card = read_card(options.file.read_bytes(), str(options.file))
    except FieldError as error:
        return report_error(error)
    except OSError as error:
        return report_error(f"{options.file}: expected a readable file, got {error.strerror}")
    print(as_json(card) if options.json else as_text(card))
    return 0
