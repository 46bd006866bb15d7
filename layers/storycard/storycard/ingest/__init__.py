"""Reads articles in the formats that newsrooms send, and builds Article values from them."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

from storycard.article import Article
from storycard.errors import ArticleInvalid, require_known_name, shown
from storycard.ingest.detection import detect_format
from storycard.ingest.formats.native import read_native


class Reader(Protocol):
    """Reads one article in one source format.

    A reader is a function `read_{module}` in a module of `storycard.ingest.formats`. It ends with `draft.build_article`, which
    enforces the rules of Article.
    """

    def __call__(self, data: bytes, article_id: str | None, language: str | None, paid_text: bool) -> Article:
        """Returns the article in `data`, the bytes of a file or of a request's body.

        `article_id` and `language` are used where the data names none. Text that a reader without an account may not see is
        left out, unless `paid_text` is set. Raises ArticleInvalid naming the field at fault.
        """


def _lazy_reader(module: str) -> Reader:
    """Returns the `read_{module}` of `formats/{module}.py`, which is imported on first use: HTML parsers load slowly."""

    def read(data: bytes, article_id: str | None, language: str | None, paid_text: bool) -> Article:
        reader: Reader = getattr(import_module(f"storycard.ingest.formats.{module}"), f"read_{module}")
        return reader(data, article_id, language, paid_text)

    return read


# Every source format by the name that users type. CONTRIBUTING.md lists what else a new one needs; tests check that list.
FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        "native": read_native,
        "text": _lazy_reader("text_export"),
        "jsonld": _lazy_reader("news_page"),
        "wordpress": _lazy_reader("wordpress"),
        "ghost": _lazy_reader("ghost"),
        "ans": _lazy_reader("ans"),
        "ninjs": _lazy_reader("ninjs"),
    }
)


def read_article(
    data: bytes,
    format_name: str,
    *,
    article_id: str | None = None,
    language: str | None = None,
    local_files: bool = False,
    paid_text: bool = False,
) -> Article:
    """Returns the article in `data`. Its own ID and language take precedence over `article_id` and `language`.

    Set `local_files` only if the sender may name photographs on this machine's disk, and `paid_text` only if its newsroom chose
    cards of text that a reader without an account may not see.

    Raises ArticleInvalid naming the field at fault, and UnknownName for an unknown `format_name`.
    """
    article = FORMATS[require_known_name(FORMATS, format_name, "format")](data, article_id, language, paid_text)
    if article.image and article.image.file and not local_files:
        raise ArticleInvalid("image.file", "image.url, since files are for the command line only", shown(article.image.file))
    return article


def split_articles(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields each line of a `.jsonl` file that holds an article, with its line number from 1."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip(b" \t\r\xef\xbb\xbf"):
            yield number, line


__all__ = ["FORMATS", "Reader", "detect_format", "read_article", "split_articles"]
