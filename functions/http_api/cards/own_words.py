"""Finds quotes that are in no field of their article."""

import re
import unicodedata
from collections.abc import Iterator

from adapters.config.settings import Settings
from adapters.errors import QuoteForeign
from http_api.cards.edit import Edit
from storycard.article import Article

# Thai, Lao, Burmese, Khmer, kana and Han, which have no spaces between words: each letter counts as a word.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_APART = r" \g<0> "


def foreign_quotes(article: Article, edit: Edit) -> list[str]:
    """Returns the names of the changes, such as `format_changes.x.quote`, whose words are in no field of the article.

    Punctuation, spaces and case do not count. A quote must be in one field as a whole, without gaps.
    """
    changes = {"quote": edit.changes.get("quote")}
    changes |= {f"format_changes.{name}.quote": own.get("quote") for name, own in edit.format_changes.items()}
    quoted = {name: _words(str(quote.get("text", ""))) for name, quote in changes.items() if isinstance(quote, dict)}
    if not quoted:
        return []
    fields = [_words(text) for text in _texts(article)]
    return [name for name, words in quoted.items() if not any(words in field for field in fields)]


def require_own_quotes(settings: Settings, foreign: list[str]) -> None:
    """Raises QuoteForeign if the operator allows only quotes from the article, and there are others."""
    if settings.own_quotes_only and foreign:
        raise QuoteForeign(foreign[0], "words of the article", "a quote that is in no field of it")


def _texts(article: Article) -> Iterator[str]:
    yield from (article.headline, article.social_headlines.all, article.social_headlines.x, article.deck, article.kicker)
    yield from (article.pull_line, article.summary, *article.bullets)
    yield from (quote.text for quote in article.quotes)
    for pair in article.questions:
        yield from (pair.question, pair.answer)


def _words(text: str) -> str:
    """Returns the words of a text with a space around each: letters and digits alone, in one case."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("\u2019", "")
    spaced = "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in plain)
    return f" {' '.join(_UNSPACED.sub(_APART, spaced).split())} "
