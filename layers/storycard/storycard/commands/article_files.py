"""Reads articles from files or standard input, and the photographs in the same folder."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from storycard.article import Article
from storycard.commands.common import report_error
from storycard.errors import ArticleInvalid
from storycard.ingest import FORMATS, ReadOptions, detect_format, read_article, split_articles
from storycard.ingest.plain_text import decode

if TYPE_CHECKING:
    from storycard.photo import Photo

_STANDARD_INPUT = "standard input"


class ArticleFile(NamedTuple):
    """The bytes of one article, and their place as messages name it: `news.json` or `news.jsonl:3`."""

    name: str
    data: bytes


def read_files(names: Sequence[str]) -> Iterator[ArticleFile | OSError]:
    """Reads every article of every file; "-" is standard input. Yields the error of a file that cannot be read."""
    for name in names:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            yield error
            continue
        place = _STANDARD_INPUT if name == "-" else name
        if name.endswith(".jsonl"):
            yield from (ArticleFile(f"{place}:{number}", line) for number, line in split_articles(data))
        else:
            yield ArticleFile(place, data)


def parse_article(file: ArticleFile, options: ReadOptions) -> Article:
    """Parses an article of any known format. Raises ArticleInvalid.

    If neither the article nor `options` has them, the ID is made from the file's name and the language is detected.
    """
    kind = detect_format(file.data)
    if not kind:
        raise ArticleInvalid("body", f"one of the formats {', '.join(FORMATS)}", "JSON in which no known format was recognised")
    while True:
        try:
            return read_article(file.data, kind, options)
        except ArticleInvalid as error:
            if kind != "native" and error.field == "id" and not options.article_id and (name := _id_from_name(file.name)):
                options = replace(options, article_id=name)
            elif kind != "native" and error.field == "language" and not options.language and (tag := _detect_language(file.data)):
                options = replace(options, language=tag)
            else:
                raise


def open_local_photo(article: Article, file: ArticleFile) -> "Photo | None":
    """Opens the article's photograph if it is a file beside the article's own. Reports one that cannot be used."""
    if not (article.image and article.image.file):
        return None
    from storycard.photo import PhotoInvalid, open_photo

    path = Path(file.name).parent / article.image.file
    try:
        from storycard_photo import normalise  # OpenCV, NumPy and libheif are an extra

        return open_photo(normalise(path.read_bytes()).data, article.image.focal_point, article.image.crop)
    except (OSError, ImportError, PhotoInvalid) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        report_error(f"{file.name}: cards without the photograph: {path}: {reason}")
        return None


def _id_from_name(name: str) -> str | None:
    """Makes an article ID from a file's name without its suffix; None for standard input."""
    stem = re.sub(r"[^A-Za-z0-9._~-]+", "-", Path(name).stem).lstrip("._~-")
    return None if name == _STANDARD_INPUT else stem[:128]


def _detect_language(data: bytes) -> str:
    from storycard.language.article_language import article_language  # only exports without a language need the detector

    return article_language((), None, decode(data))
