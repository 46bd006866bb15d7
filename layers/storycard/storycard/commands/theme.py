"""Implements `storycard theme check`: checks a theme file that is being written."""

import argparse
from pathlib import Path

from storycard.commands.common import DEFAULT_ASSETS, report_error
from storycard.design.assets import load_assets
from storycard.errors import FieldError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    check = parser.add_subparsers(required=True, metavar="check").add_parser("check", help="list what is wrong with a theme")
    check.add_argument("file", type=Path, metavar="FILE", help="a theme such as those in assets/themes")
    check.add_argument(
        "--assets", type=Path, default=DEFAULT_ASSETS, metavar="DIR", help="the fonts, and the themes that it may extend"
    )


def run(options: argparse.Namespace) -> int:
    from storycard.commands.feed_legibility import check_in_feed
    from storycard.design.theme_check import read_theme_file, report

    try:
        assets = load_assets(options.assets)
        themes = read_theme_file(options.file, assets)
        for place, theme in themes.items():
            check_in_feed(theme, assets, place)
    except FieldError as error:
        return report_error(error)
    except OSError as error:
        return report_error(f"{error.filename}: expected a readable file, got {error.strerror}")
    print(report(themes[options.file.name]))
    return 0
