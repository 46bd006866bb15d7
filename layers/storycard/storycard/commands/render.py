"""Implements `storycard render`: writes the cards of articles to a folder."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from storycard.article import Article
from storycard.commands.article_files import open_local_photo, parse_article, read_files
from storycard.commands.common import DEFAULT_ASSETS, report_error
from storycard.design.assets import Assets, load_assets
from storycard.design.formats import EXTENSIONS
from storycard.design.kinds import KINDS, SERIES, is_kind
from storycard.errors import ArticleInvalid, FieldError, require_known_name
from storycard.ingest import ReadOptions

if TYPE_CHECKING:
    from storycard.card_set import CardSet
    from storycard.photo import Photo

Item = TypeVar("Item")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds, types = ",".join((*KINDS, *SERIES)), ("auto", *EXTENSIONS)
    parser.add_argument("articles", nargs="+", metavar="ARTICLE", help="a file in any known format, or - for standard input")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="write the cards to DIR/{id}/")
    parser.add_argument(
        "--kind", type=_split_names, default=KINDS, metavar="NAMES", help=f"some of {kinds}; {','.join(KINDS)} by default"
    )
    parser.add_argument(
        "--format", type=_split_names, dest="formats", metavar="NAMES", help="some of the formats in formats.toml; all by default"
    )
    parser.add_argument("--theme", metavar="NAME", help="a theme in assets/themes")
    parser.add_argument(
        "--type", default="auto", metavar="|".join(types), help="image type; auto is the first that the platform accepts"
    )
    parser.add_argument("--id", metavar="ID", help="the ID of an article that has none; by default the file's name")
    parser.add_argument("--language", metavar="TAG", help="the language of an article that names none; detected by default")
    parser.add_argument(
        "--debug", action="store_true", help="draw text boxes, baselines, margins and the safe zone over the cards"
    )
    parser.add_argument("--assets", type=Path, default=DEFAULT_ASSETS, metavar="DIR", help="fonts, themes, formats and logos")


def run(options: argparse.Namespace) -> int:
    try:
        assets = load_assets(options.assets)
        _check_names(options, assets)
    except FieldError as error:
        return report_error(error)
    except OSError as error:
        return report_error(f"--assets: expected a folder like assets/, got {error.filename}: {error.strerror}")
    read_options = ReadOptions(assets.languages, options.id, options.language, local_files=True)
    status = 0
    for file in _show_progress(list(read_files(options.articles))):
        try:
            if isinstance(file, OSError):
                raise ArticleInvalid("file", "a readable file", file.strerror or str(file))
            article = parse_article(file, read_options)
            for notice in article.notices:
                report_error(f"{file.name}: {notice}")
            card_set = _render(article, open_local_photo(article, file), assets, options)
            _write(card_set, options.out / article.id)
        except FieldError as error:
            status = report_error(f"{file.filename if isinstance(file, OSError) else file.name}: {error}")
    return status


def _split_names(value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    if not names:
        raise argparse.ArgumentTypeError(f"expected names separated by commas, got {value!r}")
    return names


def _check_names(options: argparse.Namespace, assets: Assets) -> None:
    for kind in options.kind:
        if not is_kind(kind):
            require_known_name((*KINDS, *SERIES), kind, "--kind")
    for name in options.formats or ():
        require_known_name(tuple(assets.formats), name, "--format")
    require_known_name(("auto", *EXTENSIONS), options.type, "--type")
    if options.theme is not None:
        require_known_name(tuple(assets.themes), options.theme, "--theme")


def _render(article: Article, photo: "Photo | None", assets: Assets, options: argparse.Namespace) -> "CardSet":
    # Imported late, so that wrong arguments are reported before the drawing libraries load.
    from storycard.render import render_set

    return render_set(
        article,
        assets,
        options.kind,
        options.formats,
        theme=options.theme,
        image_type=options.type,
        photo=photo,
        today=datetime.now(UTC).date(),
        debug=options.debug,
    )


def _write(card_set: "CardSet", folder: Path) -> None:
    """Writes the cards and their manifest. Raises FieldError if it cannot."""
    from storycard.manifest import build_manifest

    manifest = build_manifest(card_set, datetime.now(UTC), lambda card: {"file": card.file_name})
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for card in card_set.cards:
            (folder / card.file_name).write_bytes(card.data)
        (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        raise FieldError("--out", "a folder that can be written to", f"{error.filename}: {error.strerror}") from None


def _show_progress(files: list[Item]) -> Iterable[Item]:
    """Yields `files`, with a progress bar if there are several and standard error is a terminal."""
    if len(files) < 2 or not sys.stderr.isatty():
        return files
    from tqdm import tqdm

    return tqdm(files, unit="article")
