"""The `storycard` command: articles from files into cards on disk, and whatever commands other rooms announce.

A command is an entry point in the group `storycard.commands`: a function from its arguments to an exit status.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from storycard.article import Article
from storycard.design.assets import Assets, load_assets
from storycard.design.formats import EXTENSIONS
from storycard.design.kinds import CAROUSEL, KINDS, is_kind
from storycard.errors import ArticleInvalid, FieldError, require_known_name
from storycard.ingest import detect_format, read_article, split_articles

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from storycard.photo import Photo

_ASSETS = Path(__file__).parents[3] / "assets"  # beside the source, as `make install` leaves it
_BAD_INPUT = 2


class _Source(NamedTuple):
    """One article's bytes and where they came from, as messages name it: `news.json` or `news.jsonl:3`."""

    name: str
    data: bytes


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, or 2 when an argument or an article is not right."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    own = {"render": _render, "theme": _check_theme, "inspect": _inspect}
    announced = {} if arguments[:1] and arguments[0] in own else _announced()
    parser = argparse.ArgumentParser(prog="storycard", description="Turns articles into share cards.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_render(subparsers.add_parser("render", help="write the cards of articles to a folder"))
    _add_theme(subparsers.add_parser("theme", help="check a theme that is being made"))
    _add_inspect(subparsers.add_parser("inspect", help="say what a card's file says about itself"))
    for name in announced:
        subparsers.add_parser(name, help=f"see storycard {name} --help", add_help=False)
    if arguments[:1] and arguments[0] in announced:
        return announced[arguments[0]].load()(arguments[1:])
    options = parser.parse_args(arguments)
    return own[options.command](options)


def _announced() -> "dict[str, EntryPoint]":
    """The commands of other rooms by name; looking for them takes an eighth of the time of a whole render."""
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group="storycard.commands")}


def _add_render(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("articles", nargs="+", metavar="ARTICLE", help="a file in any known format, or - for standard input")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="cards go to DIR/{id}/")
    parser.add_argument(
        "--kind",
        type=_names,
        default=KINDS,
        metavar="NAMES",
        help=f"of {','.join((*KINDS, CAROUSEL))}; {','.join(KINDS)} by default",
    )
    parser.add_argument(
        "--format", type=_names, dest="formats", metavar="NAMES", help="of the formats in formats.toml; all by default"
    )
    parser.add_argument("--theme", metavar="NAME", help="of the themes in assets/themes")
    parser.add_argument(
        "--type", default="auto", metavar="|".join(("auto", *EXTENSIONS)), help="image type; auto: what the platform takes"
    )
    parser.add_argument("--id", metavar="ID", help="of an article that carries none; the file's name by default")
    parser.add_argument("--language", metavar="TAG", help="of an article that carries none; found out by default")
    parser.add_argument(
        "--debug", action="store_true", help="draw text boxes, baselines, margins and the safe zone over the cards"
    )
    parser.add_argument("--assets", type=Path, default=_ASSETS, metavar="DIR", help="fonts, themes, formats and marks")


def _add_theme(parser: argparse.ArgumentParser) -> None:
    check = parser.add_subparsers(required=True, metavar="check").add_parser("check", help="say what is wrong with a theme")
    check.add_argument("file", type=Path, metavar="FILE", help="a theme such as those in assets/themes")
    check.add_argument("--assets", type=Path, default=_ASSETS, metavar="DIR", help="fonts, and the themes it may extend")


def _add_inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a PNG, JPEG, WebP or AVIF card")
    parser.add_argument("--json", action="store_true", help="for programs")


def _inspect(options: argparse.Namespace) -> int:
    from storycard.describing.inspection import as_json, as_text, read_card

    try:
        card = read_card(options.file.read_bytes(), str(options.file))
    except FieldError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{options.file}: expected a readable file, got {error.strerror}")
    print(as_json(card) if options.json else as_text(card))
    return 0


def _check_theme(options: argparse.Namespace) -> int:
    from storycard.design.theme_check import check_theme

    try:
        print(check_theme(options.file, load_assets(options.assets)))
    except FieldError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{error.filename}: expected a readable file, got {error.strerror}")
    return 0


def _names(value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    if not names:
        raise argparse.ArgumentTypeError(f"expected names with commas between them, got {value!r}")
    return names


def _render(options: argparse.Namespace) -> int:
    try:
        assets = load_assets(options.assets)
        _check_names(options, assets)
    except FieldError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"--assets: expected a folder like assets/, got {error.filename}: {error.strerror}")
    failures = 0
    for source in _progress(list(_sources(options.articles))):
        try:
            if isinstance(source, OSError):
                raise ArticleInvalid("file", "a readable file", source.strerror or str(source))
            article = _read(source, options)
            _write_set(article, _photo(article, source), assets, options)
        except FieldError as error:
            failures = _complain(f"{source.filename if isinstance(source, OSError) else source.name}: {error}")
    return failures


def _check_names(options: argparse.Namespace, assets: Assets) -> None:
    for kind in options.kind:
        if not is_kind(kind):
            require_known_name((*KINDS, CAROUSEL), kind, "--kind")
    for name in options.formats or ():
        require_known_name(tuple(assets.formats), name, "--format")
    require_known_name(("auto", *EXTENSIONS), options.type, "--type")
    if options.theme is not None:
        require_known_name(tuple(assets.themes), options.theme, "--theme")


def _sources(names: Sequence[str]) -> Iterator["_Source | OSError"]:
    """Every article of every file; a file that cannot be read comes as its error, so that the others still render."""
    for name in names:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            yield error
            continue
        shown = "standard input" if name == "-" else name
        if name.endswith(".jsonl"):
            yield from (_Source(f"{shown}:{number}", line) for number, line in split_articles(data))
        else:
            yield _Source(shown, data)


def _read(source: _Source, options: argparse.Namespace) -> Article:
    """The article, asked of its file first: only what that does not say is taken from the file's name and its words."""
    kind, article_id, language = detect_format(source.data), options.id, options.language
    while True:
        try:
            return read_article(source.data, kind, article_id=article_id, language=language, local_files=True)
        except ArticleInvalid as error:
            if kind == "native":
                raise
            if error.field == "id" and not article_id and (article_id := _id_from_name(source.name)):
                continue
            if error.field == "language" and not language:
                language = _detected_language(source.data)
                continue
            raise


def _id_from_name(name: str) -> str | None:
    """A file's name without its ending, as an article ID; None when it comes from standard input."""
    stem = re.sub(r"[^A-Za-z0-9._~-]+", "-", Path(name).stem).lstrip("._~-")
    return None if name == "standard input" else stem[:128]


def _detected_language(data: bytes) -> str:
    import py3langid  # a model of some megabytes, needed only for exports that do not say

    return py3langid.classify(data.decode("utf-8", "replace"))[0]


def _photo(article: Article, source: _Source) -> "Photo | None":
    """The article's photograph, where it is a file beside the article's own; cards do without one that cannot be used."""
    if not (article.image and article.image.file):
        return None
    from storycard.photo import PhotoInvalid, open_photo

    path = Path(source.name).parent / article.image.file
    try:
        return open_photo(path.read_bytes(), article.image.focal_point)
    except (OSError, PhotoInvalid) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        print(f"storycard: {source.name}: cards without the photograph: {path}: {reason}", file=sys.stderr)
        return None


def _write_set(article: Article, photo: "Photo | None", assets: Assets, options: argparse.Namespace) -> None:
    from storycard.manifest import build_manifest
    from storycard.render import render_set

    now = datetime.now(UTC)
    card_set = render_set(
        article,
        assets,
        options.kind,
        options.formats,
        theme=options.theme,
        image_type=options.type,
        photo=photo,
        today=now.date(),
        debug=options.debug,
    )
    manifest = build_manifest(card_set, now, lambda card: {"file": card.file_name})
    folder = options.out / article.id
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for card in card_set.cards:
            (folder / card.file_name).write_bytes(card.data)
        (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        raise FieldError("--out", "a folder that can be written to", f"{error.filename}: {error.strerror}") from None


def _progress(sources: list["_Source | OSError"]) -> Iterator["_Source | OSError"]:
    """The sources, with a progress bar where there are many and somebody is watching."""
    if len(sources) < 2 or not sys.stderr.isatty():
        yield from sources
        return
    from tqdm import tqdm

    yield from tqdm(sources, unit="article")


def _complain(message: str) -> int:
    print(f"storycard: {message}", file=sys.stderr)
    return _BAD_INPUT
