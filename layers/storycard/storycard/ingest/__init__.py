"""Reads articles in the formats that newsrooms send, and builds Article values from them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

from storycard.article import MAX_ITEMS, NO_SOCIAL_HEADLINES, Article
from storycard.errors import require_known_name
from storycard.ingest.detection import detect_format
from storycard.ingest.formats.native import read_native
from storycard.ingest.read_options import ReadOptions

_LOST_IN_JSON = re.compile(rb"\xef\xbf\xbd|\\u[fF]{3}[dD]")  # U+FFFD, which readers leave out


class Reader(Protocol):
    """Reads one article in one source format.

    A reader is a function `read_{module}` in a module of `storycard.ingest.formats`. It ends with `draft.build_article`, which
    enforces the rules of Article.
    """

    def __call__(self, data: bytes, options: ReadOptions) -> Article:
        """Returns the article in `data`, the bytes of a file or of a request's body.

        Raises ArticleInvalid naming the field at fault.
        """


def _lazy_reader(module: str) -> Reader:
    """Returns the `read_{module}` of `formats/{module}.py`, which is imported on first use: HTML parsers load slowly."""

    def read(data: bytes, options: ReadOptions) -> Article:
        reader: Reader = getattr(import_module(f"storycard.ingest.formats.{module}"), f"read_{module}")
        return reader(data, options)

    return read


def _read_native(data: bytes, options: ReadOptions) -> Article:
    article = read_native(data, article_id=options.article_id, language=options.language, local_files=options.local_files)
    return article if options.social_titles else replace(article, social_headlines=NO_SOCIAL_HEADLINES)


# Every source format by the name that users type. CONTRIBUTING.md lists what else a new one needs; tests check that list.
FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        "native": _read_native,
        "text": _lazy_reader("text_export"),
        "jsonld": _lazy_reader("news_page"),
        "wordpress": _lazy_reader("wordpress"),
        "ghost": _lazy_reader("ghost"),
        "ans": _lazy_reader("ans"),
        "ninjs": _lazy_reader("ninjs"),
    }
)


def read_article(data: bytes, format_name: str, options: ReadOptions) -> Article:
    """Returns the article in `data`. Its own ID and language take precedence over those of `options`.

    Raises ArticleInvalid naming the field at fault, and UnknownName for an unknown `format_name`.
    """
    article = FORMATS[require_known_name(FORMATS, format_name, "format")](data, options)
    lost = len(_LOST_IN_JSON.findall(data))
    if not lost or format_name in ("jsonld", "text"):  # their readers accept other encodings than UTF-8, and count what is lost
        return article
    notice = f"Letters that were lost before the article came here were left out: {lost:,}."
    return replace(article, notices=(*article.notices[: MAX_ITEMS - 1], notice))


def split_articles(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields each line of a `.jsonl` file that holds an article, with its line number from 1."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip(b" \t\r\xef\xbb\xbf"):
            yield number, line


__all__ = ["FORMATS", "ReadOptions", "Reader", "detect_format", "read_article", "read_native", "split_articles"]
