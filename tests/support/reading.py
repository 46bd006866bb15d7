"""Reads articles in any source format with the languages of the assets folder."""

from typing import Any

from storycard.article import Article
from storycard.ingest import ReadOptions, read_article
from storycard.ingest.html import body
from storycard.language.languages import load_languages
from support.paths import ASSETS

LANGUAGES = load_languages(ASSETS / "languages")


def read_source(data: bytes, format_name: str, **options: Any) -> Article:
    """Returns the article in `data`; `options` are fields of ReadOptions."""
    return read_article(data, format_name, ReadOptions(LANGUAGES, **options))


def read_body(markup: str) -> body.Body:
    """Returns the text of an HTML fragment."""
    return body.read_body(markup, LANGUAGES.reading_words)
