"""Articles as newsrooms send them, in any known format, into Article values."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from storycard.article import Article
from storycard.formats import named
from storycard.ingest.native import read_native
from storycard.ingest.text_export import read_text_export

# Each reader takes the bytes, and an ID and a language for when the format or the file has none.
Reader = Callable[[bytes, str | None, str | None], Article]
FORMATS: Mapping[str, Reader] = MappingProxyType({"native": read_native, "text": read_text_export})

_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[\[\]{\"\d])")


def read_article(data: bytes, format_name: str, *, article_id: str | None = None, language: str | None = None) -> Article:
    """The article in `data`, which stands by its own ID and language before those given here.

    Raises ArticleInvalid naming the field at fault, UnknownName when there is no such format.
    """
    return FORMATS[named(FORMATS, format_name, "format")](data, article_id, language)


def detect_format(data: bytes) -> str:
    """The name in FORMATS that `data` looks like; anything that is no JSON reads as text."""
    return "native" if _JSON.match(data) else "text"


def split_articles(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines of a `.jsonl` file that hold an article, each with its line number from 1."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip(b" \t\r\xef\xbb\xbf"):
            yield number, line
