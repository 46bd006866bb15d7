"""Articles as newsrooms send them, in any known format, into Article values."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType

from storycard.article import Article
from storycard.errors import ArticleInvalid, require_known_name, shown
from storycard.ingest.detection import detect_format
from storycard.ingest.native import read_native

# Each reader takes the bytes, and an ID and a language for when the format or the file has none.
Reader = Callable[[bytes, str | None, str | None], Article]


def _reader(module: str) -> Reader:
    """Returns the `read_{module}` of a module in this package, which is imported on first use."""

    def read(data: bytes, article_id: str | None, language: str | None) -> Article:
        return getattr(import_module(f"storycard.ingest.{module}"), f"read_{module}")(data, article_id, language)

    return read


FORMATS: Mapping[str, Reader] = MappingProxyType(
    {"native": read_native, "text": _reader("text_export"), "jsonld": _reader("news_page")}
    | {name: _reader(name) for name in ("wordpress", "ghost", "ans", "ninjs")}
)


def read_article(
    data: bytes,
    format_name: str,
    *,
    article_id: str | None = None,
    language: str | None = None,
    local_files: bool = False,
) -> Article:
    """The article in `data`, which stands by its own ID and language before those given here.

    A photograph may be a file only where `local_files` says that whoever sent the article may name files on this machine.

    Raises ArticleInvalid naming the field at fault, UnknownName when there is no such format.
    """
    article = FORMATS[require_known_name(FORMATS, format_name, "format")](data, article_id, language)
    if article.image and article.image.file and not local_files:
        raise ArticleInvalid("image.file", "image.url, since files are for the command line only", shown(article.image.file))
    return article


def split_articles(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines of a `.jsonl` file that hold an article, each with its line number from 1."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip(b" \t\r\xef\xbb\xbf"):
            yield number, line


__all__ = ["FORMATS", "Reader", "detect_format", "read_article", "split_articles"]
